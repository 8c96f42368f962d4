"""What somebody sent after their session had ended: kept until they have signed in again, then sent on by a click.

`next` of a sign-in is the address of a page. Where a form was sent, that address takes forms alone and what was typed
would be gone; so the form is kept for a while in the cache, without a name, and shown again to who comes back for it.
It is not sent by itself: whoever signs in may be somebody else. And it is shown in the browser alone that sent it, and
where somebody had been signed in: else a stranger could have others send a form of the stranger's.
"""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.core.access import SIGNED_IN, access

KEPT_SECONDS = 30 * 60
# After the first look at it; a page that is loaded again still has it.
SHOWN_SECONDS = 5 * 60
# What only the browser knows that sent the form.
COOKIE = "suspended"
# The longest text of a form of ours with room; what is longer would let a stranger fill the cache.
MOST_CHARACTERS = 64_000
# Forms that hold a password are filled in anew.
SECRET = ("password", "code")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there on to where the visitor was going."""
    htmx = "HX-Request" in request.headers
    if request.method in ("GET", "HEAD"):
        target = page_of(request) if htmx else request.get_full_path()
    else:
        browser = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(16)
        target = _keep(request, browser) or page_of(request)
    response: HttpResponse = redirect_to_login(target)
    if htmx:
        # The whole page goes there: a redirect would put the sign-in page into a part of it.
        response = HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
    if request.method not in ("GET", "HEAD"):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            COOKIE, browser, max_age=KEPT_SECONDS, httponly=True, secure=secure, samesite="Lax"
        )
    return response


def page_of(request: HttpRequest) -> str:
    """The page of ours on which the visitor is."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return reverse(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _keep(request: HttpRequest, browser: str) -> str:
    # Who signs out in another tab, or stays away for long, has no session left, but the token of the form still.
    if not {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys():
        return ""  # nobody was signed in here
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    secret = any(word in name for name, _value in fields for word in SECRET)
    if secret or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return ""
    token = secrets.token_urlsafe(16)
    kept = {
        "browser": browser,
        "path": request.get_full_path(),
        "page": page_of(request),
        "fields": fields,
        "files": bool(request.FILES),
    }
    cache.set(_key(token), kept, KEPT_SECONDS)
    return reverse("resume", args=[token])


def _key(token: str) -> str:
    return f"suspended:{token}"


@access(SIGNED_IN)
@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed, with a button that sends it, in the browser that sent it before."""
    kept = cache.get(_key(token)) or {}
    if not constant_time_compare(kept.get("browser", ""), request.COOKIES.get(COOKIE, "-")):
        kept = {}
    if kept:
        cache.set(_key(token), kept, SHOWN_SECONDS)
    shown = [value for _name, value in kept.get("fields", []) if len(value) > 20 and " " in value]
    return render(request, "resume.html", kept | {"shown": shown})
