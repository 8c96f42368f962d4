"""Lists of projects: filtered, sorted, searched; always the same number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from civic.core import paging
from civic.core.errors import Invalid
from civic.core.paging import Page
from projects.calls import queries as calls
from projects.proposals.models import Picture, Project
from projects.proposals.models.project import Projects
from projects.proposals.states import ProjectState

SIZE = 24
MOST_FOUND = 200
MOST_CALLS = 12
MOST_PLACES = 500


class Stage(models.TextChoices):
    """What a reader calls the states."""

    OPEN = "open", _("open for support")
    BALLOT = "ballot", _("on the ballot")
    MAKING = "making", _("being made")
    DONE = "done", _("done")
    ENDED = "ended", _("not continued")


STAGE_STATES: dict[str, list[str]] = {
    Stage.OPEN: [ProjectState.OPEN],
    Stage.BALLOT: [ProjectState.SHORTLISTED],
    Stage.MAKING: [ProjectState.FUNDING, ProjectState.FUNDED, ProjectState.DELIVERING],
    Stage.DONE: [ProjectState.COMPLETED, ProjectState.EVALUATED],
    Stage.ENDED: [ProjectState.UNFUNDED, ProjectState.CANCELLED, ProjectState.FAILED],
}

SORTS = {"newest": _("Newest"), "supported": _("Most supported"), "ending": _("Ending soon")}


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; empty means anything. `area` and `call` are slugs."""

    q: str = ""
    theme: str = ""
    area: str = ""
    stage: str = ""
    call: str = ""
    sort: str = "newest"

    def apply(self, projects: Projects) -> Projects:
        """The projects that fit, apart from the search words."""
        wanted = {"theme": self.theme, "area__slug": self.area, "call__slug": self.call}
        found = projects.filter(**{name: value for name, value in wanted.items() if value})
        return found.filter(state__in=STAGE_STATES[self.stage]) if self.stage else found


def cards(projects: Projects) -> Projects:
    """With everything that a card shows, in one statement: call, area, number of supporters, cover picture."""
    first = Picture.objects.filter(project=OuterRef("pk")).order_by("position", "id")
    return projects.select_related("call", "area").annotate(
        supporters=F("support_count__supports"),
        cover_thumb=Subquery(first.values("thumb")[:1]),
        cover_alt=Subquery(first.values("alt")[:1]),
    )


def listed(filters: Filters, *, at: datetime, after: str = "", size: int = SIZE) -> Page[Project]:
    """One page of the public projects that fit. Raises Invalid where `after` is not one of our cursors."""
    projects = filters.apply(cards(Project.objects.listed()))
    if filters.q.strip():
        return _found(projects, filters.q, after, size)
    if filters.sort == "supported":
        rows = projects.filter(support_count__isnull=False)
        return paging.page(rows, after=after, size=size, by="-supporters")
    if filters.sort == "ending":
        return _ending(projects, filters, at, after, size)
    return paging.page(projects, after=after, size=size, by="-opened_at")


def search_projects(query: str, *, most: int = MOST_FOUND) -> list[UUID]:
    """Ids of opened projects whose title, pitch or place are like the words, the most alike first.

    Word similarity of trigrams (pg_trgm), accents and case aside. Filter them by who asks.
    """
    words = " ".join(query.replace("\0", "").split())[:200]
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM proposals_search(%s, %s)", [words, most])
        return [row[0] for row in cursor.fetchall()]


def _found(projects: Projects, query: str, after: str, size: int) -> Page[Project]:
    """A page of search results; they are few enough to be counted through, and `after` is how many to skip."""
    rank = {key: place for place, key in enumerate(search_projects(query))}
    rows = sorted(projects.filter(pk__in=list(rank)), key=lambda project: rank[project.pk])
    start = int(after) if after.isdecimal() and len(after) < 6 else 0
    more = len(rows) > start + size
    return Page(rows[start : start + size], str(start + size) if more else "")


@dataclass(frozen=True)
class Spot:
    """How far somebody has read in the list by ending: a call, and the last project seen of it."""

    call: UUID
    opened_at: datetime
    key: UUID

    def __str__(self) -> str:
        return f"{self.call}~{self.opened_at.isoformat()}~{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Spot":
        """Reads a spot back. Raises Invalid where it is not one that we gave out."""
        try:
            call, opened_at, key = text.split("~")
            return cls(UUID(call), datetime.fromisoformat(opened_at), UUID(key))
        except ValueError:
            raise Invalid(_("This link to a further page is damaged. Start from the first page.")) from None


def _ending(projects: Projects, filters: Filters, at: datetime, after: str, size: int) -> Page[Project]:
    """Those in running phases, by the end of the phase, then the newest.

    A call's projects all end together: each call gives its first few by its own index, so the cost does
    not grow with the projects.
    """
    spot = Spot.parse(after) if after else None
    order = [phase.call_id for phase in calls.running_phases(at)[:MOST_CALLS]]
    if spot:
        order = order[order.index(spot.call) :] if spot.call in order else []
    if not order:
        return Page([], "")
    alive = filters.apply(Project.objects.listed()).filter(
        state__in=[ProjectState.OPEN, ProjectState.SHORTLISTED]
    )
    parts = [_of_call(alive, call, spot, size) for call in order]
    ids = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rank = {call: place for place, call in enumerate(order)}
    found = sorted(
        projects.filter(pk__in=[key for (key,) in ids]), key=lambda p: (p.opened_at, p.pk), reverse=True
    )
    rows = sorted(found, key=lambda project: rank[project.call_id])[: size + 1]
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], str(Spot(last.call_id, last.opened_at, last.pk)) if last else "")


def _of_call(projects: Projects, call: UUID, spot: Spot | None, size: int) -> Any:
    rows = projects.filter(call_id=call)
    if spot and spot.call == call:
        later = Q(opened_at__lt=spot.opened_at) | Q(id__lt=spot.key)
        rows = rows.filter(later, opened_at__lte=spot.opened_at)
    return rows.order_by("-opened_at", "-id").values_list("pk")[: size + 1]


def places(filters: Filters) -> Projects:
    """The projects that fit and have a spot on the map, the newest `MOST_PLACES`."""
    projects = filters.apply(Project.objects.listed()).filter(latitude__isnull=False)
    if filters.q.strip():
        projects = projects.filter(pk__in=search_projects(filters.q))
    return projects.order_by("-opened_at", "-id")[:MOST_PLACES]
