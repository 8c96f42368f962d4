"""From open projects to a ballot: numbers are given, costs and goals freeze until the count."""

from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_row, lock_rows
from civic.core.policies import require
from civic.core.states import transition
from projects.calls.models import Call
from projects.calls.states import CallState
from projects.proposals.models import Project
from projects.proposals.readiness import cost_refusal
from projects.proposals.states import ProjectState


def shortlist(*, actor: Person, call: Call, at: datetime) -> list[Project]:
    """Puts all open projects of the call on its ballot, numbered in the order in which they were opened.

    Raises Forbidden, Conflict (voting has begun, the call is not open), Invalid (none is open; a cost is
    unknown or outside the limits).
    """
    require(actor, "shortlist", call)
    with transaction.atomic():
        locked = lock_row(Call.objects, pk=call.pk)
        if locked.state != CallState.OPEN or locked.voting_began(at):
            raise Conflict(_("The ballot can be made until voting begins, while the call is open."))
        running = lock_rows(locked.projects.filter(state=ProjectState.OPEN))
        projects = sorted(running, key=attrgetter("opened_at", "pk"))
        _check(projects, locked)
        first = locked.projects.exclude(ballot_number="").count() + 1
        for number, project in enumerate(projects, start=first):
            _number(actor, project, str(number), at)
        events.record(
            "call.shortlisted", actor=actor, subject=locked, at=at, payload={"projects": len(projects)}
        )
    return projects


def _check(projects: list[Project], call: Call) -> None:
    if not projects:
        raise Invalid(_("There is no open project in this call."))
    for project in projects:
        refusal = _("Its cost is not known.") if project.cost is None else cost_refusal(project.cost, call)
        if refusal:
            raise Invalid(f"{project.title}: {refusal}")


def _number(actor: Person, project: Project, number: str, at: datetime) -> None:
    Project.objects.filter(pk=project.pk).update(ballot_number=number)
    project.ballot_number = number
    transition(project, "shortlist", actor=actor, at=at, payload={"number": number})
