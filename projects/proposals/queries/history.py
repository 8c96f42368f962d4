"""Who did what when, as the public page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.core.columns import read, rows
from civic.core.models import Event
from projects.proposals.models import Project

PUBLIC_KINDS: dict[str, Promise] = {
    "project.begun": _("Idea written down"),
    "project.submitted": _("Handed in for review"),
    "project.returned": _("Returned for changes"),
    "project.rejected": _("Not accepted"),
    "project.opened": _("Reviewed and opened to everybody"),
    "project.revised": _("Changed"),
    "project.team_joined": _("Somebody joined the team"),
    "project.shortlisted": _("Put on the ballot"),
    "project.won": _("Chosen by the vote"),
    "project.lost": _("Not chosen by the vote"),
    "project.funded": _("Funding complete"),
    "project.goal_missed": _("Funding goal missed"),
    "project.delivery_started": _("Work has begun"),
    "project.organisation_named": _("Who is paid was named anew"),
    "project.completed": _("Completed"),
    "project.evaluated": _("Evaluated"),
    "project.failed": _("Given up"),
    "project.cancelled": _("Cancelled"),
}
# Reasons that everybody may read; those of a review are for the team.
PUBLIC_NOTES = {
    "project.revised",
    "project.cancelled",
    "project.opened",
    "project.failed",
    "project.organisation_named",
}


@dataclass(frozen=True)
class History:
    """One line of a project's history. `actor` is an id, or None for the clock and the count."""

    at: datetime
    title: str | Promise
    actor: UUID | None
    text: str
    kind: str


def latest_events(most: int) -> ArraySubquery:
    """The latest public events as a column of the project; `told` reads it."""
    mine = Cast(OuterRef("pk"), CharField())
    found = Event.objects.filter(subject_type=Project._meta.label, subject_id=mine, kind__in=PUBLIC_KINDS)
    return rows(found.order_by("-seq")[:most], "kind", "actor", "at", "note")


def told(column: Iterable[dict[str, Any]]) -> list[History]:
    """What `latest_events` brought."""
    return list(_told(read(Event, column)))


def _told(found: Iterable[Event]) -> Iterable[History]:
    for event in found:
        note = event.note if event.kind in PUBLIC_NOTES else ""
        yield History(event.at, PUBLIC_KINDS[event.kind], event.actor, note, event.kind)
