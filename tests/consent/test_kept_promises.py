"""What was promised to people holds to the end: words, answers owed, what is still asked, and who has looked."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from civic.accounts import operations
from civic.accounts.models import Organisation, Person
from civic.core import clock, events
from civic.core.errors import Conflict, Invalid
from civic.core.models import Event
from civic.notifications.models import Notification
from datasets.catalogue.operations import datasets
from datasets.consent.models import Consent, Deletion, Submission
from datasets.consent.operations import collections, rights
from tests.consent.test_waiting import answers, drop, prepare
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.factories import sharing as shared
from tests.visiting import signs_in, text_of, visitor

pytestmark = pytest.mark.django_db


def told(person: Person, kind: str) -> QuerySet[Notification]:
    events.deliver_pending()
    return Notification.objects.filter(person=person, kind=kind)


def close(organisation: Organisation) -> None:
    owner = catalogue.writer(organisation)
    operations.close_organisation(actor=owner, organisation=organisation, at=clock.now())


def test_an_organisation_answers_people_before_it_closes_1128_ry4() -> None:
    purpose, person, at = shared.purpose(), accounts.person(), clock.now()
    shared.share(purpose, person)
    collection, owner = purpose.collection, catalogue.writer(purpose.dataset)
    asked = rights.ask_rights(actor=person, collection=collection, right="access", words="", at=at)
    with pytest.raises(Conflict, match="Close it first"):
        close(collection.publisher)
    collections.close_collection(actor=owner, collection=collection, at=at)
    with pytest.raises(Conflict, match="asks about their data in “How we cycle”"):
        close(collection.publisher)
    rights.refuse_rights(actor=owner, request=asked, answer="All of it stands on the page.", at=at)
    close(collection.publisher)
    assert told(person, "consent.publisher_closed").get().topic == "How we cycle"


def test_who_has_shared_nothing_keeps_no_organisation_open_1128_t1() -> None:
    """By asking again and again whoever likes could stop a publisher from closing, and its owner from leaving."""
    purpose = shared.purpose()
    collection, at = purpose.collection, clock.now()
    collections.close_collection(actor=catalogue.writer(purpose.dataset), collection=collection, at=at)
    rights.ask_rights(actor=accounts.person(), collection=collection, right="access", words="", at=at)
    close(collection.publisher)


def test_a_suspended_organisation_owes_nothing_that_only_the_steward_can_answer_1128_ry4() -> None:
    purpose, person, at = shared.purpose(), accounts.person(), clock.now()
    shared.share(purpose, person)
    rights.ask_rights(actor=person, collection=purpose.collection, right="access", words="", at=at)
    Organisation.objects.filter(pk=purpose.collection.publisher_id).update(state="suspended")
    owner = catalogue.writer(purpose.dataset)
    operations.erase_person(person=owner, at=at)
    assert Person.objects.get(pk=owner.pk).erased_at


def test_an_organisation_says_what_became_of_its_copies_before_it_closes_1128_ry4() -> None:
    purpose, reader = shared.purpose(), accounts.person()
    people = shared.crowd(purpose, answers(bicycle=5, car=5))
    shared.release(purpose)
    purpose.dataset.refresh_from_db()
    organisation = accounts.organisation(reader)
    access.grant(purpose.dataset, reader, organisation=organisation)
    assert visitor(reader).get(f"/data/{purpose.dataset.slug}/latest.csv").status_code == 200
    shared.withdraw(people[0], purpose)
    events.deliver_pending()
    with pytest.raises(Conflict, match="told to delete its copies"):
        close(organisation)
    asked = Deletion.objects.get()
    rights.answer_deletion(actor=reader, deletion=asked, answer="deleted", at=clock.now())
    close(organisation)


def test_what_people_consented_to_is_not_rewritten_where_it_is_read_1128_ry7() -> None:
    purpose = shared.purpose()
    dataset, writer = purpose.dataset, catalogue.writer(purpose.dataset)
    same: dict[str, Any] = {name: getattr(dataset, name) for name in ("title", "description", "licence")}
    same |= {"access_level": "on_request", "theme": dataset.theme}
    for name, words in {
        "title": "Who cycles, sold to anybody",
        "description": "We sell this to insurers.",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    }.items():
        said = catalogue.said(**same | {name: words})
        with pytest.raises(Invalid) as refusal:
            datasets.describe(actor=writer, dataset=dataset, said=said, at=clock.now())
        assert set(refusal.value.fields) == {name}
    page = reverse("catalogue:edit", args=[dataset.slug])
    sent = {**same, "description": "We sell this.", "frequency": "ANNUAL", "keywords": "cycling"}
    assert visitor(writer).post(page, sent).status_code == 302
    dataset.refresh_from_db()
    assert (dataset.description, dataset.frequency) == (same["description"], "ANNUAL")


def test_a_dataset_says_for_what_people_have_consented_to_what_is_in_it_1128_ry7() -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=5, car=5))
    shared.release(purpose)
    words = collections.Words("Also for shops.", "Shops.", "For a year.")
    actor = catalogue.writer(purpose.dataset)
    collections.publish_notice(actor=actor, purpose=purpose, words=words, at=clock.now())
    purpose.dataset.refresh_from_db()
    assert purpose.dataset.description == shared.WORDS.what, "what can be read was counted by these"
    for place, person in enumerate([*people, *accounts.people(5)]):
        shared.share(purpose, person, way="bicycle" if place < 5 else "car")
    shared.release(purpose)
    purpose.dataset.refresh_from_db()
    both = f"Revision 1: {shared.WORDS.what}\n\nRevision 2: Also for shops."
    assert (purpose.dataset.latest, purpose.dataset.description) == (2, both), (
        "the first can still be read (C1)"
    )


def test_nobody_is_asked_for_what_cannot_be_released_1128_ry12() -> None:
    purpose, person, other = shared.purpose(), accounts.person(), accounts.person()
    people = shared.crowd(purpose, answers(bicycle=5, car=5))
    shared.release(purpose)
    steward, page = accounts.staff("data-stewards"), purpose.collection.get_absolute_url()
    box = f'name="purpose-{purpose.pk}"'
    assert box in text_of(visitor(person), page)
    purpose.dataset.refresh_from_db()
    datasets.withdraw(actor=steward, dataset=purpose.dataset, reason="It is wrong.", at=clock.now())
    seen = text_of(visitor(person), page)
    assert box not in seen
    assert "nobody is asked for it" in seen
    with pytest.raises(Conflict, match="withdrawn"):
        shared.share(purpose, other)
    assert not Consent.objects.of(other).exists()
    news = told(people[0], "consent.dataset_withdrawn").get()
    assert (news.detail, news.url) == ("It is wrong.", "/me/shared-data/")
    assert not told(other, "consent.dataset_withdrawn").exists()
    datasets.restore(actor=steward, dataset=purpose.dataset, at=clock.now())
    assert told(people[0], "consent.dataset_restored").exists()
    assert box in text_of(visitor(person), page)


def test_a_question_is_called_whatever_its_publisher_likes_1128_ry11() -> None:
    questions = "Postal code: one | two\nPassword: yes | no\nCsrfmiddlewaretoken: yes | no"
    collection = shared.collection(questions=questions)
    shared.purpose(collection, columns=[{"name": "postal_code", "role": "quasi"}])
    collections.open_collection(
        actor=catalogue.writer(collection.publisher), collection=collection, at=clock.now()
    )
    person, client, page = accounts.person(), visitor(), collection.get_absolute_url()
    signs_in(client, person)
    said = {"answer-0": "two", "answer-1": "no", "answer-2": "yes"}
    assert client.post(page, said | {"answer-0": "three"}).status_code == 422
    del client.cookies["sessionid"]
    kept = client.post(page, said)["Location"].partition("next=")[2]
    assert kept.startswith("/continue/")
    signs_in(client, person)
    assert "Postal code" in text_of(client, kept)
    assert client.post(page, said).status_code == 302
    told = {"postal_code": "two", "password": "no", "csrfmiddlewaretoken": "yes"}
    assert Submission.objects.get().values == told


def test_who_has_looked_at_figures_before_they_are_published_is_told_1128_ba8() -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=5, car=5))
    made = prepare(purpose)
    page = f"/data/collections/{purpose.collection.slug}/releases/{made.pk}/"
    steward, writer = accounts.staff("data-stewards"), catalogue.writer(purpose.dataset)
    for reader in (steward, writer, accounts.person()):
        visitor(reader).get(page)
    seen = Event.objects.filter(kind="release.read", subject_id=str(made.pk)).order_by("seq")
    assert [one.actor for one in seen] == [steward.pk, writer.pk]
    drop(made)
    visitor(writer).get(page)
    assert seen.count() == 2, "there is nothing to read there any more"
    mine = text_of(visitor(people[0]), "/me/shared-data/")
    assert "before it was published" in mine
    assert "2×" in mine
    assert "before it was published" not in text_of(visitor(accounts.person()), "/me/shared-data/")
