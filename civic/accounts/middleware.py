"""Requires a second factor of staff before they open an admin."""

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _


class StaffMFAMiddleware(MiddlewareMixin):
    """Sends staff without a second factor to set one up, where STAFF_MFA_REQUIRED says so.

    Who has one was asked for it at sign-in; whether somebody is staff at all, the admins check themselves.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        in_admin = request.path.startswith((reverse("admin:index"), reverse("wagtailadmin_home")))
        if in_admin and "%00" in request.META.get("QUERY_STRING", ""):
            # The filters of the admins pass it on to PostgreSQL, which takes no NUL.
            raise SuspiciousOperation
        if settings.STAFF_MFA_REQUIRED and in_admin and lacks_second_factor(request):
            messages.info(
                request, _("Council staff sign in with two steps. Set up an authenticator app first.")
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return None


def lacks_second_factor(request: HttpRequest) -> bool:
    """Signed in as staff, without an authenticator."""
    person = request.user
    return person.is_authenticated and person.is_staff and not get_adapter().is_mfa_enabled(person)
