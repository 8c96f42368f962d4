"""What the pages say of shared data is so: what leaves, who reads it, what waits for whom, what a draft still is."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from civic.core import clock, events
from civic.core.errors import Conflict, IllegalTransition, Invalid
from datasets.catalogue.operations import datasets
from datasets.catalogue.permissions import Reader, Scope, record_read, require_read
from datasets.consent.models import Collection, Consent, Submission
from datasets.consent.operations import collections, releases, rights
from tests.factories import accounts, catalogue, data_access
from tests.factories import sharing as shared
from tests.visiting import signs_in, text_of, visitor

pytestmark = pytest.mark.django_db


def test_who_reads_stays_as_people_consented_to_it_1128_rx1_az15() -> None:
    purpose = shared.purpose()
    dataset = purpose.dataset
    writer = catalogue.writer(dataset)
    for level in ("registered", "restricted", "open"):
        said = catalogue.said(access_level=level)
        with pytest.raises(Invalid):
            datasets.describe(actor=writer, dataset=dataset, said=said, at=clock.now())
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE catalogue_dataset SET access_level = %s WHERE by_consent", [level])
    page = text_of(visitor(writer), f"/data/{dataset.slug}/edit/")
    assert 'value="on_request"' in page
    assert 'value="registered"' not in page
    assert "That stays so" in text_of(visitor(), purpose.collection.get_absolute_url())


def test_people_read_which_answers_leave_how_coarse_and_what_protects_them_1128_az15_rx1b() -> None:
    columns = [
        {"name": "district", "role": "quasi", "groups": {"Old Town": "Centre", "Mill": "Centre"}},
        {"name": "age", "role": "quasi", "width": 50},
        {"name": "way_to_work", "role": "sensitive"},
    ]
    purpose = shared.purpose(columns=columns)
    page = text_of(visitor(), purpose.collection.get_absolute_url())
    assert "District, as one of “Centre”, “Harbour”, “Northfield”" in page
    assert "Age, in bands of 50" in page
    assert "fewer than 2 different answers to “Way to work” is left out" in page
    plain = shared.purpose(columns=columns[1:2], title="Ages")
    page = text_of(visitor(), plain.collection.get_absolute_url())
    assert "Way to work" not in page.partition("Sign in")[0]
    assert "the figures tell that of each of them" in page
    shared.share(plain)
    receipt = json.loads(Consent.objects.get().receipt)
    assert receipt["dpv:hasProcess"]["dpv:hasPersonalData"] == ["Age, in bands of 50"]


def test_a_consent_to_earlier_words_is_said_to_be_used_no_more_1128_rx17() -> None:
    purpose, person = shared.purpose(), accounts.person()
    page, client = purpose.collection.get_absolute_url(), visitor(person)
    assert "kept and used for nothing" in text_of(client, page)
    shared.share(purpose, person)
    seen = text_of(client, page)
    assert "You consented to" in seen
    assert "used for nothing" not in seen
    words = collections.Words("Also for shops.", "Shops.", "For a year.")
    actor = catalogue.writer(purpose.dataset)
    collections.publish_notice(actor=actor, purpose=purpose, words=words, at=clock.now())
    seen = text_of(client, page)
    assert "You consented to" not in seen
    assert "have changed since you consented" in seen
    assert "nothing new is made with this consent" in text_of(client, "/me/shared-data/")


def test_words_of_a_closed_collection_stay_since_nobody_can_consent_anew_1128_rx11() -> None:
    purpose = shared.purpose()
    actor = catalogue.writer(purpose.dataset)
    collections.close_collection(actor=actor, collection=purpose.collection, at=clock.now())
    words = collections.Words("Also for shops.", "Shops.", "For a year.")
    with pytest.raises(Conflict):
        collections.publish_notice(actor=actor, purpose=purpose, words=words, at=clock.now())
    page = f"/data/collections/{purpose.collection.slug}/"
    assert "Other words" not in text_of(visitor(actor), f"{page}manage/")
    assert visitor(actor).get(f"{page}purposes/{purpose.pk}/notice/").status_code == 404


def test_what_somebody_shared_is_found_and_who_has_read_it_since_1128_rx16_rx17() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 5 + ["car"] * 5])
    revision = shared.release(purpose).revision
    assert revision
    at, reader = clock.now(), Reader(catalogue.writer(purpose.dataset))
    by = require_read(reader, revision, Scope.DOWNLOAD, at)
    record_read(by, revision, form="csv", at=at, size=1)
    client = visitor(person)
    assert "/me/shared-data/" not in text_of(client, "/me/")
    page = purpose.collection.get_absolute_url()
    client.post(page, {"answer-0": "Mill", "answer-1": "30", "answer-2": "bus"})
    assert "/me/shared-data/" in text_of(client, "/me/"), "also without a consent"
    assert "Way to work: bus" in text_of(client, "/me/shared-data/")
    shared.share(purpose, person)
    record_read(by, revision, form="csv", at=clock.now(), size=1)
    assert "Who has read figures" not in text_of(client, "/me/shared-data/"), "they are not in these"
    shared.crowd(purpose, [{"way": "bicycle"}] * 4)
    second = shared.release(purpose).revision
    assert second
    record_read(by, second, form="csv", at=clock.now(), size=1)
    assert "1×" in text_of(client, "/me/shared-data/")


def test_what_waits_for_publishers_and_readers_stands_on_their_page_1128_rx14_rx10() -> None:
    purpose = shared.purpose()
    writer, at = catalogue.writer(purpose.dataset), clock.now()
    people = shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 5 + ["car"] * 5])
    release = releases.prepare_release(actor=writer, purpose=purpose, at=at)
    asked = rights.ask_rights(actor=people[0], collection=purpose.collection, right="access", words="", at=at)
    page = text_of(visitor(writer), "/me/")
    assert asked.get_absolute_url() in page
    assert f"/releases/{release.pk}/" in page
    assert "Say whether you hold anything beside that" in text_of(visitor(writer), asked.get_absolute_url())
    assert "/me/shared-data/" in text_of(visitor(people[0]), asked.get_absolute_url()).partition("<h1>")[2]
    releases.send_release(actor=writer, release=release, at=at)
    shared.read()
    purpose.dataset.refresh_from_db()
    grant = data_access.grant(purpose.dataset)
    assert grant.person
    reader = visitor(grant.person)
    reader.get(f"/data/{purpose.dataset.slug}/latest.csv")
    assert "deletions" not in text_of(reader, "/me/")
    shared.withdraw(people[1], purpose)
    events.deliver_pending()
    events.deliver_pending()
    assert "/data/collections/deletions/" in text_of(reader, "/me/")
    assert "deletions" not in text_of(visitor(accounts.person()), "/me/")


def test_a_draft_is_changed_and_removed_and_what_people_read_is_not_1128_rx15() -> None:
    writer = accounts.person()
    draft = shared.collection(writer, title="Noize at nihgt")
    client, page = visitor(writer), f"/data/collections/{draft.slug}/"
    assert f"{page}edit/" in text_of(client, f"{page}manage/")
    assert client.post(f"{page}edit/", {"title": "", "description": "For sleep."}).status_code == 422
    client.post(f"{page}edit/", {"title": "Noise at night", "description": "For sleep."})
    assert "Noise at night" in text_of(client, f"{page}manage/")
    client.post(f"{page}step/drop/")
    assert Collection.objects.get().state == "dropped"
    assert [one.get(page).status_code for one in (client, visitor())] == [404, 404]
    opened = shared.purpose().collection
    owner = catalogue.writer(opened.publisher)
    said = {"title": "Another", "description": "Another"}
    with pytest.raises(Conflict):
        collections.edit_collection(actor=owner, collection=opened, at=clock.now(), **said)
    with pytest.raises(IllegalTransition):
        collections.drop_collection(actor=owner, collection=opened, at=clock.now())
    assert visitor(owner).get(f"/data/collections/{opened.slug}/edit/").status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_collection SET title = 'Mine' WHERE state = 'open'")


def test_answers_of_whose_session_has_ended_wait_for_the_sign_in_1128_rx12() -> None:
    purpose, person = shared.purpose(), accounts.person()
    page, client = purpose.collection.get_absolute_url(), visitor()
    signs_in(client, person)
    client.post(page, {"answer-0": "Mill", "answer-1": "7", "answer-2": "bus"})
    del client.cookies["sessionid"]
    sent = client.post(page, {"answer-0": "Mill", "answer-1": "30", "answer-2": "bus"})
    kept = sent["Location"].partition("next=")[2]
    assert kept.startswith("/continue/")
    signs_in(client, person)
    assert "Mill" in text_of(client, kept)
    assert not Submission.objects.exists()


def test_a_withdrawal_says_what_it_did_and_what_is_gone_is_gone_twice_1128_rx17_rx21() -> None:
    purpose, person = shared.purpose(), accounts.person()
    client = visitor(person)
    shared.share(purpose, person)
    key = Consent.objects.get().pk
    page = client.post(f"/me/shared-data/consents/{key}/withdraw/", follow=True).content.decode()
    assert "Nothing was published with it" in page
    erase = f"/me/shared-data/{purpose.collection.slug}/erase/"
    assert [client.post(erase).status_code for _press in range(2)] == [302, 302]
    assert visitor(accounts.person()).post(erase).status_code == 404
