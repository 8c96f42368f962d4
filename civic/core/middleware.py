"""Access before every view, and refusals turned into pages, problems or redirects after it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from civic.core import problems
from civic.core.access import declared
from civic.core.errors import NotFound, Refused

Respond = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"


def permissions_policy(respond: Respond) -> Respond:
    """Switches off the browser features that the site never uses, on every response."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


class AccessMiddleware:
    """Enforces the policy that the view declares; a view without one is closed to everybody."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        policy = declared(view)
        if policy is None:
            raise PermissionDenied
        if policy.public or policy.allows(request.user):
            return None
        if request.path.startswith("/api/"):
            return problems.not_allowed(request)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())


class RefusalMiddleware:
    """An operation's refusal that no form caught becomes a page that says why and what to do."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        template = "404.html" if isinstance(error, NotFound) else "errors/refused.html"
        return render(request, template, {"refusal": error}, status=error.status)
