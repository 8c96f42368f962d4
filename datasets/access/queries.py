"""What the pages about access read: a fixed number of statements each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists

from civic.accounts.models import Person
from civic.core import events
from civic.core.columns import rows
from civic.core.errors import Invalid
from civic.core.models import Event
from datasets.access.models import AccessRequest, Agreement, Grant
from datasets.access.models.request import Requests
from datasets.access.states import WRITTEN, RequestState
from datasets.access.vocabularies import Side
from datasets.catalogue.models import Dataset
from datasets.catalogue.models.dataset import writers_of
from datasets.catalogue.permissions import READ

SHOWN, READS = 100, 50


def requests() -> Requests:
    """With what a page shows of them."""
    return AccessRequest.objects.select_related("dataset__publisher", "person", "organisation", "renews")


def grants() -> Any:
    """With what a page shows of them."""
    rows = Grant.objects.select_related("dataset__publisher", "person", "organisation", "agreement")
    return rows.defer("agreement__document")


def holds(grant: Grant) -> list[tuple[Side, str]]:
    """By whom the grant is suspended or was revoked, each with their newest reason."""
    held = {Side.CITY: grant.held, Side.PUBLISHER: grant.paused}
    kinds = ["grant.suspended", "grant.held", "grant.revoked"]
    told = {one.payload.get("by"): one.note for one in events.about(grant).filter(kind__in=kinds)}
    return [(side, told.get(side, grant.reason)) for side, is_held in held.items() if is_held]


def holders_of(grant: Grant) -> set[UUID]:
    """Who hears of a grant: the person, or who writes for the organisation; nobody once the account is erased."""
    if grant.organisation_id:
        return writers_of(grant.organisation_id)
    return {grant.person_id} if grant.person_id else set()


def agreements() -> Any:
    """With both sides."""
    return Agreement.objects.select_related("dataset__publisher", "person", "organisation")


def me_columns(person: Person, at: datetime) -> dict[str, Any]:
    """Whether the person's page has a way to what they have asked for and hold, and which requests wait for them."""
    asked = AccessRequest.objects.filter(person_id=person.pk)
    held = Grant.objects.filter(person_id=person.pk)
    # Nobody decides about their own.
    sent = AccessRequest.objects.decided_by(person).filter(state=RequestState.SUBMITTED)
    others = sent.exclude(person_id=person.pk).order_by("state_since", "pk")
    written = AccessRequest.objects.of(person).filter(state__in=WRITTEN).order_by("state_since", "pk")
    columns = ("id", "state", "state_since", "dataset_id", "dataset__title")
    return {
        "access_asked": Exists(asked),
        "access_held": Exists(held),
        "access_to_decide": rows(others[:SHOWN], *columns),
        "access_to_send": rows(written[:SHOWN], *columns),
    }


def under_way(dataset: Dataset, person: Person) -> list[AccessRequest]:
    """The person's requests for a dataset that are not decided."""
    return list(requests().of(person).open().filter(dataset=dataset))


def of_dataset(dataset: Dataset) -> dict[str, Any]:
    """What its publisher sees: requests that wait first, and grants that are not over first."""
    sent = requests().filter(dataset=dataset, submitted_at__isnull=False).order_by("-submitted_at")
    given = grants().filter(dataset=dataset).order_by("-granted_at")
    return {
        "waiting": list(sent.filter(state="submitted")[:SHOWN]),
        "answered": list(sent.exclude(state="submitted")[:SHOWN]),
        "standing": list(given.standing()[:SHOWN]),
        "over": list(given.exclude(pk__in=given.standing().values("pk"))[:SHOWN]),
    }


def of_person(person: Person) -> dict[str, Any]:
    """What somebody has asked for and holds."""
    return {
        "asked": list(requests().seen_by(person)[:SHOWN]),
        "held": list(grants().of(person)[:SHOWN]),
    }


@dataclass(frozen=True)
class Read:
    """One read as the log has it, with the dataset and who read; empty where nobody knows the name."""

    event: Event
    dataset: Dataset | None
    who: str

    @property
    def payload(self) -> dict[str, Any]:
        """What the log says of it."""
        return self.event.payload


@dataclass(frozen=True)
class Reads:
    """A page of reads, the newest first; `next` begins the one after it."""

    items: list[Read]
    next: str


def reads_of_dataset(dataset: Dataset, *, after: str = "") -> Reads:
    """Who has read it."""
    return _reads({"subject_type": Dataset._meta.label, "subject_id": str(dataset.pk)}, after)


def reads_of_person(person: Person, *, after: str = "") -> Reads:
    """What the person has read, by pages, files or keys."""
    return _reads({"actor": person.pk}, after)


def _reads(which: dict[str, Any], after: str) -> Reads:
    rows = Event.objects.filter(kind=READ, **which).order_by("-seq")
    if after:
        if not (after.isascii() and after.isdecimal() and len(after) < 19):
            raise Invalid(after="There is no such page.")
        rows = rows.filter(seq__lt=int(after))
    found = list(rows[: READS + 1])
    people = Person.objects.in_bulk({one.actor for one in found if one.actor})
    datasets = Dataset.objects.in_bulk({UUID(one.subject_id) for one in found})
    items = [
        Read(one, datasets.get(UUID(one.subject_id)), str(people.get(one.actor, "")) if one.actor else "")
        for one in found[:READS]
    ]
    return Reads(items, str(found[READS - 1].seq) if len(found) > READS else "")
