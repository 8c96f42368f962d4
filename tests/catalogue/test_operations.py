"""A file becomes a revision, and a dataset is there for everybody, or not."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from civic.accounts import groups
from civic.accounts.models import Membership
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from datasets.catalogue.models import Dataset, RejectedRow, Revision, Upload
from datasets.catalogue.operations import datasets, uploads
from datasets.catalogue.operations.uploads import KEPT, MOST_OPEN, Answers
from datasets.catalogue.states import DatasetState, UploadState
from tests.factories import accounts, catalogue

pytestmark = pytest.mark.django_db


def stored() -> list[str]:
    """What lies in the storage."""
    try:
        return sorted(default_storage.listdir("catalogue")[1])
    except FileNotFoundError:
        return []


def test_a_file_becomes_the_first_revision(at: datetime) -> None:
    made = catalogue.revision(at=at)
    dataset = Dataset.objects.get(pk=made.dataset_id)
    assert (made.number, made.rows, made.rejected_rows) == (1, 3, 0)
    assert (dataset.latest, dataset.revised_at, dataset.state) == (1, at, DatasetState.DRAFT)
    types = [(field["name"], field["type"]) for field in made.schema["fields"]]
    assert types == [("tree", "string"), ("planted", "date"), ("height", "number")]
    assert made.profile["columns"]["height"]["greatest"] == "6.25"
    assert made.profile["first"][0] == ["lime", "2021-03-01", "4.5"]
    files = {one.format: one for one in made.distributions.all()}
    assert set(files) == {"csv", "parquet"}
    for one in files.values():
        content = one.file.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one.size, one.sha256)
    assert files["parquet"].sha256 == made.sha256
    assert files["csv"].file.open().read().decode().splitlines()[1] == "lime,2021-03-01,4.5"
    kinds = (
        Event.objects.filter(subject_type="catalogue.Upload").order_by("seq").values_list("kind", flat=True)
    )
    steps = ["begun", "received", "proposed", "confirmed", "read", "published"]
    assert list(kinds) == [f"upload.{step}" for step in steps]


def test_the_next_file_is_the_next_revision_and_the_same_rows_are_none(at: datetime) -> None:
    dataset = catalogue.published(at=at)
    following = catalogue.revision(dataset, catalogue.CSV + b"elm,2022-01-02,1\n", at=at)
    assert (following.number, following.rows) == (2, 4)
    assert Dataset.objects.get(pk=dataset.pk).latest == 2
    with pytest.raises(Conflict, match="revision 2 has the same rows"):
        catalogue.revision(dataset, catalogue.CSV + b"elm,2022-01-02,1\n", at=at)
    assert Revision.objects.count() == 2


def test_rejected_rows_are_listed_and_publishing_without_them_is_said(at: datetime) -> None:
    one = catalogue.read(None, catalogue.FAULTY, at=at)
    rejected = RejectedRow.objects.get(upload=one)
    assert (rejected.line, rejected.column) == (5, "")
    assert "4 values" in rejected.reason
    with pytest.raises(Invalid) as refused:
        catalogue.publish(one, at=at)
    assert set(refused.value.fields) == {"without_rejected"}
    made = catalogue.publish(one, at=at, without_rejected=True)
    assert (made.rows, made.rejected_rows) == (3, 1)


def test_an_answer_is_read_accordingly_and_remembered_for_the_next_file(at: datetime) -> None:
    days = b"name,day\na,01/02/2026\nb,03/04/2026\nc,05/06/2026\n"
    first = catalogue.proposed(None, days, at=at)
    assert first.proposal is not None
    assert any(asked.startswith("date order") for asked in first.proposal["ask"])
    assert first.proposal["types"]["day"] == "string"
    dataset = first.dataset
    answers = Answers(types={"day": "date:%d/%m/%Y"})
    uploads.confirm(actor=catalogue.writer(dataset), upload=first, answers=answers, at=at)
    catalogue.work(at)
    found = Upload.objects.get(pk=first.pk).found
    assert found is not None
    assert found["profile"]["first"][0] == ["a", "2026-02-01"]
    catalogue.publish(Upload.objects.get(pk=first.pk), at=at)
    following = catalogue.proposed(Dataset.objects.get(pk=dataset.pk), days + b"d,07/08/2026\n", at=at)
    assert following.proposal is not None
    assert (following.proposal["ask"], following.proposal["types"]["day"]) == ([], "date")


def test_it_may_be_answered_otherwise_once_it_was_read(at: datetime) -> None:
    codes = b"code,n\n00123,1\n00456,2\n"
    one = catalogue.read(None, codes, types={"n": "string"}, at=at)
    writer = catalogue.writer(one.dataset)
    before = one.found
    uploads.confirm(actor=writer, upload=one, answers=Answers(types={"n": "integer"}), at=at)
    assert Upload.objects.get(pk=one.pk).found is None
    catalogue.work(at)
    again = Upload.objects.get(pk=one.pk)
    assert (before or {})["schema"] != (again.found or {})["schema"]
    assert (again.found or {})["profile"]["first"][0] == ["00123", "1"]


def test_by_another_delimiter_its_columns_are_asked_about_anew(at: datetime) -> None:
    one = catalogue.proposed(None, b"a;b,day\n1;2,01/02/2026\n3;4,03/04/2026\n", at=at)
    writer = catalogue.writer(one.dataset)
    uploads.confirm(actor=writer, upload=one, answers=Answers(delimiter=";"), at=at)
    catalogue.work(at)
    other = Upload.objects.get(pk=one.pk)
    assert (other.proposal or {})["header"] == ["a", "b,day"]
    uploads.confirm(actor=writer, upload=other, answers=Answers(delimiter=","), at=at)
    catalogue.work(at)
    again = Upload.objects.get(pk=one.pk)
    assert (again.proposal or {})["header"] == ["a;b", "day"]
    assert any("date order" in asked for asked in (again.proposal or {})["ask"])
    types = {"day": "date:%d/%m/%Y"}
    uploads.confirm(actor=writer, upload=again, answers=Answers(delimiter=",", types=types), at=at)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<!doctype html><html><body>sign in</body></html>", "a.csv", "web page"),
        (b"\x1f\x8b\x08rest", "a.csv", "archive"),
        (b"%PDF-1.7 rest", "a.csv", "not a table"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    content: bytes, name: str, words: str, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        one = catalogue.proposed(None, content, name=name, at=at)
    assert one.state == UploadState.REFUSED
    assert words in one.failure
    assert stored() == []


def test_an_empty_or_too_large_file_is_refused_at_once(at: datetime, settings: Any) -> None:
    with pytest.raises(Invalid, match="empty"):
        catalogue.upload(None, b"", at=at)
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(Invalid, match="too large"):
        catalogue.upload(at=at)
    assert stored() == []


def test_the_same_form_sent_twice_is_one_upload_and_one_dataset(at: datetime) -> None:
    dataset, key = catalogue.dataset(at=at), uuid4()
    actor = catalogue.writer(dataset)
    for _ in range(2):
        uploads.begin_upload(actor=actor, dataset=dataset, upload=catalogue.sent(), at=at, key=key)
        said = catalogue.said(title="Another one")
        datasets.create_dataset(actor=actor, publisher=dataset.publisher, said=said, at=at, key=key)
    assert (Upload.objects.count(), Dataset.objects.count(), len(stored())) == (1, 2, 1)


def test_there_is_an_end_to_files_under_way(at: datetime) -> None:
    dataset = catalogue.dataset(at=at)
    for _ in range(MOST_OPEN):
        catalogue.upload(dataset, at=at)
    with pytest.raises(Conflict):
        catalogue.upload(dataset, at=at)
    assert len(stored()) == MOST_OPEN


@pytest.mark.parametrize("build", [catalogue.upload, catalogue.proposed, catalogue.read])
def test_what_is_discarded_is_gone_with_its_files(
    build: Any, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    one = build(None, catalogue.FAULTY, at=at)
    assert stored()
    with django_capture_on_commit_callbacks(execute=True):
        gone = uploads.discard_upload(actor=catalogue.writer(one.dataset), upload=one, at=at)
    assert gone.state == UploadState.DISCARDED
    assert (stored(), RejectedRow.objects.count()) == ([], 0)
    catalogue.work(at)
    assert Upload.objects.get(pk=one.pk).state == UploadState.DISCARDED


def test_what_nobody_goes_on_with_expires(at: datetime, django_capture_on_commit_callbacks: Any) -> None:
    one = catalogue.read(at=at)
    kept = catalogue.revision(at=at)
    assert uploads.expire_uploads(at=at + KEPT - timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.expire_uploads(at=at + KEPT) == 1
    assert Upload.objects.get(pk=one.pk).state == UploadState.EXPIRED
    assert kept.upload.state == UploadState.PUBLISHED
    assert len(stored()) == 3


def test_types_are_of_columns_that_are_there(at: datetime) -> None:
    one = catalogue.proposed(at=at)
    actor = catalogue.writer(one.dataset)
    for types in ({"nobody": "string"}, {"tree": "colour"}):
        with pytest.raises(Invalid):
            uploads.confirm(actor=actor, upload=one, answers=Answers(types=types), at=at)


def test_a_column_that_nothing_fits_ends_no_upload_cat_ca18(at: datetime) -> None:
    one = catalogue.read(None, b"name,n\na,x\nb,y\n", types={"n": "integer"}, at=at)
    assert (one.state, RejectedRow.objects.filter(upload=one).count()) == (UploadState.READ, 2)
    assert default_storage.exists(str(one.file.name))
    with pytest.raises(Conflict, match="No row of it fits"):
        catalogue.publish(one, at=at, without_rejected=True)
    uploads.confirm(
        actor=catalogue.writer(one.dataset), upload=one, answers=Answers(types={"n": "string"}), at=at
    )
    catalogue.work(at)
    assert catalogue.publish(Upload.objects.get(pk=one.pk), at=at).rows == 2


def test_a_dataset_is_published_withdrawn_and_restored(at: datetime) -> None:
    draft = catalogue.dataset(at=at)
    writer = catalogue.writer(draft)
    with pytest.raises(Conflict, match="Upload a file first"):
        datasets.publish(actor=writer, dataset=draft, at=at)
    catalogue.revision(draft, at=at)
    dataset = datasets.publish(actor=writer, dataset=draft, at=at)
    with pytest.raises(Invalid):
        datasets.withdraw(actor=writer, dataset=dataset, reason=" ", at=at)
    gone = datasets.withdraw(actor=writer, dataset=dataset, reason="A street is missing.", at=at)
    assert (gone.state, gone.reason, gone.held) == (DatasetState.WITHDRAWN, "A street is missing.", False)
    with pytest.raises(IllegalTransition):
        datasets.withdraw(actor=writer, dataset=gone, reason="Again.", at=at)
    back = datasets.restore(actor=writer, dataset=gone, at=at)
    assert (back.state, back.reason) == (DatasetState.PUBLISHED, "")


def test_what_the_city_withdraws_only_the_city_restores(at: datetime) -> None:
    dataset, steward = catalogue.published(at=at), accounts.staff(groups.DATA_STEWARDS)
    gone = datasets.withdraw(actor=steward, dataset=dataset, reason="It names people.", at=at)
    assert gone.held
    with pytest.raises(Forbidden, match="only its data steward"):
        datasets.restore(actor=catalogue.writer(dataset), dataset=gone, at=at)
    assert datasets.restore(actor=steward, dataset=gone, at=at).state == DatasetState.PUBLISHED


def test_owners_and_managers_write_and_nobody_else_does(at: datetime) -> None:
    dataset = catalogue.published(at=at)
    one = catalogue.read(dataset, catalogue.FAULTY + b"yew,2024-01-01,1\n", at=at)
    member, manager = accounts.person(), accounts.person()
    accounts.membership(dataset.publisher, member)
    accounts.membership(dataset.publisher, manager, Membership.Role.MANAGER)
    others = [member, accounts.person(), accounts.staff(groups.MODERATORS), accounts.staff(groups.AUDITORS)]
    for actor in [*others, accounts.staff(groups.DATA_STEWARDS)]:
        for verb in (
            lambda actor=actor: datasets.describe(actor=actor, dataset=dataset, said=catalogue.said(), at=at),
            lambda actor=actor: datasets.create_dataset(
                actor=actor, publisher=dataset.publisher, said=catalogue.said(), at=at
            ),
            lambda actor=actor: uploads.begin_upload(
                actor=actor, dataset=dataset, upload=catalogue.sent(), at=at
            ),
            lambda actor=actor: uploads.confirm(actor=actor, upload=one, answers=Answers(), at=at),
            lambda actor=actor: uploads.discard_upload(actor=actor, upload=one, at=at),
            lambda actor=actor: catalogue.publish(one, actor=actor, at=at, without_rejected=True),
        ):
            with pytest.raises(Forbidden):
                verb()
    for actor in others:
        with pytest.raises(Forbidden):
            datasets.withdraw(actor=actor, dataset=dataset, reason="So.", at=at)
    assert (
        datasets.describe(actor=manager, dataset=dataset, said=catalogue.said(title="Trees"), at=at).title
        == "Trees"
    )
    assert catalogue.publish(one, actor=manager, at=at, without_rejected=True).number == 2


def test_what_is_said_has_bounds(at: datetime) -> None:
    dataset = catalogue.dataset(at=at)
    actor = catalogue.writer(dataset)
    day = at.date()
    for field, changes in (
        ("title", {"title": " "}),
        ("description", {"description": "x" * 4001}),
        ("keywords", {"keywords": [str(n) for n in range(13)]}),
        ("last_day", {"first_day": day, "last_day": day - timedelta(days=1)}),
    ):
        with pytest.raises(Invalid) as refused:
            datasets.describe(actor=actor, dataset=dataset, said=catalogue.said(**changes), at=at)
        assert set(refused.value.fields) == {field}


def test_two_of_a_title_have_two_addresses(at: datetime) -> None:
    made = [
        catalogue.dataset(at=at, title="New"),
        catalogue.dataset(at=at, title="Trees"),
        catalogue.dataset(at=at, title="Trees"),
    ]
    slugs = [one.slug for one in made]
    assert slugs[1] == "trees"
    assert len({*slugs, "new"}) == 4
