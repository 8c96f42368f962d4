"""Collections and what people share, made by the verbs that they use."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from civic.accounts.models import Organisation, Person
from civic.core import clock, events
from datasets.catalogue.vocabularies import Theme
from datasets.consent.fields import Column
from datasets.consent.models import Collection, Consent, Purpose, Release, Submission
from datasets.consent.operations import collections, releases, sharing
from datasets.consent.operations.collections import Profile, Words
from tests.factories import accounts, catalogue

QUESTIONS = """
District: Old Town = Centre | Mill = Centre | Harbour = Outside | Northfield = Outside
Age: 16 to 99
Way to work: bicycle | bus | car
"""
WORDS = Words(
    what="We count who cycles where, for the plan of cycle lanes.",
    readers="The planners of the city, and researchers who asked.",
    kept="Until the plan is decided, at most two years.",
)
COLUMNS: list[Column] = [
    {"name": "district", "role": "quasi"},
    {"name": "age", "role": "quasi", "width": 50},
    {"name": "way_to_work", "role": "sensitive"},
]


def collection(
    owner: Person | None = None, *, publisher: Organisation | None = None, **more: Any
) -> Collection:
    """A draft."""
    publisher = publisher or accounts.organisation(owner)
    said: dict[str, Any] = {
        "title": "How we cycle",
        "description": "So that lanes come where people cycle.",
        "questions": QUESTIONS,
        "k": 5,
        "at": clock.now(),
    }
    actor = owner or catalogue.writer(publisher)
    return collections.create_collection(actor=actor, publisher=publisher, **said | more)


def purpose(
    of: Collection | None = None,
    *,
    publisher: Organisation | None = None,
    at: datetime | None = None,
    **more: Any,
) -> Purpose:
    """One of a new collection, which is open then."""
    at = at or clock.now()
    into = of or collection(publisher=publisher, at=at)
    actor = catalogue.writer(into.publisher)
    said: dict[str, Any] = {"title": "Plan of cycle lanes", "columns": COLUMNS, "theme": Theme.TRAN} | more
    made = collections.add_purpose(actor=actor, collection=into, profile=Profile(**said), words=WORDS, at=at)
    if of is None:
        collections.open_collection(actor=actor, collection=into, at=at)
        made.collection.refresh_from_db()
    return made


def values(district: str = "Mill", age: int = 30, way: str = "bicycle") -> dict[str, Any]:
    """Answers."""
    return {"district": district, "age": age, "way_to_work": way}


def share(
    purposes: Purpose | list[Purpose],
    person: Person | None = None,
    *,
    at: datetime | None = None,
    **said: Any,
) -> Submission:
    """Somebody's answers, with a consent to the purposes by their newest words."""
    every = purposes if isinstance(purposes, list) else [purposes]
    ticked = {one.pk: one.newest_notice.digest for one in every if one.newest_notice}
    return sharing.share(
        actor=person or accounts.person(),
        collection=every[0].collection,
        values=values(**said),
        consents=ticked,
        at=at or clock.now(),
    )


def crowd(to: Purpose, answers: Iterable[dict[str, Any]], *, at: datetime | None = None) -> list[Person]:
    """Many people who share and consent."""
    said = list(answers)
    people = accounts.people(len(said))
    for person, one in zip(people, said, strict=True):
        share(to, person, at=at, **one)
    return people


def release(of: Purpose, *, at: datetime | None = None) -> Release:
    """A published one."""
    at, actor = at or clock.now(), catalogue.writer(of.collection.publisher)
    made = releases.prepare_release(actor=actor, purpose=of, at=at)
    if made.state == "prepared":
        releases.send_release(actor=actor, release=made, at=at)
        read(at)
    return Release.objects.select_related("revision", "purpose__dataset").get(pk=made.pk)


def read(at: datetime | None = None) -> None:
    """What workers and handlers do with files under way."""
    for _step in range(3):
        catalogue.work(at)
        events.deliver_pending()


def withdraw(person: Person, of: Purpose, *, at: datetime | None = None) -> Consent:
    """The person's newest consent to the purpose, withdrawn."""
    consent = Consent.objects.of(person).standing().filter(purpose=of).latest("given_at")
    return sharing.withdraw_consent(actor=person, consent=consent, at=at or clock.now())
