"""Which organisation a project's money is paid to, once people have given for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Membership, Organisation, Person
from civic.accounts.states import OrganisationState
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid, required
from civic.core.policies import require
from projects.proposals import roles
from projects.proposals.models import Project
from projects.proposals.operations.review import NO_REASON, NOTE_MOST
from projects.proposals.operations.revisions import keep_revision, locked
from projects.proposals.states import RAISED


def name_organisation(
    *, actor: Person, project: Project, organisation: Organisation, reason: str, at: datetime
) -> Project:
    """The city names who is paid for a project that raises money or has done so: somebody of its team acts for it.

    Raises Forbidden (who does not run the call, or is of the team), Invalid (no reason, an organisation for which
    nobody of the team acts, or that is suspended), Conflict (no money is raised for it, or it has ended).
    """
    reason = required(reason, NO_REASON, longest=NOTE_MOST)
    with transaction.atomic():
        current = locked(project)
        require(actor, "review", current)
        if roles.in_team(actor, current):
            raise Forbidden
        if current.state not in RAISED:
            raise Conflict(_("Its team names the organisation in the proposal, or the project has ended."))
        team = Membership.objects.filter(organisation=organisation, person__in=roles.team_of(current))
        if organisation.state == OrganisationState.SUSPENDED or not team.exists():
            raise Invalid(
                organisation=_("Nobody of the project’s team acts for this organisation, or it is suspended.")
            )
        current.organisation = organisation
        current.version += 1
        current.save()
        keep_revision(current, actor=actor, at=at, reason=reason)
        payload = {"organisation": str(organisation.pk)}
        events.record(
            "project.organisation_named", actor=actor, subject=current, at=at, payload=payload, note=reason
        )
    return current
