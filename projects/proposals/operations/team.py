"""The team: invited by email, joined by accepting. Nobody learns whether an address has an account."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts import mail
from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, NotFound, required
from civic.core.locking import lock_first
from civic.core.policies import require
from projects.proposals import conditions
from projects.proposals.models import Project, TeamInvitation, TeamMember
from projects.proposals.operations.revisions import locked

MOST_OPEN = 12


def invite(*, actor: Person, project: Project, email: str, role: str, at: datetime) -> TeamInvitation:
    """Invites an address; who has it signs in (or up) and accepts. The same address twice is one invitation.

    Raises Forbidden, Invalid (email, role), Conflict (many invitations are open, the project has
    ended, the address or the inviter had a day's letters).
    """
    email, role = email.strip().lower(), role.strip()
    _check(email, role)
    with transaction.atomic():
        current = locked(project)
        require(actor, "invite", current)
        if not conditions.editable(current) or current.invitations.count() >= MOST_OPEN:
            raise Conflict(_("No more people can be invited at the moment."))
        invitation, new = TeamInvitation.objects.get_or_create(
            project=current, email=email, defaults={"role": role, "invited_by": actor}
        )
        if new:
            mail.count_to_stranger(to=email, sender=actor, at=at)
            payload = {"invitation": str(invitation.pk)}
            events.record("project.team_invited", actor=actor, subject=current, at=at, payload=payload)
    return invitation


def _check(email: str, role: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(email=_("Enter an email address, such as name@example.org.")) from None
    required(role, _("Say in a few words what they do in the project."), field="role", longest=80)


def withdraw_invitation(*, actor: Person, project: Project, invitation: TeamInvitation, at: datetime) -> None:
    """Takes an open invitation back. Raises Forbidden."""
    with transaction.atomic():
        current = locked(project)
        require(actor, "invite", current)
        current.invitations.filter(pk=invitation.pk).delete()
        events.record("project.team_uninvited", actor=actor, subject=current, at=at)


def accept(*, actor: Person, invitation: TeamInvitation, at: datetime) -> TeamMember:
    """Joins the team.

    Raises NotFound where the invitation is not for one of the actor's verified addresses; Conflict where the author has
    taken the actor off since it was sent.
    """
    with transaction.atomic():
        current = _taken(actor, invitation)
        if _was_taken_off(actor, current):
            raise Conflict(_("You were taken off this team since. Ask its author to invite you anew."))
        member, _new = TeamMember.objects.get_or_create(
            project=current.project, person=actor, defaults={"role": current.role, "accepted_at": at}
        )
        current.delete()
        events.record("project.team_joined", actor=actor, subject=current.project, at=at)
    return member


def _was_taken_off(actor: Person, invitation: TeamInvitation) -> bool:
    """Since the invitation was sent, to whatever address: one of before brings nobody back."""
    told = events.about(invitation.project)
    sent = told.filter(kind="project.team_invited", payload__invitation=str(invitation.pk)).last()
    left = told.filter(kind="project.team_left", payload__member=str(actor.pk)).exclude(actor=actor.pk)
    return left.filter(seq__gt=sent.seq if sent else 0).exists()


def decline(*, actor: Person, invitation: TeamInvitation, at: datetime) -> None:
    """Says no. Raises NotFound as `accept` does."""
    with transaction.atomic():
        current = _taken(actor, invitation)
        current.delete()
        events.record("project.team_declined", actor=actor, subject=current.project, at=at)


def _taken(actor: Person, invitation: TeamInvitation) -> TeamInvitation:
    mine = EmailAddress.objects.filter(user=actor, verified=True).values("email")
    rows = TeamInvitation.objects.filter(pk=invitation.pk, email__in=mine)
    current = lock_first(rows.select_related("project"))
    if current is None:
        raise NotFound(_("This invitation is not there any more, or it is for another email address."))
    return current


def leave(*, actor: Person, project: Project, member: TeamMember, at: datetime) -> None:
    """Leaves the team, or takes somebody off it; only the author may do the latter. Raises Forbidden."""
    with transaction.atomic():
        current = locked(project)
        if member.person_id != actor.pk:
            require(actor, "invite", current)
            if current.author_id != actor.pk:
                raise Conflict(_("Only the author can take somebody off the team."))
        current.team.filter(pk=member.pk).delete()
        payload = {"member": str(member.person_id)}
        events.record("project.team_left", actor=actor, subject=current, at=at, payload=payload)
