"""Staff powers count only in a session that passed the second step, and what counts asks once more who is there."""

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from civic.accounts import second_step
from civic.core import suspended
from civic.core.access import PasswordRequired


class StaffMFAMiddleware(MiddlewareMixin):
    """Withholds the powers of staff from sessions without the second step, where STAFF_MFA_REQUIRED says so.

    Rules, groups and permissions are asked in pages, the API and both admins alike, so none of them has to know.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        request.user = second_step.visitor(request)
        in_admin = request.path.startswith((reverse("admin:index"), reverse("wagtailadmin_home")))
        if not in_admin:
            return None
        if "%00" in request.META.get("QUERY_STRING", ""):
            # The filters of the admins pass it on to PostgreSQL, which takes no NUL.
            raise SuspiciousOperation
        if any(_impossible(name, str(value)) for name, value in request.GET.items()):
            # Our own lists take no such filter (civic.core.admin); those of libraries pass it on and answer 500.
            raise SuspiciousOperation
        if not request.user.is_authenticated or not request.user.powers_withheld:
            return None
        if get_adapter().is_mfa_enabled(request.user):
            query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
        messages.info(request, _("Council staff sign in with two steps. Set up an authenticator app first."))
        return HttpResponseRedirect(reverse("mfa_index"))


class ReauthenticationMiddleware(MiddlewareMixin):
    """Leads to “Is it you?” whoever has to show that once more, and keeps what they sent meanwhile.

    Our views and the library's ask by the library's exception. What it would keep by itself is one form a session,
    which another tab replaces, an address with a query loses, and the password carries out unseen.
    """

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ReauthenticationRequired) or not request.user.is_authenticated:
            return None
        methods = account_adapter().get_reauthentication_methods(request.user)
        said = error.said if isinstance(error, PasswordRequired) else ()
        return suspended.ask_who_it_is(request, methods[0]["url"], said) if methods else None


def _impossible(name: str, value: str) -> bool:
    """Whether a filter asks for a pattern, which may be none, or for a year that PostgreSQL does not know."""
    year = name.endswith("__year") and not (value.isdecimal() and 0 < int(value[:9]) < 10_000)
    return year or name.endswith(("__regex", "__iregex"))
