"""What people of Aldermere share, for what, and what is released of it; some have withdrawn."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from civic.demo import source
from civic.demo.city.cast import Cast, owner_of
from datasets.access.operations import requests
from datasets.access.operations.requests import Wish
from datasets.catalogue import permissions
from datasets.catalogue.models import Upload
from datasets.catalogue.operations import reading_steps
from datasets.catalogue.permissions import Reader, Scope
from datasets.catalogue.states import OPEN
from datasets.consent.fields import column
from datasets.consent.models import Collection, Consent, Purpose
from datasets.consent.operations import collections, releases, rights, sharing
from datasets.consent.operations.collections import Profile, Words


def share(cast: Cast) -> None:
    """Everything that `sharing.yaml` tells of."""
    for text in source.read("sharing"):
        publisher = cast.organisations[text["publisher"]]
        actor, at = owner_of(publisher), cast.calendar.at(text["day"], 9)
        said = {name: text[name] for name in ("title", "description", "questions", "k")}
        collection = collections.create_collection(actor=actor, publisher=publisher, at=at, **said)
        purposes = [(_purpose(cast, collection, one, text), one) for one in text["purposes"]]
        collections.open_collection(actor=actor, collection=collection, at=at + timedelta(hours=1))
        collection.refresh_from_db()
        _people(cast, collection, purposes, text)
        for purpose, one in purposes:
            if "release" in one:
                _release(cast, purpose, one)


def _purpose(cast: Cast, collection: Collection, one: dict[str, Any], text: dict[str, Any]) -> Purpose:
    asked = {question["name"]: question for question in collection.questions}
    columns = [column(asked[each["name"]], each["role"], each["step"]) for each in one["columns"]]
    profile = Profile(one["title"], columns, one["theme"])
    words = Words(one["what"], one["readers"], one["kept"])
    at = cast.calendar.at(text["day"], 9) + timedelta(minutes=20)
    actor = owner_of(collection.publisher)
    return collections.add_purpose(actor=actor, collection=collection, profile=profile, words=words, at=at)


def _people(
    cast: Cast, collection: Collection, purposes: list[tuple[Purpose, dict[str, Any]]], text: dict[str, Any]
) -> None:
    chance = cast.chance("sharing", collection.slug)
    people = sorted(cast.residents(), key=lambda one: one.email)
    for number, person in enumerate(chance.sample(people, min(text["people"], len(people)))):
        values = _answers(chance, collection)
        ticked = {
            purpose.pk: notice.digest
            for purpose, one in purposes
            if (notice := purpose.newest_notice) and chance.random() < one["chance"]
        }
        at = cast.calendar.at(text["day"] + 1 + number % 15, 18) + timedelta(minutes=number)
        sharing.share(actor=person, collection=collection, values=values, consents=ticked, at=at)


def _answers(chance: Random, collection: Collection) -> dict[str, Any]:
    return {
        one["name"]: chance.choice(one["choices"])
        if "choices" in one
        else chance.randrange(one["low"], one["high"] + 1)
        for one in collection.questions
    }


def _newcomers(cast: Cast, purpose: Purpose, at: datetime) -> None:
    """As many as it takes until there may be another table, since one has gone."""
    chance, collection = cast.chance("newcomers", purpose.title), purpose.collection
    notice = purpose.newest_notice
    if notice is None:
        return
    known = set(collection.submissions.values_list("person", flat=True))
    fresh = [one for one in sorted(cast.residents(), key=lambda one: one.email) if one.pk not in known]
    for person in chance.sample(fresh, min(collection.k, len(fresh))):
        ticked = {purpose.pk: notice.digest}
        values = _answers(chance, collection)
        sharing.share(actor=person, collection=collection, values=values, consents=ticked, at=at)


def _release(cast: Cast, purpose: Purpose, one: dict[str, Any]) -> None:
    actor, at = owner_of(purpose.collection.publisher), cast.calendar.at(one["release"], 10)
    made = releases.prepare_release(actor=actor, purpose=purpose, at=at)
    releases.send_release(actor=actor, release=made, at=at + timedelta(minutes=3))
    _read(purpose, at + timedelta(minutes=5))
    purpose.dataset.refresh_from_db()
    for reader in one["readers_of_it"]:
        _reader(cast, purpose, reader)
    withdrawn = Consent.objects.standing().filter(purpose=purpose).order_by("given_at", "pk")[0]
    if withdrawn.person:
        when = cast.calendar.at(one["withdrawn"], 20)
        sharing.withdraw_consent(actor=withdrawn.person, consent=withdrawn, at=when)
        made.refresh_from_db()
        rights.ask_deletions(made, when)
    # What others have consented to goes on without them.
    _newcomers(cast, purpose, cast.calendar.at(one["withdrawn"], 21))
    again = cast.calendar.at(one["withdrawn"] + 1, 3)
    releases.rebuild_releases(at=again)
    _read(purpose, again + timedelta(minutes=5))
    rights.ask_rights(
        actor=cast.people["priya-raman"],
        collection=purpose.collection,
        right="access",
        words="",
        at=cast.calendar.at(-2, 12),
    )


def _read(purpose: Purpose, at: datetime) -> None:
    """As workers and handlers would have done it."""
    for step in (releases.answer_release, releases.publish_release):
        reading_steps.run_steps(at=at)
        for upload in Upload.objects.filter(state__in=OPEN, release__purpose=purpose):
            step(upload, at)


def _reader(cast: Cast, purpose: Purpose, text: dict[str, Any]) -> None:
    at = cast.calendar.at(text["day"], 12)
    wish = Wish(purpose=text["purpose"], why=text["why"], days=text["days"])
    request = requests.start_request(actor=cast.people[text["by"]], dataset=purpose.dataset, wish=wish, at=at)
    requests.submit_request(actor=cast.people[text["by"]], request=request, at=at)
    requests.approve_request(
        actor=owner_of(purpose.collection.publisher), request=request, reason=text["said"], at=at
    )
    revision = purpose.dataset.revisions.get()
    revision.dataset = purpose.dataset
    later, reader = at + timedelta(hours=2), Reader(cast.people[text["by"]])
    by = permissions.require_read(reader, revision, Scope.DOWNLOAD, later)
    permissions.record_read(
        by, revision, form="csv", at=later, size=revision.distributions.get(format="csv").size
    )
