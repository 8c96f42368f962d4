"""Search, and the small files that browsers and robots ask for."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.search import clean, groups, search, words
from civic.pages import icons
from civic.pages.look import look
from projects.calls.queries import running_phases

ICON_SIZES = (48, 180, 192, 512)
AN_HOUR = 3600


@access(PUBLIC)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&in=projects`: a page, or for htmx the results alone."""
    query, only = clean(request.GET.get("q", "")), groups.get(request.GET.get("in", ""))
    found = search(query, only)
    context = {"query": query, "kind": only.slug if only else "", "groups": found, "words": words(query)}
    if not found:
        context["running"] = list(running_phases(clock.now())[:3])
    return render(request, "search/_results.html" if request.htmx else "search/search.html", context)  # type: ignore[attr-defined]


@access(PUBLIC)
@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """How programs read the city's open data: requests to copy, with the address of this very site."""
    return render(request, "pages/developers.html", {"address": settings.SITE_URL})


@access(PUBLIC)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots should leave alone, and where the sitemap is."""
    closed = ["admin:index", "wagtailadmin_home", "accounts:me", "proposals:propose", "pages:search"]
    paths = ["/accounts/", *map(reverse, closed), "/_util/"]
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in paths]]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('pages:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C): name, colours and icons for a phone's home screen."""
    seen = look()
    icons_shown = [
        {"src": reverse("pages:icon-png", args=[size]), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    body = {
        "name": seen["name"],
        "short_name": seen["name"][:24],
        "description": seen["claim"],
        "lang": settings.LANGUAGE_CODE,
        "start_url": reverse("wagtail_serve", args=[""]),
        "scope": reverse("wagtail_serve", args=[""]),
        "display": "browser",
        "theme_color": seen["colour"],
        "background_color": "#ffffff",
        "icons": icons_shown,
    }
    return JsonResponse(body, content_type="application/manifest+json")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def icon_svg(request: HttpRequest) -> HttpResponse:
    """The sign in the accent colour."""
    return HttpResponse(icons.svg(look()["colour"]), content_type="image/svg+xml")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def icon_png(request: HttpRequest, size: int = 48) -> HttpResponse:
    """The same as PNG: 48 pixels as `/favicon.ico`, the larger ones on white for home screens."""
    if size not in ICON_SIZES:
        raise Http404
    ground = None if size == 48 else "#ffffff"
    return HttpResponse(icons.png(look()["colour"], size, ground=ground), content_type="image/png")


@access(PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's form for visitors leads to ours, which asks for the second factor and checks where to go next.

    Wagtail also sends people here who are signed in and may not come in: signing in again would not help them.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/"))
