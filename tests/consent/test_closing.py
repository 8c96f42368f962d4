"""What the city takes down, what is owed where nobody acts, what ends with an account, and what people are told."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic.accounts.models import Organisation, Person
from civic.accounts.operations.erasure import erase_person
from civic.core import clock, events, signatures
from civic.core.errors import Conflict, Forbidden
from civic.notifications.models import Notification
from datasets.consent.models import Consent, Notice, Submission
from datasets.consent.operations import collections, rights, sharing
from tests.factories import accounts, catalogue
from tests.factories import sharing as shared
from tests.visiting import text_of, visitor, with_password

pytestmark = pytest.mark.django_db
ANSWERS = {"answer-0": "Mill", "answer-1": "30", "answer-2": "bus"}


def test_who_is_erased_or_closed_meanwhile_shares_and_asks_nothing_1128_az8() -> None:
    purpose, erased, closed = shared.purpose(), accounts.person(), accounts.person()
    erase_person(person=Person.objects.get(pk=erased.pk), at=clock.now())
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    for stale in (erased, closed):
        assert stale.is_active, "as the request has loaded it"
        with pytest.raises(Forbidden):
            shared.share(purpose, stale)
        with pytest.raises(Forbidden):
            rights.ask_rights(
                actor=stale, collection=purpose.collection, right="access", words="", at=clock.now()
            )
    assert not Submission.objects.exists()
    assert not Consent.objects.exists()


def test_an_answer_about_somebody_begins_with_the_lock_of_an_erasure_1128_az14() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    at, actor = clock.now(), catalogue.writer(purpose.dataset)
    asked = rights.ask_rights(actor=person, collection=purpose.collection, right="erasure", words="", at=at)
    with CaptureQueriesContext(connection) as seen:
        rights.fulfil_rights(actor=actor, request=asked, answer="It is gone.", at=at)
    locks = [one["sql"] for one in seen.captured_queries if " FOR " in one["sql"] and "UPDATE" in one["sql"]]
    tables = [one.partition(' FROM "')[2].partition('"')[0] for one in locks]
    assert tables[:2] == ["accounts_person", "consent_collection"]


def test_a_consent_that_was_withdrawn_in_another_tab_is_withdrawn_once_1128_az14() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    shared.withdraw(person, purpose)
    page = f"/me/shared-data/consents/{Consent.objects.get().pk}/withdraw/"
    assert "It was withdrawn before" in visitor(person).post(page, follow=True).content.decode()


def test_the_city_takes_a_collection_down_and_people_still_withdraw_1128_rx9() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    page, owner = purpose.collection.get_absolute_url(), catalogue.writer(purpose.dataset)
    steward = accounts.staff("data-stewards")
    with pytest.raises(Forbidden):
        collections.remove_collection(
            actor=owner, collection=purpose.collection, reason="Mine.", at=clock.now()
        )
    desk = reverse("admin:consent_collection_changelist")
    said = {"action": "remove_collection", "_selected_action": str(purpose.collection.pk)}
    with_password(visitor(), steward).post(desk, said | {"confirmed": "yes", "reason": "It insults people."})
    purpose.collection.refresh_from_db()
    assert purpose.collection.state == "removed"
    clients = (visitor(), visitor(accounts.person()), visitor(person), visitor(owner), visitor(steward))
    assert [one.get(page).status_code for one in clients] == [404, 404, 200, 200, 200]
    assert "How we cycle" not in text_of(visitor(), "/data/collections/")
    with pytest.raises(Conflict):
        shared.share(purpose)
    events.deliver_pending()
    told = Notification.objects.get(kind="collection.removed")
    assert (told.person, told.detail) == (owner, "It insults people.")
    assert shared.withdraw(person, purpose).state == "withdrawn"


def test_where_nobody_acts_for_the_publisher_the_steward_answers_1128_rx10() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    steward, at = accounts.staff("data-stewards"), clock.now()
    asked = rights.ask_rights(actor=person, collection=purpose.collection, right="objection", words="", at=at)
    with pytest.raises(Forbidden):
        rights.fulfil_rights(actor=steward, request=asked, answer="It is stopped.", at=at)
    Organisation.objects.filter(pk=purpose.collection.publisher_id).update(state="suspended")
    assert "How we cycle" not in text_of(visitor(), "/data/collections/"), "nobody is asked by it"
    page = asked.get_absolute_url()
    visitor(steward).post(page, {"verb": "fulfil", "answer": "It is stopped."})
    assert not Consent.objects.standing().exists()
    late = visitor(steward).post(page, {"verb": "fulfil", "answer": "Again."}, follow=True)
    assert "answered or taken back meanwhile" in late.content.decode(), "1128 RX21"


def test_who_has_shared_corrects_it_where_nobody_shares_any_more_1128_rx10() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    collections.close_collection(
        actor=catalogue.writer(purpose.dataset), collection=purpose.collection, at=clock.now()
    )
    page = purpose.collection.get_absolute_url()
    assert "answer-2" in text_of(visitor(person), page)
    assert visitor(person).post(page, ANSWERS).status_code == 302
    assert Submission.objects.get().values["way_to_work"] == "bus"
    assert "answer-2" not in text_of(visitor(accounts.person()), page)
    assert visitor(accounts.person()).post(page, ANSWERS).status_code == 422
    notice = purpose.newest_notice
    assert notice
    with pytest.raises(Conflict):
        sharing.share(
            actor=person,
            collection=purpose.collection,
            values=shared.values(),
            consents={purpose.pk: notice.digest},
            at=clock.now(),
        )


def test_people_are_told_of_what_is_done_in_their_name_and_with_it_1128_rx21() -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 5 + ["car"] * 5])
    shared.release(purpose)
    shared.withdraw(people[0], purpose)
    sharing.erase_submission(actor=people[0], submission=people[0].submissions.get(), at=clock.now())
    events.deliver_pending()
    mine = Notification.objects.filter(person=people[0]).order_by("pk")
    kinds = ["consent.given", "consent.counted", "consent.withdrawn", "submission.erased"]
    assert sorted(mine.values_list("kind", flat=True)) == sorted(kinds)
    assert {one.url for one in mine} == {"/me/shared-data/"}
    assert Notification.objects.filter(kind="consent.counted").count() == 10


def test_a_digest_is_of_all_that_is_consented_to_and_of_nothing_else_1128_rx1b() -> None:
    """Of the words each by itself, and of the profile; a receipt is checked by a key that did not come with it."""
    purpose = shared.purpose()
    notice = purpose.newest_notice
    assert notice
    assert notice.digest == notice.computed_digest()
    words = {"number": 1, "kept": "d"}
    one = Notice(purpose=purpose, what="a\nb", readers="c", **words)
    other = Notice(purpose=purpose, what="a", readers="b\nc", **words)
    coarse = shared.purpose(purpose.collection, title=purpose.title, columns=shared.COLUMNS[:2])
    narrow = Notice(purpose=coarse, what="a\nb", readers="c", **words)
    assert len({each.computed_digest() for each in (one, other, narrow)}) == 3
    person = accounts.person()
    shared.share(purpose, person)
    kept = visitor(person).get(f"/me/shared-data/consents/{Consent.objects.get().pk}/given.json")
    address = json.loads(kept.content)["public_key_at"].partition("/data/")[2]
    assert visitor().get(f"/data/{address}").content.decode() == signatures.public_key()
