"""Access before every view, and refusals turned into pages, problems or redirects after it."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from civic.core import problems, suspended
from civic.core.access import DELEGATED, PUBLIC, declared
from civic.core.errors import NotFound, Refused

KEPT_SECONDS = 60
SHAREABLE = (200, 301, 308)
PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"


class PermissionsPolicyMiddleware(MiddlewareMixin):
    """Switches off the browser features that the site never uses, on every response."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class FrontCacheMiddleware(MiddlewareMixin):
    """Says of every response whether a front cache may keep it.

    Kept is what a visitor without a cookie gets from a view that declares itself PUBLIC, unless the view
    says otherwise or the response sets a cookie. Everything else is for one person only. Only a shared cache
    keeps it: a browser asks again, so that nobody who waits for news sees yesterday's page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.has_header("Cache-Control"):
            return response
        if same_for_everybody(request, response):
            response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={KEPT_SECONDS}"
            patch_vary_headers(response, ["Cookie", "Accept-Language", "HX-Request"])
        else:
            response.headers["Cache-Control"] = "private, no-store"
        return response


def same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether any other visitor who is not signed in would have got the same."""
    view = request.resolver_match.func if request.resolver_match else None
    known = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in SHAREABLE
        and declared(view) is PUBLIC
        and not known
        # Who sends a key is known by it: a shared cache asks by the address alone.
        and "Authorization" not in request.headers
        and not response.cookies
    )


class AccessMiddleware(MiddlewareMixin):
    """Enforces the policy that the view declares; a view without one is closed to everybody."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        policy = declared(view)
        if policy is None:
            raise PermissionDenied
        if policy is DELEGATED and _lost_at_the_desk(request):
            return suspended.sign_in_first(request)
        if policy.public or policy.allows(request.user):
            return None
        if request.path.startswith(problems.API):
            return problems.not_allowed(request)
        if request.user.is_authenticated:
            raise PermissionDenied
        return suspended.sign_in_first(request)


class KeptFormsMiddleware(MiddlewareMixin):
    """Notes who sends forms in this browser, and which of the kept ones has arrived.

    It stands within those that ask staff for the second step: what they hold back has not arrived.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method == "POST":
            suspended.remember(request, response)
            suspended.forget(request, response)
        return response


def _lost_at_the_desk(request: HttpRequest) -> bool:
    """Whether somebody whose session is over sends a form of the desk, which Django's sign-in would forget."""
    match = request.resolver_match
    at_desk = (
        match is not None and match.namespaces == ["admin"] and match.url_name not in ("login", "logout")
    )
    return at_desk and request.method == "POST" and not request.user.is_authenticated


class RefusalMiddleware(MiddlewareMixin):
    """An operation's refusal that no form caught becomes a page that says why and what to do."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        template = "404.html" if isinstance(error, NotFound) else "errors/refused.html"
        return render(request, template, {"refusal": error}, status=error.status)
