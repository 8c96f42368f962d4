"""The ballot as it is filled in: some projects a page, in an order of each voter's own, found by words."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from civic.core.search import clean
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.models.project import Projects
from projects.proposals.queries import cards
from projects.proposals.states import ProjectState

SIZE = 50
MOST_WORDS = 8


@dataclass(frozen=True)
class Sheet:
    """One page of a ballot. `elsewhere`: what the voter has chosen and stands on another page."""

    projects: list[Project]
    elsewhere: list[Project]
    words: str
    number: int
    pages: int
    found: int
    on_ballot: int

    @property
    def is_part(self) -> bool:
        """Whether the ballot has more projects than one page."""
        return self.on_ballot > SIZE

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def sheet(call: Call, voter: str, *, chosen: Collection[UUID], words: str = "", number: str = "") -> Sheet:
    """The page of this number of the projects that have all the words; the nearest one where there is no such page.

    Every voter (`voter`: their mark) has an order of their own, so that none is favoured.
    """
    on_ballot = candidates(call)
    keys = _shuffled(on_ballot, voter)
    words = clean(words)
    found = _shuffled(having(on_ballot, words), voter) if words else keys
    pages = max(1, -(-len(found) // SIZE))
    wanted = int(number) if number.isdecimal() and len(number) < 6 else 1
    page = min(max(1, wanted), pages)
    shown = found[(page - 1) * SIZE : page * SIZE]
    elsewhere = sorted(set(chosen) - set(shown), key=str)
    rows = {project.pk: project for project in cards(on_ballot.filter(pk__in=[*shown, *elsewhere]))}
    return Sheet(
        projects=[rows[key] for key in shown if key in rows],
        elsewhere=[rows[key] for key in elsewhere if key in rows],
        words=words,
        number=page,
        pages=pages,
        found=len(found),
        on_ballot=len(keys),
    )


def candidates(call: Call) -> Projects:
    """The projects that can be voted for."""
    return Project.objects.filter(call=call, state=ProjectState.SHORTLISTED)


def keys_of(typed: Mapping[str, str]) -> set[UUID]:
    """The projects for which something was typed; what is no project's key is for the ballot box to refuse."""
    found = set()
    for key, text in typed.items():
        if text.strip() not in ("", "0"):
            try:
                found.add(UUID(key))
            except ValueError:
                continue
    return found


def _shuffled(projects: QuerySet[Any], voter: str) -> list[UUID]:
    keys = projects.values_list("pk", flat=True)
    return sorted(keys, key=lambda key: hashlib.sha256(f"{voter}{key}".encode()).digest())


def having(rows: QuerySet[Any], words: str, project: str = "") -> QuerySet[Any]:
    """Rows whose project has this number on the ballot, or each of the words in title, pitch or place.

    Accents and case aside; `project` is the path from a row to its project. A project whose text a moderator has
    hidden is found by its number alone: the search would tell its text.
    """
    if not words:
        return rows
    parts = [f"{project}{column}" for column in ("title", "pitch", "place", "area__name")]
    text = Concat(*(part for name in parts for part in (F(name), Value(" "))))
    fits = Q(**{f"{project}hidden_for": ""})
    for word in words.split()[:MOST_WORDS]:
        fits &= Q(plain__contains=_plain(Value(word)))
    return rows.annotate(plain=_plain(text)).filter(fits | Q(**{f"{project}ballot_number": words}))


def _plain(text: Value | Concat) -> Func:
    return Func(text, function="proposals_plain", output_field=TextField())
