"""What a reviewer and an author need: the reasons given so far, and what a change changed."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.core import events
from civic.core.models import Event
from civic.core.money import Money
from projects.proposals.fields import FIELDS
from projects.proposals.models import Project, ProjectRevision

NEAR = 12

LABELS: dict[str, str | Promise] = {
    **{field.name: field.label for field in FIELDS if field.revised},
    "point": _("Spot on the map"),
    "cost_minor": _("Cost"),
    "cost_lines": _("Cost lines"),
    "goals": _("Participants and goals"),
    "pictures": _("Pictures"),
}


def review_notes(project: Project) -> QuerySet[Event]:
    """What the city wrote when it returned, rejected or opened the project, newest first."""
    kinds = ["project.returned", "project.rejected", "project.opened"]
    return events.about(project).filter(kind__in=kinds).exclude(note="").order_by("-seq")


@dataclass(frozen=True)
class Piece:
    """Words that stayed (""), were taken out ("out") or put in ("in")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """A part of the project that differs between two revisions."""

    label: str | Promise
    pieces: list[Piece]


def changes_between(before: ProjectRevision | None, after: ProjectRevision) -> list[Change]:
    """Which parts differ, word by word. Nothing for the first revision."""
    if before is None:
        return []
    old, new = before.content, after.content
    currency = new["currency"]
    return [
        Change(label, _pieces(_words(part, old.get(part), currency), _words(part, new.get(part), currency)))
        for part, label in LABELS.items()
        if old.get(part) != new.get(part)
    ]


def _words(part: str, value: Any, currency: str) -> list[str]:
    """The value as the page would show it, in words."""
    if value is None:
        return []
    if choices := _choices(part):
        value = choices.get(value, value)
    elif part == "cost_minor":
        value = Money(value, currency)
    elif part == "cost_lines":
        value = "; ".join(f"{label}: {Money(minor, currency)}" for label, minor in value)
    elif part == "goals":
        value = "; ".join(f"{who}: {brings} → {wants}" for who, brings, wants in value)
    elif isinstance(value, list):
        value = "; ".join(value)
    return str(value).split()


def _choices(part: str) -> dict[Any, Any]:
    """The words of a column's codes; empty where what is typed stands there itself."""
    columns = {field.name for field in FIELDS}
    if part not in columns:
        return {}
    return dict(getattr(Project._meta.get_field(part), "flatchoices", ()))


def _pieces(old: list[str], new: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for verb, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new).get_opcodes():
        if verb == "equal":
            pieces.append(Piece("", _shortened(old[from_old:to_old])))
            continue
        pieces += [Piece("out", " ".join(old[from_old:to_old]))] if to_old > from_old else []
        pieces += [Piece("in", " ".join(new[from_new:to_new]))] if to_new > from_new else []
    return pieces


def _shortened(words: list[str]) -> str:
    """What did not change, only near to what did."""
    if len(words) <= 2 * NEAR:
        return " ".join(words)
    return " ".join([*words[:NEAR], "…", *words[-NEAR:]])
