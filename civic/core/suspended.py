"""What somebody sent after their session had ended: kept until they have signed in again, then sent on by a click.

So is what waits for the password that is asked once more before something that counts.

`next` of a sign-in is the address of a page. Where a form was sent, that address takes forms alone and what was typed
would be gone; so the form is kept for a while in the cache and shown again to who comes back for it. It is shown to
one person alone, in the browser that sent it: to whose session asked for the password, or to who was signed in last
in this browser, which a signed cookie says after the session's end, and for some minutes after a sign-out. Else a
stranger could have others send a form of the stranger's. It is not sent by itself, and the last step of what asks
before it does something is never kept: that page asks again. It is forgotten once its address has answered: until then
a dropped line loses nothing.
"""

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.datastructures import MultiValueDict
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.core.access import SIGNED_IN, access

KEPT_SECONDS = 30 * 60
# What only the browser knows that sent the form, who was signed in last in it, and who has just signed out. All are
# signed. The first outlives the form, which each look keeps for longer; the second any session. The third is for the
# form in another tab: whoever uses the browser later leaves nothing there for who has signed out.
BROWSER, PERSON, LEFT = "suspended", "suspended-person", "suspended-left"
COOKIES = {BROWSER: 24 * 60 * 60, PERSON: 30 * 24 * 60 * 60, LEFT: 10 * 60}
# The pages that sign out, of accounts, of the desk and of the editors.
SIGN_OUT = ("account_logout", "logout", "wagtailadmin_logout")
# The hidden field by which a form that is sent on says which of the kept ones it is.
FIELD = "kept-form"
# The longest text of a form of ours with room; what is longer would let a stranger fill the cache.
MOST_CHARACTERS = 64_000
# Forms that hold a password, or what stands in somebody's papers, are filled in anew.
SECRET = ("password", "code", "document")
# The last step of the desk's actions and of a ballot: without it, the page that asks before it is shown again.
LAST_STEPS = ("confirmed", "cast")
# Fields that forms have beside what somebody typed or chose.
NOT_TYPED = ("_save", "device", "index", "token")


