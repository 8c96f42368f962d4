"""Redirects of library pages that would go around our own: sign-in, passwords and people have one place each."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from civic.accounts.requests import AuthenticatedRequest
from civic.core.access import PUBLIC, SIGNED_IN, STAFF, access


@access(PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's sign-in knows neither limits nor second factor.

    Wagtail also sends people here who are signed in and may not come in: signing in again would lead them back.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    query = urlencode({"next": request.GET.get("next", reverse("wagtailadmin_home"))})
    return redirect(f"{reverse('account_login')}?{query}")


@access(SIGNED_IN)
def password(request: AuthenticatedRequest) -> HttpResponse:
    """Passwords change in one place, with its limits and its letter."""
    return redirect("account_change_password")


@access(STAFF)
def people(request: AuthenticatedRequest, rest: str = "") -> HttpResponse:
    """People are managed in Django admin only: by operations, with reasons."""
    return redirect("admin:accounts_person_changelist")
