"""What becomes of a consent and its releases when something beside them changes: the cells are the specification.

A row says whether the consent stands, whether the published revision can be read, whether the person is counted in the
next release, and whether the publisher can make one (docs/data.md has it as a table).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from civic.accounts.models import Organisation, Person
from civic.accounts.operations.erasure import erase_person
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, Refused
from datasets.access.models import Grant
from datasets.catalogue.operations import datasets
from datasets.catalogue.views import files
from datasets.consent import counts
from datasets.consent.models import Consent, Purpose, Release
from datasets.consent.operations import collections, releases, sharing
from tests.factories import accounts, catalogue, data_access
from tests.factories import sharing as shared
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A purpose with a published release, somebody in it, and a reader with a grant."""

    purpose: Purpose
    person: Person
    consent: Consent
    grant: Grant

    @property
    def writer(self) -> Person:
        return catalogue.writer(self.purpose.collection.publisher)

    def reads(self) -> int:
        """What the newest CSV answers to the reader."""
        assert self.grant.person
        return visitor(self.grant.person).get(f"/data/{self.purpose.dataset.slug}/latest.csv").status_code

    def counted(self) -> bool:
        """Whether what the person has shared would be in a release of this moment."""
        purpose = Purpose.objects.get(pk=self.purpose.pk)
        notice = purpose.newest_notice
        assert notice
        return any(one.consent == self.consent.pk for one in counts.records(purpose, notice))

    def releases(self) -> bool:
        """Whether the publisher can make one, apart from how many people have come or gone."""
        try:
            releases.prepare_release(actor=self.writer, purpose=self.purpose, at=clock.now())
        except Conflict as refusal:
            return "come or gone" in str(refusal.detail)
        except Refused:
            return False
        return True


def scene() -> Scene:
    purpose = shared.purpose()
    people = shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 9 + ["car"] * 6])
    shared.release(purpose)
    purpose.dataset.refresh_from_db()
    consent = Consent.objects.get(person=people[0])
    made = Scene(purpose, people[0], consent, data_access.grant(purpose.dataset))
    assert (made.reads(), made.counted()) == (200, True)
    return made


def withdrawn(here: Scene) -> None:
    shared.withdraw(here.person, here.purpose)


def answers_deleted(here: Scene) -> None:
    submission = here.person.submissions.get()
    sharing.erase_submission(actor=here.person, submission=submission, at=clock.now())


def person_erased(here: Scene) -> None:
    erase_person(person=here.person, at=clock.now())
    events.deliver_pending()


def person_suspended(here: Scene) -> None:
    Person.objects.filter(pk=here.person.pk).update(is_active=False)


def notice_replaced(here: Scene) -> None:
    words = collections.Words("Also for shops.", "Shops.", "For a year.")
    collections.publish_notice(actor=here.writer, purpose=here.purpose, words=words, at=clock.now())


def collection_closed(here: Scene) -> None:
    collections.close_collection(actor=here.writer, collection=here.purpose.collection, at=clock.now())


def collection_removed(here: Scene) -> None:
    steward = accounts.staff("data-stewards")
    collection = here.purpose.collection
    collections.remove_collection(actor=steward, collection=collection, reason="Why.", at=clock.now())


def dataset_withdrawn(here: Scene) -> None:
    datasets.withdraw(actor=here.writer, dataset=here.purpose.dataset, reason="Wrong.", at=clock.now())


def publisher_suspended(here: Scene) -> None:
    Organisation.objects.filter(pk=here.purpose.collection.publisher_id).update(state="suspended")


# Whether the consent stands, what a read answers, whether it is counted next, whether a release can be made.
NEIGHBOURS: dict[Callable[[Scene], None], tuple[bool, int, bool, bool]] = {
    withdrawn: (False, 403, False, True),
    answers_deleted: (False, 403, False, True),
    person_erased: (False, 403, False, True),
    # They cannot come and withdraw: what is published stays, and nothing new is made with it.
    person_suspended: (True, 200, False, True),
    # To the old words nobody is counted, so there is nothing to count.
    notice_replaced: (True, 200, False, False),
    collection_closed: (True, 200, True, True),
    # What was released is withdrawn with it.
    collection_removed: (True, 410, True, False),
    dataset_withdrawn: (True, 410, True, False),
    publisher_suspended: (True, 403, True, False),
}


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda one: one.__name__)
def test_what_becomes_of_a_consent_and_its_release(neighbour: Callable[[Scene], None]) -> None:
    here = scene()
    neighbour(here)
    stands = Consent.objects.get(pk=here.consent.pk).state == "given"
    assert (stands, here.reads(), here.counted(), here.releases()) == NEIGHBOURS[neighbour]
    gone = Consent.objects.filter(state="withdrawn")
    assert not Release.objects.filter(state="published", inclusions__consent__in=gone).exists()


@pytest.mark.parametrize(
    "neighbour", [withdrawn, answers_deleted, person_erased], ids=lambda one: one.__name__
)
def test_a_release_under_way_is_dropped_with_whoever_leaves_it(neighbour: Callable[[Scene], None]) -> None:
    here = scene()
    shared.crowd(here.purpose, [{"way": "bus"}] * 6)
    made = releases.prepare_release(actor=here.writer, purpose=here.purpose, at=clock.now())
    releases.send_release(actor=here.writer, release=made, at=clock.now())
    neighbour(here)
    shared.read()
    made.refresh_from_db()
    here.purpose.dataset.refresh_from_db()
    assert (made.state, here.purpose.dataset.latest) == ("dropped", 1)


def test_a_release_is_not_published_with_somebody_whose_account_was_erased_a_moment_ago() -> None:
    """Before the event of the erasure is delivered."""
    here = scene()
    shared.crowd(here.purpose, [{"way": "bus"}] * 6)
    made = releases.prepare_release(actor=here.writer, purpose=here.purpose, at=clock.now())
    upload = releases.send_release(actor=here.writer, release=made, at=clock.now()).upload
    assert upload
    catalogue.work()
    releases.answer_release(upload, clock.now())
    catalogue.work()
    erase_person(person=here.person, at=clock.now())
    releases.publish_release(upload, clock.now())
    made.refresh_from_db()
    assert made.state == "dropped"


def test_a_download_that_runs_breaks_off_once_somebody_withdraws(settings: Any, monkeypatch: Any) -> None:
    settings.DOWNLOAD_CHECK_BYTES = 1
    monkeypatch.setattr(files, "PIECE", 8)
    here = scene()
    assert here.grant.person
    answer = visitor(here.grant.person).get(f"/data/{here.purpose.dataset.slug}/latest.csv")
    pieces = iter(answer.streaming_content)  # type: ignore[attr-defined]
    assert next(pieces)
    shared.withdraw(here.person, here.purpose)
    with pytest.raises(Forbidden):
        next(pieces)


def test_what_is_given_anew_is_another_consent() -> None:
    here = scene()
    shared.withdraw(here.person, here.purpose)
    shared.share(here.purpose, here.person)
    assert (here.counted(), here.reads()) == (False, 403)
    assert Consent.objects.of(here.person).standing().count() == 1
    assert accounts.person().submissions.count() == 0