def sign_in_first(request: HttpRequest, said: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """To the sign-in page, and from there on to where the visitor was going; `said` as below."""
    return _go_on_after(request, resolve_url(settings.LOGIN_URL), said=said)


def ask_who_it_is(request: HttpRequest, page: str, said: Sequence[tuple[str, str]]) -> HttpResponse:
    """To the page that asks for the password once more, and from there on to what the visitor wanted or had sent.

    Each form is kept by itself: two tabs that are asked at the same time do not take each other's. `said` is what
    the form says, as labels and words, where its view has told.
    """
    return _go_on_after(request, page, asked=True, said=said)


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Notes in the browser who is signed in, when they sign in or send something; for minutes once they sign out."""
    person, known = request.session.get(SESSION_KEY), _cookie(request, PERSON)
    if person and person != known:
        _set_cookie(response, PERSON, person)
    match = request.resolver_match
    if known and not person and match and match.url_name in SIGN_OUT:
        response.delete_cookie(_name(PERSON), samesite="Lax")
        _set_cookie(response, LEFT, known)


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Drops a form that was sent on, once its address has taken it; where that asks who it is, it is kept still."""
    if not _cookie(request, BROWSER):
        # What other programs send is not read here: it may be large.
        return
    token = request.POST.get(FIELD, "")
    kept = _of_browser(request, token)
    asks = (resolve_url(settings.LOGIN_URL), reverse("account_reauthenticate"), reverse("mfa_reauthenticate"))
    leads_to = response.headers.get("HX-Redirect") or response.headers.get("Location") or ""
    arrived = response.status_code < 400 and not leads_to.startswith(asks)
    if arrived and kept.get("path") == request.get_full_path():
        sent = {name: kept[name] for name in ("browser", "person", "page", "path")}
        cache.set(_key(token), sent | {"sent": True}, KEPT_SECONDS)


def _go_on_after(
    request: HttpRequest, first: str, *, asked: bool = False, said: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    htmx = "HX-Request" in request.headers
    sends = request.method not in ("GET", "HEAD")
    if sends:
        browser = _cookie(request, BROWSER) or secrets.token_urlsafe(16)
        target = _keep(request, browser, asked=asked, said=said)
        if not target:
            target = page_of(request)
            if asked:
                messages.warning(request, _("What you sent was not saved. Please send it again."))
    else:
        target = page_of(request) if htmx else request.get_full_path()
    response: HttpResponse = redirect_to_login(target, login_url=first)
    if htmx:
        # The whole page goes there: a redirect would put the sign-in page into a part of it.
        response = HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
    if sends:
        _set_cookie(response, BROWSER, browser)
    return response


def page_of(request: HttpRequest) -> str:
    """The page of ours on which the visitor is."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return reverse(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(address)
    # A path that begins with two slashes would be the address of another site.
    return escape_leading_slashes(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _keep(request: HttpRequest, browser: str, *, asked: bool, said: Sequence[tuple[str, str]]) -> str:
    """Where the form that was sent waits; empty where it is not kept."""
    last = _cookie(request, PERSON) or _cookie(request, LEFT)
    person = str(request.user.pk) if request.user.is_authenticated else last
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [
        (name, value) for name, value in sent if name not in ("csrfmiddlewaretoken", FIELD, *LAST_STEPS)
    ]
    if not person or _is_secret(fields):
        return ""
    path, token = request.get_full_path(), request.POST.get(FIELD, "")
    # One that was kept already, and is asked for again, stays the same: with its page, and at its address.
    before = _of_browser(request, token)
    if (before.get("path"), before.get("person")) != (path, person):
        before, token = {}, secrets.token_urlsafe(16)
    kept = {
        "browser": browser,
        # Another person may sign in by the same browser.
        "person": person,
        "path": path,
        "page": before.get("page") or page_of(request),
        "fields": fields,
        "files": bool(request.FILES),
        "asked": asked,
        "said": list(said),
    }
    cache.set(_key(token), kept, KEPT_SECONDS)
    return reverse("resume", args=[token])


def _is_secret(fields: Sequence[tuple[str, str]]) -> bool:
    """Whether a form is not kept anywhere: for what it asks, or since it is too long."""
    secret = any(word in re.split(r"[_-]", name) for name, _typed in fields for word in SECRET)
    return secret or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS


def _key(token: str) -> str:
    return f"suspended:{token}"


@access(SIGNED_IN)
@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed, with a button that sends it, in the browser that sent it before.

    All of it is shown, and where it goes: somebody else may have sent it in this browser. Of the desk, what was sent
    while nobody was signed in is shown to be copied: a sign-in counts as the password that its steps ask for.
    """
    kept = _of_browser(request, token)
    if kept.get("person") != str(request.user.pk):
        return render(request, "resume.html")
    cache.touch(_key(token), KEPT_SECONDS)
    more: dict[str, Any] = {"token": token, "field": FIELD}
    if not kept.get("sent"):
        desks = (reverse("admin:index"), reverse("wagtailadmin_home"))
        more["copied"] = not kept["asked"] and kept["path"].startswith(desks)
        more["shown"] = kept["said"] or _in_words(kept["fields"])
    return render(request, "resume.html", kept | more)


def _in_words(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names and values of a form of which no view has said labels and words."""
    typed: MultiValueDict[str, str] = MultiValueDict()
    for name, value in fields:
        if name not in NOT_TYPED:
            typed.appendlist(name, value)
    return [
        (re.sub(r"[_-]+", " ", name).strip().capitalize(), "\n".join(values).strip() or _("(empty)"))
        for name, values in typed.lists()
    ]


def _of_browser(request: HttpRequest, token: str) -> dict[str, Any]:
    """What is kept by this token; empty in every browser but the one that sent it."""
    browser = _cookie(request, BROWSER)
    kept: dict[str, Any] = (cache.get(_key(token)) if browser and token else None) or {}
    return kept if constant_time_compare(kept.get("browser", ""), browser) else {}


def _cookie(request: HttpRequest, cookie: str) -> str:
    """What is in a cookie of ours; empty where it is not there, or not of ours."""
    return request.get_signed_cookie(_name(cookie), "", salt=cookie, max_age=COOKIES[cookie]) or ""


def _set_cookie(response: HttpResponseBase, cookie: str, value: str) -> None:
    response.set_signed_cookie(
        _name(cookie),
        value,
        salt=cookie,
        max_age=COOKIES[cookie],
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _name(cookie: str) -> str:
    """With the prefix, no neighbour of ours under the same domain can set it."""
    return f"__Host-{cookie}" if settings.SESSION_COOKIE_SECURE else cookie
