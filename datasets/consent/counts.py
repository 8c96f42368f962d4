"""What a release counts: of whom, by which of their answers, and by how many people two tables differ."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min

from datasets.consent.models import Consent, Inclusion, Notice, Purpose, Release
from datasets.consent.states import ReleaseState

CELLS = "SELECT cell, people FROM consent_cells(%s::jsonb, %s, %s, %s::jsonb)"


# Which answers were counted: their id and their version.
Said = tuple[UUID, int]


@dataclass(frozen=True)
class Record:
    """What a release counts of one consent."""

    consent: UUID
    person: UUID
    given_at: datetime
    values: dict[str, Any]
    said: Said
    earlier: dict[str, Any] = field(default_factory=dict)  # by version, what an earlier table has counted

    def as_of(self, said: Said) -> "Record":
        """The same by what was said then, if that is kept; who has deleted everything and shares anew said another."""
        key, version = said
        if said == self.said or key != self.said[0] or str(version) not in self.earlier:
            return self
        return replace(self, values=self.earlier[str(version)], said=said)


def records(purpose: Purpose, notice: Notice) -> list[Record]:
    """What may be counted for the purpose at this moment."""
    found = Consent.objects.counted(purpose, notice).order_by("pk")
    named = ("values", "id", "version", "earlier")
    mine = [f"person__submissions__{name}" for name in named]
    columns = found.values_list("pk", "person_id", "given_at", *mine)
    return [
        Record(one, person, given_at, values, (key, version), earlier)
        for one, person, given_at, values, key, version, earlier in columns
    ]


def as_seen(purpose: Purpose, now: list[Record]) -> list[Record]:
    """By what an earlier table of the same people has counted, where there is one: the newest of them.

    Two tables of the same people tell of who has corrected an answer between them. By the same answers they differ by
    nobody, and a correction counts from the next table with other people on. To wait for it instead would let one who
    corrects end what a closed collection can release. Where somebody has consented since those answers were counted
    first, they have consented to what they said since, and the table waits.
    """
    current = {one.person: one for one in now}
    for release in _seen(purpose):
        before = _counted(release)
        if before.keys() == current.keys():
            first = _first_counted(purpose)
            then = [one.as_of(before[one.person]) for one in now]
            late = (
                new.said != old.said and old.given_at > first[new.said]
                for old, new in zip(now, then, strict=True)
            )
            return now if any(late) else then
    return now


def _first_counted(purpose: Purpose) -> dict[Said, datetime]:
    """When which answers were counted for the first time: they were the person's newest at that moment."""
    counted = Inclusion.objects.filter(release__purpose__collection=purpose.collection_id).order_by()
    columns = counted.values_list("submission", "version").annotate(first=Min("release__made_at"))
    return {(submission, version): first for submission, version, first in columns}


def _seen(purpose: Purpose) -> Any:
    """Each table of the collection that anybody has looked at, newest first."""
    return Release.objects.filter(purpose__collection=purpose.collection_id).defer("rows")


def _counted(release: Release) -> dict[UUID | None, Said]:
    """What was counted of whom; those whose account is erased are nobody."""
    columns = release.inclusions.values_list("consent__person", "submission", "version")
    return {person: (submission, version) for person, submission, version in columns}


def cells(columns: list[dict[str, Any]], k: int, least_values: int, values: list[Any]) -> list[list[Any]]:
    """The rows of a release, counted by PostgreSQL: the columns in their order, then the people, a multiple of k."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS, [json.dumps(columns), k, least_values, json.dumps(values)])
        found = [(json.loads(cell), people) for cell, people in cursor.fetchall()]
    names = [one["name"] for one in columns]
    return sorted([*(cell[name] for name in names), people] for cell, people in found)


@dataclass(frozen=True)
class Difference:
    """Between an earlier table of a collection and what is counted now."""

    is_published: bool
    moved: int  # people who are in one of them alone
    changed: bool  # whether somebody who is in both has answered anew

    def waits(self, k: int) -> bool:
        """Whether another table would be about fewer than k people, or would say no more than one that is published.

        Who has answered anew never counts as one of k: a change of what a table does not count changes nothing of it,
        and to look whether it does would tell what somebody has answered.
        """
        return self.moved < k and (self.moved > 0 or self.changed or self.is_published)


def difference(release: Release, now: list[Record], purpose: Purpose) -> Difference:
    """By whom `now` differs from a release of this or of another purpose of the collection."""
    included = list(release.inclusions.values_list("consent__person", "submission", "version"))
    before = {person: said for person, *said in included if person}
    erased = len(included) - len(before)
    current = {one.person: list(one.said) for one in now}
    changed = any(before.get(person, said) != said for person, said in current.items())
    published = release.purpose_id == purpose.pk and release.state == ReleaseState.PUBLISHED
    return Difference(published, erased + len(before.keys() ^ current.keys()), changed)


def differences(purpose: Purpose, now: list[Record]) -> list[Difference]:
    """From each table of the collection that anybody has seen, and not only from the last.

    Whoever keeps tables may compare any two, also of two purposes, which the same people have consented to.
    """
    return [difference(one, now, purpose) for one in _seen(purpose)]


def is_as_counted(purpose: Purpose, release: Release) -> bool:
    """Whether everybody in it still consents, by the words that hold now. What they correct counts from the next on."""
    notice = purpose.newest_notice
    if notice is None or notice.pk != release.notice_id:
        return False
    now = {one.consent for one in records(purpose, notice)}
    return now.issuperset(release.inclusions.values_list("consent", flat=True))
