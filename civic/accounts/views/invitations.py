"""Invitations: the owner's buttons, and the page behind the link of the letter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from civic.accounts import operations, queries
from civic.accounts.models import Invitation, Organisation
from civic.accounts.operations.invitations import hash_of
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.errors import NotFound


@access(SIGNED_IN)
@require_POST
def resend(request: AuthenticatedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Sends the letter again."""
    operations.resend_invitation(actor=request.user, invitation=_open(request, slug, pk), at=clock.now())
    messages.success(request, _("The invitation is on its way again."))
    return redirect("accounts:members", slug=slug)


@access(SIGNED_IN)
@require_POST
def revoke(request: AuthenticatedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Withdraws the invitation."""
    operations.revoke_invitation(actor=request.user, invitation=_open(request, slug, pk), at=clock.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:members", slug=slug)


@access(PUBLIC)
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Says who invites to what; joining needs an account with the invited address."""
    invitation = queries.invitation_by(hash_of(token), clock.now())
    if invitation is None:
        raise NotFound(_("This invitation is no longer good. Ask the organisation for a new one."))
    if request.method == "POST" and request.user.is_authenticated:
        organisation = operations.accept_invitation(actor=request.user, token=token, at=clock.now())
        messages.success(request, _("Welcome to %(name)s.") % {"name": organisation.name})
        return redirect(organisation)
    response = render(request, "accounts/invitation.html", {"invitation": invitation})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _open(request: HttpRequest, slug: str, pk: UUID) -> Invitation:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    return get_object_or_404(Invitation, pk=pk, organisation=organisation, accepted_at=None)
