"""What people read before they consent, and who hears what when the city takes something down or stands in."""

from typing import Any

import pytest
from django.urls import reverse

from civic.accounts.operations import organisations
from civic.core import clock, events
from civic.core.errors import Forbidden
from civic.notifications.models import Notification
from datasets.catalogue.operations import datasets
from datasets.catalogue.permissions import Reader, Scope, require_read
from datasets.consent.models import Consent, Purpose, RightsRequest, Submission
from datasets.consent.operations import collections, rights
from tests.factories import accounts, catalogue, data_access
from tests.factories import sharing as shared
from tests.visiting import signs_in, text_of, visitor

pytestmark = pytest.mark.django_db
OTHER = collections.Words("We sell it to insurers.", "Insurers.", "For ever.")


def filled(purpose: Purpose, **said: str) -> dict[str, Any]:
    """The form as its page is now, with the box ticked."""
    notice = Purpose.objects.get(pk=purpose.pk).newest_notice
    assert notice
    answers = {"answer-0": "Mill", "answer-1": "30", "answer-2": "bus"}
    return answers | {f"notice-{purpose.pk}": notice.digest, f"purpose-{purpose.pk}": "on"} | said


@pytest.mark.parametrize("age", ["30", "7"])
def test_new_words_come_without_the_tick_1128_ry9(age: str) -> None:
    """Also where an answer is wrong besides."""
    purpose, person = shared.purpose(), accounts.person()
    page, client, sent = purpose.collection.get_absolute_url(), visitor(person), filled(purpose, age=age)
    collections.publish_notice(
        actor=catalogue.writer(purpose.dataset), purpose=purpose, words=OTHER, at=clock.now()
    )
    refused = client.post(page, sent)
    seen = refused.content.decode()
    assert refused.status_code == 422
    assert "Read them again, please" in seen
    assert "We sell it to insurers" in seen
    assert f'id="id_purpose-{purpose.pk}"' in seen
    assert "checked" not in seen.partition(f'name="purpose-{purpose.pk}"')[2].partition(">")[0]
    assert not Submission.objects.exists()
    assert client.post(page, filled(purpose)).status_code == 302
    assert Consent.objects.get().notice == Purpose.objects.get(pk=purpose.pk).newest_notice


def test_what_waits_for_the_sign_in_shows_the_words_of_the_consent_1128_ry10() -> None:
    purpose, person = shared.purpose(), accounts.person()
    other = shared.purpose(purpose.collection, title="Bridges for bicycles")
    page, client = purpose.collection.get_absolute_url(), visitor()
    signs_in(client, person)
    client.post(page, filled(purpose, age="7"))
    del client.cookies["sessionid"]
    kept = client.post(page, filled(purpose))["Location"].partition("next=")[2]
    signs_in(client, person)
    seen = text_of(client, kept).partition('<dl class="said">')[2].partition("</dl>")[0]
    assert "I consent: Plan of cycle lanes" in seen
    assert "We count who cycles where" in seen
    assert "Age, in bands of 50" in seen
    assert "Way to work" in seen
    assert other.title not in seen, "it is not ticked"
    assert str(purpose.pk) not in seen
    assert filled(purpose)[f"notice-{purpose.pk}"] not in seen


def test_who_has_shared_hears_why_a_collection_is_taken_down_and_nobody_reads_it_1128_ry3() -> None:
    purpose = shared.purpose()
    own = shared.purpose(purpose.collection, title="Bridges for bicycles")
    people = accounts.people(10)
    for place, person in enumerate(people):
        shared.share([purpose, own], person, way="bicycle" if place < 5 else "car")
    revision, kept = shared.release(purpose).revision, shared.release(own).revision
    assert revision
    assert kept
    writer, at = catalogue.writer(purpose.dataset), clock.now()
    grant = data_access.grant(purpose.dataset)
    assert grant.person
    newest, reader = f"/data/{purpose.dataset.slug}/latest.csv", visitor(grant.person)
    assert reader.get(newest).status_code == 200
    datasets.withdraw(actor=writer, dataset=own.dataset, reason="Wrong.", at=at)
    collections.remove_collection(
        actor=accounts.staff("data-stewards"), collection=purpose.collection, reason="It insults.", at=at
    )
    events.deliver_pending()
    told = Notification.objects.filter(kind="consent.taken_down", detail="It insults.")
    assert set(told.values_list("person", flat=True)) == {one.pk for one in people}
    assert reader.get(newest).status_code == 410
    page = purpose.collection.get_absolute_url()
    seen = text_of(visitor(people[1]), page)
    assert "It insults." in seen
    assert "goes on" not in seen
    assert "nothing of it is read any more" in text_of(visitor(people[1]), "/me/shared-data/")
    seen = text_of(visitor(), f"/data/{purpose.dataset.slug}/", 410)
    assert "It insults." in seen
    assert "How we cycle" not in seen, "nor the way to a page that is not there"
    assert page not in seen
    datasets.restore(actor=writer, dataset=own.dataset, at=at)
    with pytest.raises(Forbidden):
        require_read(Reader(writer), type(kept).objects.get(pk=kept.pk), Scope.DOWNLOAD, at)


