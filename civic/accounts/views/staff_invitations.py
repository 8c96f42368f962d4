"""The page that the link of an invitation to the council staff leads to."""

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from civic.accounts import operations, queries, second_step
from civic.accounts.models import Person
from civic.accounts.operations.invitations import hash_of
from civic.accounts.operations.staff_invitations import NO_LONGER_GOOD
from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.errors import Conflict, NotFound


@access(PUBLIC)
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Says what is missing until the role can be accepted, and accepts it."""
    invitation = queries.staff_invitation_by(hash_of(token), clock.now())
    if invitation is None:
        raise NotFound(NO_LONGER_GOOD)
    step = _second_step(request)
    if request.method == "POST" and isinstance(request.user, Person):
        if step != "passed":
            # A property of this session, which the operation does not see: the account may have been proven elsewhere.
            raise Conflict(_("Give a code of your authenticator app first."))
        operations.accept_staff_invitation(actor=request.user, token=token, at=clock.now())
        messages.success(request, _("Welcome. You now work for the council as %s.") % invitation.roles)
        return redirect("admin:index")
    own = request.user.is_authenticated and queries.owns_address(request.user, invitation.email)
    context = {"invitation": invitation, "own": own, "second_step": step}
    return render(request, "accounts/staff_invitation.html", context)


def _second_step(request: HttpRequest) -> str:
    """`passed` in this session, `known` to the account, or empty."""
    person = request.user
    if not person.is_authenticated:
        return ""
    if not settings.STAFF_MFA_REQUIRED or second_step.passed(request, person):
        return "passed"
    return "known" if get_adapter().is_mfa_enabled(person) else ""
