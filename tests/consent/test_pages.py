"""The pages of shared data, as people and publishers press through them without JavaScript."""

import json

import pytest

from civic.core import events
from civic.notifications.models import Notification
from datasets.consent.models import Collection, Consent, Deletion, Purpose, Release, RightsRequest, Submission
from tests.factories import accounts, catalogue, data_access
from tests.factories import sharing as shared
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def test_a_publisher_begins_a_collection_with_a_purpose_and_opens_it() -> None:
    owner = accounts.person()
    publisher, client = accounts.organisation(owner), visitor(owner)
    begun = client.post(
        "/data/collections/new/",
        {
            "publisher": publisher.pk,
            "title": "How we cycle",
            "description": "For the lanes.",
            "questions": shared.QUESTIONS,
            "k": 5,
        },
    )
    made = Collection.objects.get()
    assert begun["Location"] == f"/data/collections/{made.slug}/manage/"
    assert visitor().get(made.get_absolute_url()).status_code == 404, "a draft"
    page = f"/data/collections/{made.slug}/purposes/new/"
    said = vars(shared.WORDS) | {
        "title": "Plan of cycle lanes",
        "theme": "TRAN",
        "least_values": 2,
        "role-0": "quasi",
        "step-0": "groups",
        "role-1": "",
        "step-1": "5",
        "role-2": "sensitive",
        "step-2": "exact",
    }
    wrong = client.post(page, said | {"role-0": "sensitive"})
    assert wrong.status_code == 422
    assert client.post(page, said).status_code == 302
    purpose = Purpose.objects.get()
    assert purpose.columns[0]["groups"]["Mill"] == "Centre"
    assert [one["name"] for one in purpose.columns] == ["district", "way_to_work"]
    assert purpose.dataset.by_consent
    assert client.get(f"/data/collections/{made.slug}/step/open/").status_code == 200
    client.post(f"/data/collections/{made.slug}/step/open/")
    seen = visitor().get(made.get_absolute_url()).content.decode()
    assert "We count who cycles where" in seen
    assert "Sign in to share" in seen
    assert "How we cycle" in visitor().get("/data/collections/").content.decode()


def test_nothing_is_ticked_and_a_withdrawal_is_one_press() -> None:
    purpose, person = shared.purpose(), accounts.person()
    client, page = visitor(person), purpose.collection.get_absolute_url()
    form = client.get(page).content.decode()
    assert "checked" not in form
    notice = purpose.newest_notice
    assert notice
    box, words = f"purpose-{purpose.pk}", f"notice-{purpose.pk}"
    plain = {"answer-0": "Mill", "answer-1": "30", "answer-2": "bus", words: notice.digest}
    assert client.post(page, plain | {"answer-1": "7"}).status_code == 422
    assert client.post(page, plain)["Location"] == "/me/shared-data/"
    assert (Submission.objects.count(), Consent.objects.count()) == (1, 0)
    stale = client.post(page, plain | {box: "on", words: "x\x00"})
    assert stale.status_code == 422
    client.post(page, plain | {box: "on"})
    consent = Consent.objects.get()
    assert "You consented to" in client.get(page).content.decode()
    mine = client.get("/me/shared-data/").content.decode()
    assert f"/me/shared-data/consents/{consent.pk}/withdraw/" in mine
    receipt = client.get(f"/me/shared-data/consents/{consent.pk}/given.json")
    assert json.loads(json.loads(receipt.content)["record"])["@type"] == "dpv:ConsentRecord"
    assert client.get(f"/me/shared-data/consents/{consent.pk}/withdrawn.json").status_code == 404
    stranger = visitor(accounts.person())
    assert stranger.post(f"/me/shared-data/consents/{consent.pk}/withdraw/").status_code == 404
    for _press in range(2):
        client.post(f"/me/shared-data/consents/{consent.pk}/withdraw/")
    consent.refresh_from_db()
    assert consent.state == "withdrawn"
    assert client.get(f"/me/shared-data/consents/{consent.pk}/withdrawn.json").status_code == 200
    assert "/me/shared-data/" in client.get("/me/").content.decode()
    client.post(f"/me/shared-data/{purpose.collection.slug}/erase/")
    assert not Submission.objects.exists()


def test_a_publisher_looks_at_a_release_and_a_reader_says_what_became_of_their_copies() -> None:
    purpose = shared.purpose()
    slug, writer = purpose.collection.slug, catalogue.writer(purpose.dataset)
    people = shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 6 + ["car"] * 8])
    client, manage = visitor(writer), f"/data/collections/{slug}/manage/"
    assert "At least 10 people have shared" in client.get(manage).content.decode(), "in multiples of k"
    made = client.post(f"/data/collections/{slug}/purposes/{purpose.pk}/prepare/")
    preview = client.get(made["Location"]).content.decode()
    assert "bicycle" in preview
    assert "fewer than 5 people" in preview
    client.post(f"{made['Location']}send/")
    shared.read()
    release = Release.objects.get()
    assert release.state == "published"
    assert "bicycle" not in client.get(made["Location"]).content.decode(), "its figures are the dataset's now"
    grant = data_access.grant(purpose.dataset)
    assert grant.person
    reader = visitor(grant.person)
    assert b"bicycle" in b"".join(reader.get(f"/data/{purpose.dataset.slug}/latest.csv").streaming_content)  # type: ignore[attr-defined]
    assert "Counted for revision 1" in visitor(people[0]).get("/me/shared-data/").content.decode()
    shared.withdraw(people[0], purpose)
    events.deliver_pending()
    events.deliver_pending()
    told = Notification.objects.get(kind="deletion.asked")
    assert told.url == Deletion.objects.get().get_absolute_url()
    assert reader.post(told.url, {"answer": "kept"}).status_code == 422
    assert reader.post(told.url, {"answer": "deleted", "words": ""}).status_code == 302
    assert "All copies are deleted" in client.get(told.url).content.decode()
    assert "All copies are deleted" in client.get(manage).content.decode()


def test_a_request_about_ones_rights_goes_both_ways() -> None:
    purpose, person = shared.purpose(), accounts.person()
    shared.share(purpose, person)
    client = visitor(person)
    sent = client.post(f"/data/collections/{purpose.collection.slug}/rights/", {"right": "erasure"})
    page = sent["Location"]
    assert visitor(accounts.person()).get(page).status_code == 404
    publisher = visitor(catalogue.writer(purpose.dataset))
    assert publisher.post(page, {"verb": "fulfil", "answer": ""}).status_code == 422
    publisher.post(page, {"verb": "fulfil", "answer": "It is gone."})
    assert RightsRequest.objects.get().state == "fulfilled"
    assert not Submission.objects.exists()
    assert "It is gone." in client.get(page).content.decode()
