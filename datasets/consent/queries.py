"""What is counted of consents, and what the pages read: a fixed number of statements each."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Prefetch

from civic.accounts.models import Person
from civic.core.models import Event
from datasets.access.models import Grant
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import READ
from datasets.consent.models import (
    Collection,
    Consent,
    Deletion,
    Inclusion,
    Notice,
    Purpose,
    Release,
    RightsRequest,
    Submission,
)

SHOWN = 100

CELLS = "SELECT cell, people FROM consent_cells(%s::jsonb, %s, %s, %s::jsonb)"


@dataclass(frozen=True)
class Record:
    """What a release counts of one consent."""

    consent: UUID
    person: UUID
    values: dict[str, Any]
    version: int


def records(purpose: Purpose, notice: Notice) -> list[Record]:
    """What may be counted for the purpose at this moment."""
    found = Consent.objects.counted(purpose, notice).order_by("pk")
    named = ("pk", "person_id", "person__submissions__values", "person__submissions__version")
    return [Record(*row) for row in found.values_list(*named)]


def cells(columns: list[dict[str, Any]], k: int, least_values: int, values: list[Any]) -> list[list[Any]]:
    """The rows of a release, counted by PostgreSQL: the columns in their order, then the people, a multiple of k."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS, [json.dumps(columns), k, least_values, json.dumps(values)])
        found = [(json.loads(cell), people) for cell, people in cursor.fetchall()]
    names = [one["name"] for one in columns]
    return sorted([*(cell[name] for name in names), people] for cell, people in found)


def came_or_went(release: Release, now: list[Record]) -> int:
    """How many people are in one of a release and `now` and not in both, or have changed what they shared since."""
    rows = list(release.inclusions.values_list("consent__person", "version"))
    before = {person: version for person, version in rows if person}
    erased = len(rows) - len(before)
    current = {one.person: one.version for one in now}
    changed = sum(before.get(person, version) != version for person, version in current.items())
    return erased + len(before.keys() ^ current.keys()) + changed


def fewest_changes(purpose: Purpose, rows: list[Any], now: list[Record]) -> int | None:
    """By how few people `now` differs from an earlier release with other rows, seen by anybody; None without one.

    From each of them and not only from the last: whoever keeps tables may compare any two.
    """
    others = [one for one in purpose.releases.all() if one.rows != rows]
    return min((came_or_went(one, now) for one in others), default=None)


def taken_away(dataset: Dataset, numbers: list[int], since: datetime) -> tuple[int, int]:
    """How often revisions were read by grants, and by how many of these."""
    reads = reads_by_grant(dataset, numbers, since) if numbers else {}
    return sum(reads.values()), len(reads)


def reads_by_grant(dataset: Dataset, numbers: list[int], since: datetime) -> dict[str, int]:
    """How often these revisions were read since then, by grant, as the log has it."""
    rows = Event.objects.filter(
        kind=READ,
        subject_type=Dataset._meta.label,
        subject_id=str(dataset.pk),
        at__gte=since,
        payload__basis="grant",
        payload__revision__in=numbers,
    )
    counted = rows.values("payload__grant").annotate(times=Count("seq")).order_by()
    return {row["payload__grant"]: row["times"] for row in counted}


def holders(grants: Any) -> Any:
    """Grants with both sides."""
    return Grant.objects.select_related("dataset", "person", "organisation").filter(pk__in=grants)


def collections() -> Any:
    """With their publishers."""
    return Collection.objects.select_related("publisher")


def purposes(collection: Collection) -> list[Purpose]:
    """With their datasets and the words that hold now, first."""
    notices = Prefetch("notices", Notice.objects.order_by("-number"))
    found = list(collection.purposes.select_related("dataset").prefetch_related(notices))
    for one in found:
        one.collection = collection
    return found


def mine_of(collection: Collection, person: Person) -> tuple[Submission | None, list[Consent]]:
    """What the person has shared and consented to there."""
    submission = Submission.objects.filter(collection=collection, person=person).first()
    standing = Consent.objects.of(person).standing().filter(purpose__collection=collection)
    return submission, list(standing.select_related("purpose", "notice").order_by("given_at"))


def of_publisher(collection: Collection) -> dict[str, Any]:
    """What its publisher sees: how many have shared, in multiples of k, releases and requests."""
    k = collection.k
    shown = list(
        Release.objects.filter(purpose__collection=collection)
        .select_related("purpose__collection", "purpose__dataset", "revision")
        .order_by("-made_at", "-id")[:SHOWN]
    )
    requests = RightsRequest.objects.filter(collection=collection).select_related("person", "collection")
    told = Deletion.objects.filter(release__purpose__collection=collection)
    return {
        "shared": collection.submissions.count() // k * k,
        "releases": shown,
        "requests": list(requests.order_by("state", "due_at")[:SHOWN]),
        "deletions": list(
            told.select_related("grant__dataset", "grant__person", "grant__organisation", "release")[:SHOWN]
        ),
    }


def of_person(person: Person) -> dict[str, Any]:
    """What somebody has shared and consented to, what was released of it, and who has read that."""
    shared = Submission.objects.filter(person=person).select_related("collection__publisher")
    given = Consent.objects.of(person).select_related("purpose__collection", "purpose__dataset", "notice")
    inclusions = Prefetch(
        "inclusions",
        Inclusion.objects.filter(release__revision__isnull=False).select_related("release__revision"),
    )
    consents = list(given.prefetch_related(inclusions)[:SHOWN])
    datasets = {str(one.purpose.dataset_id) for one in consents}
    reads = (
        Event.objects.filter(kind=READ, subject_type=Dataset._meta.label, subject_id__in=datasets)
        .values("subject_id", "payload__purpose")
        .annotate(times=Count("seq"))
        .order_by("subject_id")
    )
    asked = RightsRequest.objects.filter(person=person).select_related("collection")
    return {
        "submissions": list(shared[:SHOWN]),
        "consents": consents,
        "reads": list(reads),
        "requests": list(asked[:SHOWN]),
    }


def me_columns(person: Person, at: datetime) -> dict[str, Any]:
    """Whether the person's page has a way to what they have shared."""
    return {"has_shared": Exists(Consent.objects.filter(person_id=person.pk))}


def deletions() -> Any:
    """With both sides and what is to be deleted."""
    return Deletion.objects.select_related(
        *("grant__dataset__publisher", "grant__person", "grant__organisation"),
        *("release__revision", "release__purpose__collection__publisher"),
    )
