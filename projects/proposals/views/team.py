"""Inviting to a team, taking invitations back, answering them, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from projects.proposals import operations, queries
from projects.proposals.forms.steps import InviteForm
from projects.proposals.views.wizard import PeopleStep, own_project, step_url


@access(SIGNED_IN)
@require_POST
def invite(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Invites an address; the answer is the same whether it has an account or not."""
    project = own_project(request, slug)
    form = InviteForm(request.POST)
    at = clock.now()
    if not form.accepted(
        lambda: operations.invite(actor=request.user, project=project, at=at, **form.cleaned_data)
    ):
        step = PeopleStep(request, project)
        step.more = lambda: PeopleStep.more(step) | {"invite": form}  # type: ignore[method-assign]
        return step.show(step.form())
    messages.success(
        request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
    )
    return redirect(step_url(project, "people"))


@access(SIGNED_IN)
@require_POST
def withdraw(request: AuthenticatedRequest, slug: str, key: UUID) -> HttpResponse:
    """Takes an open invitation back."""
    project = own_project(request, slug)
    invitation = get_object_or_404(project.invitations, pk=key)
    operations.withdraw_invitation(actor=request.user, project=project, invitation=invitation, at=clock.now())
    messages.success(request, _("The invitation is taken back."))
    return redirect(step_url(project, "people"))


@access(SIGNED_IN)
@require_POST
def leave(request: AuthenticatedRequest, slug: str, key: UUID) -> HttpResponse:
    """Leaves the team; the author can also take others off it."""
    project = own_project(request, slug)
    member = get_object_or_404(project.team, pk=key)
    operations.leave(actor=request.user, project=project, member=member, at=clock.now())
    messages.success(request, _("Done."))
    return redirect(project if member.person_id == request.user.pk else step_url(project, "people"))


@access(SIGNED_IN)
@never_cache
def invitation(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Who invites to what; accept or decline. Another address's invitation is not there."""
    found = queries.invitations_of(request.user).filter(pk=key).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "proposals/invitation.html", {"invitation": found, "project": found.project})
    if "decline" in request.POST:
        operations.decline(actor=request.user, invitation=found, at=clock.now())
        messages.success(request, _("The invitation is declined."))
        return redirect("accounts:me")
    operations.accept(actor=request.user, invitation=found, at=clock.now())
    messages.success(request, _("Welcome to the team."))
    return redirect(found.project)