def test_nothing_is_offered_to_the_publisher_of_what_is_taken_down_1128_ry3b() -> None:
    purpose = shared.purpose()
    writer, slug = visitor(catalogue.writer(purpose.dataset)), purpose.collection.slug
    manage, form = f"/data/collections/{slug}/manage/", f"/data/collections/{slug}/purposes/new/"
    assert "Prepare a release" in text_of(writer, manage)
    assert writer.get(form).status_code == 200
    steward = accounts.staff("data-stewards")
    desk = visitor(steward).post(
        reverse("admin:consent_collection_changelist"),
        {
            "action": "remove_collection",
            "_selected_action": str(purpose.collection.pk),
            "confirmed": "yes",
            "reason": "It insults.",
        },
    )
    assert "reauthenticate" in desk["Location"]
    collections.remove_collection(
        actor=steward, collection=purpose.collection, reason="It insults.", at=clock.now()
    )
    seen = text_of(writer, manage)
    assert "It insults." in seen
    assert "Prepare a release" not in seen
    assert writer.get(form).status_code == 404


def test_stewards_hear_of_what_is_asked_of_a_suspended_publisher_1128_ry5() -> None:
    purpose, early, late = shared.purpose(), accounts.person(), accounts.person()
    collection, steward, at = purpose.collection, accounts.staff("data-stewards"), clock.now()
    writer = catalogue.writer(purpose.dataset)
    for person in (early, late):
        shared.share(purpose, person)
    open_ = rights.ask_rights(actor=early, collection=collection, right="access", words="", at=at)
    events.deliver_pending()
    assert open_.get_absolute_url() not in text_of(visitor(steward), "/me/")
    organisations.suspend_organisation(
        actor=accounts.staff("moderators"), organisation=collection.publisher, reason="Fraud.", at=at
    )
    assert "the city&#x27;s data steward" in text_of(
        visitor(late), f"/data/collections/{collection.slug}/rights/"
    )
    asked = rights.ask_rights(actor=late, collection=collection, right="objection", words="", at=at)
    events.deliver_pending()
    sent = Notification.objects.filter(kind="rights_request.sent")
    assert set(sent.values_list("person", "url")) == {
        (writer.pk, open_.get_absolute_url()),
        (steward.pk, open_.get_absolute_url()),
        (steward.pk, asked.get_absolute_url()),
    }
    own = Notification.objects.filter(kind="consent.steward_answers", detail="")
    assert set(own.values_list("person", flat=True)) == {early.pk, late.pk}
    page, client = text_of(visitor(steward), "/me/"), visitor(steward)
    assert {one.get_absolute_url() in page for one in RightsRequest.objects.all()} == {True}
    seen = text_of(client, reverse("admin:consent_rightsrequest_changelist"))
    assert "the city&#x27;s data steward" in seen
    assert asked.get_absolute_url() in seen
    assert "the city&#x27;s data steward" in text_of(visitor(late), asked.get_absolute_url())


def test_the_dataset_of_a_removed_draft_promises_nothing_1128_ry13() -> None:
    owner = accounts.person()
    draft = shared.collection(owner)
    purpose = shared.purpose(draft)
    client, page = visitor(owner), f"/data/{purpose.dataset.slug}/"
    step = f"/data/collections/{draft.slug}/step/drop/"
    assert draft.get_absolute_url() in text_of(client, page)
    assert "stay in your list as drafts" in text_of(client, step)
    client.post(step)
    seen = text_of(client, page)
    assert "nothing comes into it" in seen
    assert draft.get_absolute_url() not in seen
