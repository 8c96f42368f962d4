"""What somebody sent after their session had ended: kept until they have signed in again, then sent on by a click.

So is what waits for the password that is asked once more before something that counts.

`next` of a sign-in is the address of a page. Where a form was sent, that address takes forms alone and what was typed
would be gone; so the form is kept for a while in the cache, without a name, and shown again to who comes back for it.
It is not sent by itself: whoever signs in may be somebody else. And it is shown in the browser alone that sent it, and
where somebody had been signed in: else a stranger could have others send a form of the stranger's.
"""

import re
import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from civic.core.access import SIGNED_IN, access

KEPT_SECONDS = 30 * 60
# After the first look at it; a page that is loaded again still has it.
SHOWN_SECONDS = 5 * 60
# What only the browser knows that sent the form.
COOKIE = "suspended"
# The longest text of a form of ours with room; what is longer would let a stranger fill the cache.
MOST_CHARACTERS = 64_000
# Forms that hold a password, or what stands in somebody's papers, are filled in anew.
SECRET = ("password", "code", "document")
# Fields that forms of the desk have beside what somebody typed or chose.
NOT_TYPED = ("_selected_action", "_save", "action", "confirmed", "device", "index", "select_across", "token")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there on to where the visitor was going."""
    return _go_on_after(request, resolve_url(settings.LOGIN_URL))


def ask_who_it_is(request: HttpRequest, page: str, said: Sequence[tuple[str, str]]) -> HttpResponse:
    """To the page that asks for the password once more, and from there on to what the visitor wanted or had sent.

    Each form is kept by itself: two tabs that are asked at the same time do not take each other's. `said` is what
    the form says, as labels and words, where its view has told.
    """
    return _go_on_after(request, page, asked=True, said=said)


def _go_on_after(
    request: HttpRequest, first: str, *, asked: bool = False, said: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    htmx = "HX-Request" in request.headers
    if request.method in ("GET", "HEAD"):
        target = page_of(request) if htmx else request.get_full_path()
    else:
        browser = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(16)
        target = _keep(request, browser, asked=asked, said=said)
        if not target:
            target = page_of(request)
            if asked:
                messages.warning(request, _("What you sent was not saved. Please send it again."))
    response: HttpResponse = redirect_to_login(target, login_url=first)
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


def _keep(request: HttpRequest, browser: str, *, asked: bool, said: Sequence[tuple[str, str]]) -> str:
    # Who signs out in another tab, or stays away for long, has no session left, but the token of the form still.
    if not {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys():
        return ""  # nobody was signed in here
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    # Of an action of the desk the page before it names rows and action; its last step says neither.
    if asked and any(name == "confirmed" for name, _typed in fields):
        return ""
    secret = any(word in re.split(r"[_-]", name) for name, _typed in fields for word in SECRET)
    if secret or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return ""
    token = secrets.token_urlsafe(16)
    kept = {
        "browser": browser,
        "path": request.get_full_path(),
        "page": page_of(request),
        "fields": fields,
        "files": bool(request.FILES),
        "asked": asked,
        "said": list(said),
        # Whose it is, where that is known: another person may sign in by the same browser.
        "person": str(request.user.pk) if request.user.is_authenticated else "",
    }
    cache.set(_key(token), kept, KEPT_SECONDS)
    return reverse("resume", args=[token])


def _key(token: str) -> str:
    return f"suspended:{token}"


@access(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed, with a button that sends it, in the browser that sent it before.

    The button comes here first: the form is forgotten, and the browser sends the same on to where it belongs. So it
    is sent once, and a page that is opened again afterwards does not say that nothing was done.
    """
    kept = _kept(request, token)
    if request.method == "POST" and kept.get("fields") is not None:
        sent = {name: kept[name] for name in ("browser", "person", "page")}
        cache.set(_key(token), sent, KEPT_SECONDS)
        return HttpResponseRedirect(kept["path"], preserve_request=True)
    fields = kept.get("fields", [])
    # Whoever gives the password sees what it lets through: somebody else may have sent it in their open session.
    if kept.get("asked"):
        shown = [value for name, value in fields if value.strip() and name not in NOT_TYPED]
    else:
        shown = [value for _typed, value in fields if len(value) > 20 and " " in value]
    return render(request, "resume.html", kept | {"token": token, "shown": shown})


def _kept(request: HttpRequest, token: str) -> dict[str, Any]:
    """What is kept by this token; empty for everybody but who sent it."""
    kept: dict[str, Any] = cache.get(_key(token)) or {}
    if not constant_time_compare(kept.get("browser", ""), request.COOKIES.get(COOKIE, "-")):
        kept = {}
    if kept.get("person") not in (None, "", str(request.user.pk)):
        kept = {}
    if kept:
        cache.set(_key(token), kept, SHOWN_SECONDS)
    return kept
