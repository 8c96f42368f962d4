"""What the pages and panels about help show: a fixed number of statements each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from civic.accounts.models import Organisation
from civic.core.columns import read, rows
from projects.contributions.models import Contribution, Want
from projects.contributions.states import HELPED, ContributionState
from projects.proposals.models import Project

MOST_HELPERS = 50
HELPERS_ON_PROJECT_PAGE = 6
OFFERS_ON_ME = 10
WAITING_ON_ME = 20
ON_ME = [
    "id",
    "amount",
    "state",
    "state_since",
    "want_id",
    "want__unit",
    "want__project_id",
    "want__project__title",
]
OF_WANT = ["id", "kind", "title", "details", "amount", "unit", "needed_by"]
OF_HELPER = [
    "amount",
    "anonymous",
    "want_id",
    "want__unit",
    "want__title",
    "person_id",
    "person__name",
    "person__erased_at",
    "organisation_id",
    "organisation__name",
]


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
    return _lines(Want.objects.open().filter(project=project).with_amounts())


def _lines(wants: Iterable[Any]) -> list[Line]:
    lines = [Line(want, want.taken, want.waiting) for want in wants]
    return sorted(lines, key=lambda line: line.left == 0)


def helpers(project: Project, most: int = MOST_HELPERS) -> list[Contribution]:
    """Confirmed help, latest first, with who gave it: one statement."""
    given = Contribution.objects.filter(want__project=project).latest_verified()
    return list(given.select_related("want", "person", "organisation")[:most])


def columns(actor: Any) -> dict[str, Any]:
    """Wanted list and helpers as columns of the project, for its page; `listed` and `thanked` read them."""
    mine = OuterRef("pk")
    wants = Want.objects.open().filter(project=mine).with_amounts()
    given = Contribution.objects.filter(want__project=mine).latest_verified()[:HELPERS_ON_PROJECT_PAGE]
    return {
        "contributions_wanted": rows(wants, *OF_WANT, "taken", "waiting"),
        "contributions_given": rows(given, *OF_HELPER),
    }


def listed(project: Any) -> list[Line]:
    """The wanted list of a project that was read with `columns`; without a statement."""
    return _lines(read(Want, project.contributions_wanted))


def thanked(project: Any) -> list[Contribution]:
    """Who helped a project that was read with `columns`; without a statement."""
    return read(Contribution, project.contributions_given)


def to_project(project: Project) -> list[Contribution]:
    """Everything that was offered to the project, what waits for the team first."""
    order = {ContributionState.OFFERED: 0, ContributionState.DELIVERED: 1, ContributionState.ACCEPTED: 2}
    found = Contribution.objects.of(project).with_things().order_by("-offered_at")[:200]
    return sorted(found, key=lambda one: order.get(ContributionState(one.state), 3))


def me_columns(person: Any, at: datetime) -> dict[str, Any]:
    """What a person offered and what waits for them, as columns of theirs: see `offered_by`, `waiting_for`."""
    own = Q(person=person.pk)
    mine = Contribution.objects.filter(own).order_by("-offered_at")
    running = Contribution.objects.visible_to(person).filter(want__project__state__in=HELPED)
    theirs = ~own & Q(state__in=[ContributionState.OFFERED, ContributionState.DELIVERED])
    waiting = running.filter(theirs | own & Q(state=ContributionState.ACCEPTED)).order_by("offered_at")
    return {
        "contributions_offered": rows(mine[:OFFERS_ON_ME], *ON_ME),
        "contributions_waiting": rows(waiting[:WAITING_ON_ME], *ON_ME),
    }


def offered_by(person: Any) -> list[Contribution]:
    """What a person read with `me_columns` offered, latest first."""
    return read(Contribution, person.contributions_offered)


def waiting_for(person: Any) -> list[Contribution]:
    """Offers and deliveries that wait for a team of the person's, and promises that wait for the person."""
    return read(Contribution, person.contributions_waiting)


def acts_for(actor: Any) -> QuerySet[Organisation]:
    """Organisations in whose name the person may offer help."""
    mine = Organisation.objects.public().filter(memberships__person=actor.pk)
    return mine.distinct().order_by("name")
