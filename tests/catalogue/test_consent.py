"""Whoever publishes publishes what they saw; two that do a thing at once; what the city holds and suspends."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from civic.accounts import groups
from civic.accounts.models import Organisation
from civic.core.errors import Conflict
from datasets.catalogue.models import Dataset, Revision, Upload
from datasets.catalogue.operations import datasets, own_data, publishing, uploads
from datasets.catalogue.operations.publishing import Seen
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.states import DatasetState, UploadState
from tests.factories import accounts, catalogue
from tests.visiting import text_of, visitor
from tests.whole.forms import forms_of

pytestmark = pytest.mark.django_db
ROWS = b"a,b\n" + b"x,1\n" * 30 + b"y,one\n"


def publishing_form(upload: Upload) -> dict[str, Any]:
    """What the page of a file that was read would send."""
    page = upload.get_absolute_url()
    content = visitor(catalogue.writer(upload.dataset)).get(page).content.decode()
    return dict(next(one for one in forms_of(content, page) if one.action.endswith("/publish/")).values)


def answered_otherwise(upload: Upload, at: datetime, **types: str) -> Upload:
    actor = catalogue.writer(upload.dataset)
    uploads.confirm(actor=actor, upload=upload, answers=Answers(types=types), at=at)
    catalogue.work(at)
    return Upload.objects.get(pk=upload.pk)


def test_what_was_not_seen_is_not_published_cat_ca2(at: datetime) -> None:
    one = catalogue.read(None, ROWS, types={"b": "string"}, at=at)
    writer, page = visitor(catalogue.writer(one.dataset)), one.get_absolute_url()
    seen = publishing_form(one) | {"note": "As I saw it", "without_rejected": "on"}
    again = answered_otherwise(one, at, b="integer")
    refused = writer.post(f"{page}publish/", seen)
    words = refused.content.decode()
    assert refused.status_code == 409
    assert "30 rows and 1 rejected, where you saw 31 and 0" in words
    assert "As I saw it" in words
    # What was ticked was of something else.
    assert not re.search(r'name="without_rejected"[^>]*checked', words)
    assert not Revision.objects.exists()
    form = next(one for one in forms_of(words, page) if one.action.endswith("/publish/"))
    assert form.values["seen"] == str(Seen.of(again))
    assert writer.post(form.action, form.values | {"without_rejected": "on"}).status_code == 302
    assert Revision.objects.get().note == "As I saw it"


@pytest.mark.parametrize("sent", ["", "nonsense", "0" * 64 + "-31-0"])
def test_as_many_rows_of_other_values_are_not_what_was_seen_cat_ca2(at: datetime, sent: str) -> None:
    one = catalogue.read(None, ROWS, types={"b": "string"}, at=at)
    with pytest.raises(Conflict, match="read again since you looked"):
        publishing.publish_revision(
            actor=catalogue.writer(one.dataset), upload=one, seen=Seen.parse(sent), at=at
        )
    assert Upload.objects.get(pk=one.pk).state == UploadState.READ


def test_what_is_read_no_more_is_said_cat_ca2(at: datetime) -> None:
    one = catalogue.read(None, ROWS, types={"b": "string"}, at=at)
    seen, writer = publishing_form(one), catalogue.writer(one.dataset)
    uploads.confirm(actor=writer, upload=one, answers=Answers(types={"b": "integer"}), at=at)
    answer = visitor(writer).post(f"{one.get_absolute_url()}publish/", seen)
    assert answer.status_code == 409
    assert "Only what was read" in answer.content.decode()
    answer = visitor(writer).post(f"{one.get_absolute_url()}confirm/", {})
    assert answer.status_code == 409
    assert "This step is not possible" in answer.content.decode()


def test_nothing_comes_into_what_the_city_holds_cat_ca20(at: datetime) -> None:
    dataset, steward = catalogue.published(at=at), accounts.staff(groups.DATA_STEWARDS)
    one = catalogue.read(dataset, ROWS, types={"b": "string"}, at=at)
    datasets.withdraw(actor=steward, dataset=dataset, reason="It names people.", at=at)
    with pytest.raises(Conflict, match="The city has withdrawn this dataset"):
        catalogue.publish(one, at=at)
    assert (Upload.objects.get(pk=one.pk).state, Revision.objects.count()) == (UploadState.READ, 1)
    page = visitor(catalogue.writer(dataset)).post(f"{one.get_absolute_url()}publish/", publishing_form(one))
    assert page.status_code == 422
    assert "this file waits here" in page.content.decode()
    datasets.restore(actor=steward, dataset=dataset, at=at)
    assert catalogue.publish(Upload.objects.get(pk=one.pk), at=at).number == 2


def test_a_table_of_the_exchange_waits_while_the_city_holds_it_cat_ca20(at: datetime) -> None:
    dataset, steward = catalogue.published(at=at), accounts.staff(groups.DATA_STEWARDS)
    one = catalogue.read(dataset, ROWS, types={"b": "string"}, at=at)
    Dataset.objects.filter(pk=dataset.pk).update(source="odd")
    datasets.withdraw(actor=steward, dataset=dataset, reason="It names people.", at=at)
    own_data.publish_own(one, at)
    # So that it is sent anew once the dataset is back, and not taken for known.
    assert (Upload.objects.get(pk=one.pk).state, Revision.objects.count()) == (UploadState.DISCARDED, 1)


def test_the_key_of_a_form_is_of_one_dataset_cat_ca26(at: datetime) -> None:
    one, other = catalogue.upload(at=at), catalogue.dataset(at=at)
    with pytest.raises(Conflict, match="sent before, for another dataset"):
        uploads.begin_upload(
            actor=catalogue.writer(other), dataset=other, upload=catalogue.sent(), at=at, key=one.pk
        )
    sent = {"file": catalogue.sent(), "key": str(one.pk)}
    answer = visitor(catalogue.writer(other)).post(f"/data/{other.slug}/upload/", sent)
    assert answer.status_code == 422
    assert (Upload.objects.count(), len(default_storage.listdir("catalogue")[1])) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_makes_one_dataset_for_both_cat_ca27(at: datetime) -> None:
    publisher = accounts.organisation()
    actor, key, barrier = catalogue.writer(publisher), uuid4(), Barrier(6)

    def create(_number: int) -> Any:
        barrier.wait()
        try:
            said = catalogue.said()
            made = datasets.create_dataset(actor=actor, publisher=publisher, said=said, at=at, key=key)
            return made.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(create, range(6))) == {key}
    assert Dataset.objects.count() == 1


def test_of_a_suspended_publisher_cat_ca28(at: datetime) -> None:
    shown = catalogue.published(at=at)
    publisher, owner = shown.publisher, catalogue.writer(shown)
    draft = catalogue.dataset(owner, publisher=publisher, title="A draft", at=at)
    assert visitor(owner).get(draft.get_absolute_url()).status_code == 200
    Organisation.objects.filter(pk=publisher.pk).update(state="suspended")
    assert not Dataset.objects.visible_to(owner).filter(state=DatasetState.DRAFT).exists()
    assert not Dataset.objects.written_by(owner).exists()
    assert visitor(owner).get(draft.get_absolute_url()).status_code == 404
    # What was published stays, and names its publisher, whose page is gone.
    assert visitor().get(publisher.get_absolute_url()).status_code == 404
    for page in (shown.get_absolute_url(), f"{shown.get_absolute_url()}latest.csv"):
        assert visitor().get(page).status_code == 200
    public = visitor().get(shown.get_absolute_url()).content.decode()
    assert publisher.name in text_of(visitor(), shown.get_absolute_url())
    assert publisher.get_absolute_url() not in public.replace(f"{publisher.get_absolute_url()}#", "")
    datasets.withdraw(
        actor=accounts.staff(groups.DATA_STEWARDS), dataset=shown, reason="It names people.", at=at
    )
    gone = visitor().get(shown.get_absolute_url())
    assert gone.status_code == 410
    assert f'href="{publisher.get_absolute_url()}"' not in gone.content.decode()
