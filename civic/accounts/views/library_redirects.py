"""Redirects of library pages that would go around our own: sign-in, passwords and people have one place each."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import index as wagtail_bulk_action

from civic.accounts.requests import AuthenticatedRequest
from civic.core.access import PUBLIC, SIGNED_IN, STAFF, access

# What editors do many at once; of people, only our operations do anything.
BULK = {("wagtailcore", "page"), ("wagtailimages", "image"), ("wagtaildocs", "document")}


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


@access(STAFF)
def bulk(request: AuthenticatedRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail's actions on many rows, for what editors work on; for any other model they do not exist."""
    ids = request.GET.getlist("id")
    if (app_label, model_name) not in BULK or not all(pk == "all" or pk.isdecimal() for pk in ids):
        raise Http404
    return require_admin_access(wagtail_bulk_action)(request, app_label, model_name, action)
