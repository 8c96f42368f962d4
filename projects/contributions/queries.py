"""What the pages and panels about help show: a fixed number of statements each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from civic.accounts.models import Organisation
from civic.accounts.states import OrganisationState
from projects.contributions.models import Contribution, Want
from projects.contributions.states import HELPED, ContributionState
from projects.proposals.models import Project

MOST_HELPERS = 50


@dataclass(frozen=True)
class Line:
    """A wanted thing with how much of it is promised or given."""

    want: Want
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """How much is still missing, in the unit of the want."""
        return max(0, self.want.amount - self.taken)

    def late(self, today: date) -> bool:
        """Whether the day until which it is needed has passed."""
        return self.want.needed_by is not None and self.want.needed_by < today


def wanted(project: Project) -> list[Line]:
    """The wanted list, what is missing first: one statement."""
    rows: Any = Want.objects.open().filter(project=project).with_amounts()
    lines = [Line(row, row.taken, row.waiting) for row in rows]
    return sorted(lines, key=lambda line: line.left == 0)


def helpers(project: Project, most: int = MOST_HELPERS) -> list[Contribution]:
    """Confirmed help, latest first, with who gave it: one statement."""
    given = Contribution.objects.of(project).verified().select_related("want", "person", "organisation")
    return list(given.order_by("-state_since", "-pk")[:most])


def to_project(project: Project) -> list[Contribution]:
    """Everything that was offered to the project, what waits for the team first."""
    order = {ContributionState.OFFERED: 0, ContributionState.DELIVERED: 1, ContributionState.ACCEPTED: 2}
    found = Contribution.objects.of(project).with_things().order_by("-offered_at")[:200]
    return sorted(found, key=lambda one: order.get(ContributionState(one.state), 3))


def of_person(person: Any, most: int) -> list[Contribution]:
    """What the person offered, latest first."""
    mine = Contribution.objects.filter(person=person.pk).with_things()
    return list(mine.order_by("-offered_at")[:most])


def waiting_for(person: Any, most: int = 20) -> list[Contribution]:
    """Offers and deliveries that wait for a team of the person's, and promises that wait for the person."""
    running = Contribution.objects.visible_to(person).filter(want__project__state__in=HELPED)
    open_states = [ContributionState.OFFERED, ContributionState.DELIVERED, ContributionState.ACCEPTED]
    found = running.filter(state__in=open_states).with_things().order_by("offered_at")[: 2 * most]
    return [one for one in found if _waits_for(person, one)][:most]


def _waits_for(person: Any, one: Contribution) -> bool:
    own = one.person_id == person.pk
    return own if one.state == ContributionState.ACCEPTED else not own


def acts_for(actor: Any) -> list[Organisation]:
    """Organisations in whose name the person may offer help."""
    if not actor.is_authenticated:
        return []
    mine = Organisation.objects.filter(memberships__person=actor.pk)
    return list(mine.exclude(state=OrganisationState.SUSPENDED).distinct().order_by("name"))
