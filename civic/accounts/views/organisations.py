"""Organisations: the list, their pages, their members, and invitations to join them.

What gives or takes power asks for the password again: a session that somebody finds open does neither (ASVS 7.5.3).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from civic.accounts import operations, privacy, public_pages, queries
from civic.accounts.forms import InviteForm, OrganisationForm, RoleForm
from civic.accounts.models import Invitation, Membership, Organisation
from civic.accounts.operations.invitations import hash_of
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access, require_password
from civic.core.errors import NotFound
from civic.core.forms import typed
from civic.core.paging import page
from civic.core.policies import require

PLURALS = {
    Organisation.Kind.BUSINESS: gettext_lazy("Businesses"),
    Organisation.Kind.COMMUNITY: gettext_lazy("Community groups"),
    Organisation.Kind.UNIVERSITY: gettext_lazy("Universities"),
    Organisation.Kind.DEPARTMENT: gettext_lazy("City departments"),
}


@access(PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """All organisations by name, or those of one kind."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Organisation.Kind.values else ""
    found = page(queries.organisations(kind), after=request.GET.get("after", ""), by="name")
    address = reverse("accounts:organisations")
    tabs = [{"title": _("All"), "href": address, "current": not kind}]
    for one in Organisation.Kind:
        href = f"{address}?kind={one.value}"
        tabs.append({"title": PLURALS[one], "href": href, "current": kind == one.value})
    return render(request, "accounts/organisations.html", {"page": found, "tabs": tabs, "kind": kind})


@access(PUBLIC)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's public page; its members and council staff see it when it is suspended, too."""
    organisation = _visible(request, slug)
    members = list(queries.members_of(organisation))
    own = next((m for m in members if m.person_id == request.user.pk), None)
    suspended = organisation.state == "suspended"
    context = {
        "organisation": organisation,
        "members": members,
        "own": own,
        "may_edit": own is not None and own.role != Membership.Role.MEMBER and not suspended,
        "reason": queries.reason_of(organisation, "suspend") if suspended else "",
        "panels": public_pages.organisation_panels.bind(organisation, clock.now()),
    }
    return render(request, "accounts/organisation.html", context)


@access(SIGNED_IN)
def create(request: AuthenticatedRequest) -> HttpResponse:
    """Sets up an organisation."""
    form = OrganisationForm(request.POST or None, actor=request.user)
    if form.accepted_by(operations.create_organisation, actor=request.user, at=clock.now()):
        text = _("%(name)s is set up. Invite the people you work with.")
        messages.success(request, text % {"name": form.answer.name})
        return redirect("accounts:members", slug=form.answer.slug)
    context = {"form": form}
    return render(request, "accounts/organisation_form.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Changes what an organisation says about itself."""
    organisation = _visible(request, slug)
    require(request.user, "edit", organisation)
    form = OrganisationForm(request.POST or None, actor=request.user, organisation=organisation)
    fixed = {"actor": request.user, "organisation": organisation, "at": clock.now()}
    if form.accepted_by(operations.edit_organisation, **fixed):
        messages.success(request, _("Saved."))
        return redirect(organisation)
    context = {"form": form, "organisation": organisation}
    return render(request, "accounts/organisation_form.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def members(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who belongs to it; owners invite here."""
    organisation = _visible(request, slug)
    require(request.user, "invite", organisation)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        require_password(request, [(_("Organisation"), organisation), *typed(form)])
    fixed = {"actor": request.user, "organisation": organisation, "at": clock.now()}
    if form.accepted_by(operations.invite, **fixed):
        messages.success(request, _("The invitation is on its way."))
        return redirect("accounts:members", slug=slug)
    context = {
        "organisation": organisation,
        "form": form,
        "members": queries.members_of(organisation),
        "invitations": queries.open_invitations(organisation),
        "roles": RoleForm.base_fields["role"].choices,  # type: ignore[attr-defined]
        "now": clock.now(),
    }
    return render(request, "accounts/members.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def change_role(request: AuthenticatedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Gives a member another role. Whether one may is asked before the password: nobody else is asked for that."""
    membership = _membership(request, slug, pk)
    require(request.user, "change_role", membership)
    form = RoleForm(request.POST)
    require_password(request, [(membership.organisation, membership.person), *typed(form)])
    if form.accepted_by(operations.change_role, actor=request.user, membership=membership, at=clock.now()):
        messages.success(request, _("The role is changed."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("accounts:members", slug=slug)


@access(SIGNED_IN)
def remove(request: AuthenticatedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Asks whether to end somebody's membership, and does it."""
    membership = _membership(request, slug, pk)
    require(request.user, "remove", membership)
    if request.method == "POST":
        leaves = _("Leaves %(organisation)s") % {"organisation": membership.organisation}
        require_password(request, [(leaves, membership.person)])
        operations.remove_member(actor=request.user, membership=membership, at=clock.now())
        messages.success(request, _("Removed."))
        return redirect("accounts:members", slug=slug)
    context = {
        "organisation": membership.organisation,
        "membership": membership,
        "confirm": _("Yes, remove"),
        "cancel_href": reverse("accounts:members", args=[slug]),
    }
    return render(request, "accounts/member_remove.html", context)


@access(SIGNED_IN)
def leave(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks whether to leave an organisation, and does it."""
    organisation = _visible(request, slug)
    membership = get_object_or_404(Membership, organisation=organisation, person=request.user)
    if request.method == "POST":
        operations.leave_organisation(actor=request.user, membership=membership, at=clock.now())
        messages.success(request, _("You no longer belong to %(name)s.") % {"name": organisation.name})
        return redirect("accounts:me")
    context = {
        "organisation": organisation,
        "confirm": _("Yes, leave"),
        "cancel_href": organisation.get_absolute_url(),
    }
    return render(request, "accounts/organisation_leave.html", context)


@access(SIGNED_IN)
def close(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks whether to close an organisation that nobody else belongs to, and does it."""
    organisation = _visible(request, slug)
    require(request.user, "close", organisation)
    if request.method == "POST":
        require_password(request, [(_("To be closed for good"), organisation)])
        operations.close_organisation(actor=request.user, organisation=organisation, at=clock.now())
        messages.success(request, _("%(name)s is closed.") % {"name": organisation.name})
        return redirect("accounts:me")
    context = {
        "organisation": organisation,
        "reason": privacy.why_not_closed(organisation),
        "confirm": _("Yes, close it for good"),
        "danger": True,
        "cancel_href": organisation.get_absolute_url(),
    }
    return render(request, "accounts/organisation_close.html", context)


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
    return render(request, "accounts/invitation.html", {"invitation": invitation})


def _visible(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


def _membership(request: HttpRequest, slug: str, pk: UUID) -> Membership:
    rows = Membership.objects.select_related("organisation", "person")
    return get_object_or_404(rows, pk=pk, organisation=_visible(request, slug))


def _open(request: HttpRequest, slug: str, pk: UUID) -> Invitation:
    return get_object_or_404(Invitation, pk=pk, organisation=_visible(request, slug), accepted_at=None)
