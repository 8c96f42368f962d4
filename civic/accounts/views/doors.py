"""Doors of libraries that would lead around our own: sign-in, passwords and people have one place each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from civic.core.access import PUBLIC, SIGNED_IN, STAFF, access


@access(PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's sign-in knows neither limits nor second factor."""
    query = urlencode({"next": request.GET.get("next", "/cms/")})
    return redirect(f"/accounts/login/?{query}")


@access(SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """Passwords change in one place, with its limits and its letter."""
    return redirect("account_change_password")


@access(STAFF)
def people(request: HttpRequest, rest: str = "") -> HttpResponse:
    """People are managed in Django admin only: by operations, with reasons."""
    return redirect("admin:accounts_person_changelist")
