"""What each verb does in each state of its dataset, of its file, and for whoever does it: cells are the specification.

A cell is `DONE` or the error that refuses. After each verb the rows and the storage fit together: files of an upload
that has ended are gone, those of a revision are there, and a reader sees the dataset or does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from civic.accounts import groups
from civic.accounts.models import Membership, Organisation, Person
from civic.core.errors import Conflict, Forbidden, Gone, IllegalTransition
from datasets.catalogue import files
from datasets.catalogue.models import Dataset, Distribution, Upload
from datasets.catalogue.operations import datasets, reading_steps, resumable, uploads
from datasets.catalogue.operations.uploads import KEPT, Answers, TooLarge
from datasets.catalogue.states import OPEN, DatasetState, UploadState
from tests.factories import accounts, catalogue
from tests.undoing import undone

pytestmark = pytest.mark.django_db
DONE, ILLEGAL, REFUSED, NOT_ALLOWED = "done", IllegalTransition, Conflict, Forbidden
OTHER = b"tree,planted,height\nelm,2022-01-02,7.5\n"


@dataclass
class Scene:
    """A dataset with a file on its way, and who acts."""

    dataset: Dataset
    upload: Upload
    actor: Person
    at: datetime


# ------------------------------------------------------------------ datasets by their state, and by who acts
def in_state(state: str, at: datetime) -> Scene:
    """`draft`, `draft with data`, `published`, `withdrawn` by its publisher, `held` by the city; a file was read."""
    dataset = catalogue.dataset(at=at)
    writer = catalogue.writer(dataset)
    if state != "draft":
        catalogue.revision(dataset, at=at)
        dataset.refresh_from_db()
    upload = catalogue.read(dataset, OTHER, at=at)
    if state in ("published", "withdrawn", "held"):
        datasets.publish(actor=writer, dataset=dataset, at=at)
    if state in ("withdrawn", "held"):
        by = writer if state == "withdrawn" else accounts.staff(groups.DATA_STEWARDS)
        datasets.withdraw(actor=by, dataset=dataset, reason="A street is missing.", at=at)
    return Scene(Dataset.objects.get(pk=dataset.pk), upload, writer, at)


def describe(here: Scene) -> None:
    said = catalogue.said(title="Trees in streets")
    datasets.describe(actor=here.actor, dataset=here.dataset, said=said, at=here.at)


def send(here: Scene) -> None:
    uploads.begin_upload(actor=here.actor, dataset=here.dataset, upload=catalogue.sent(), at=here.at)


def begin_parts(here: Scene) -> None:
    resumable.begin_resumable(
        actor=here.actor, dataset=here.dataset, name="trees.csv", size=len(OTHER), at=here.at
    )


def send_part(here: Scene) -> None:
    now = Upload.objects.get(pk=here.upload.pk)
    resumable.append_piece(actor=here.actor, upload=now, offset=now.received, piece=b"x", at=here.at)


def publish_file(here: Scene) -> None:
    catalogue.publish(here.upload, actor=here.actor, at=here.at)


def publish(here: Scene) -> None:
    datasets.publish(actor=here.actor, dataset=here.dataset, at=here.at)


def withdraw(here: Scene) -> None:
    datasets.withdraw(actor=here.actor, dataset=here.dataset, reason="It names people.", at=here.at)


def restore(here: Scene) -> None:
    datasets.restore(actor=here.actor, dataset=here.dataset, at=here.at)


DATASET_STATES = ["draft", "draft with data", "published", "withdrawn", "held"]
WRITER_TABLE: dict[Callable[[Scene], None], list[Any]] = {
    describe: [DONE, DONE, DONE, DONE, DONE],
    send: [DONE, DONE, DONE, DONE, DONE],
    begin_parts: [DONE, DONE, DONE, DONE, DONE],
    # What its publisher has withdrawn can be mended while nobody sees it; what the city holds changes no more.
    publish_file: [DONE, DONE, DONE, DONE, REFUSED],
    publish: [REFUSED, DONE, ILLEGAL, ILLEGAL, ILLEGAL],
    withdraw: [ILLEGAL, ILLEGAL, DONE, ILLEGAL, ILLEGAL],
    restore: [ILLEGAL, ILLEGAL, ILLEGAL, DONE, NOT_ALLOWED],
}
STEWARD_TABLE: dict[Callable[[Scene], None], list[Any]] = {
    describe: [NOT_ALLOWED] * 5,
    send: [NOT_ALLOWED] * 5,
    begin_parts: [NOT_ALLOWED] * 5,
    publish_file: [NOT_ALLOWED] * 5,
    publish: [NOT_ALLOWED] * 5,
    withdraw: [ILLEGAL, ILLEGAL, DONE, ILLEGAL, ILLEGAL],
    restore: [ILLEGAL, ILLEGAL, ILLEGAL, DONE, DONE],
}


def outcome(verb: Callable[[Scene], None], here: Scene) -> Any:
    try:
        verb(here)
    except (IllegalTransition, Forbidden, Conflict, Gone, TooLarge) as error:
        return type(error)
    return DONE


def cells(table: dict[Any, list[Any]], here: Scene) -> dict[str, Any]:
    """What each verb of the table does here, each as if it were the first."""
    found = {}
    for verb in table:
        with undone():
            found[verb.__name__] = outcome(verb, here)
            fits(here)
    return found


def fits(here: Scene) -> None:
    """Rows, storage and what a reader sees."""
    for one in Upload.objects.filter(dataset=here.dataset):
        stays = one.state in OPEN or one.state == UploadState.PUBLISHED
        assert bool(one.file) == (stays and not one.is_in_parts)
        assert not (one.is_in_parts and one.received) or files.part(one.pk).stat().st_size >= one.received
        assert all(default_storage.exists(str(file.name)) for file in one.files if file)
        assert bool(one.found) == bool(one.parquet) or one.state in (
            UploadState.DISCARDED,
            UploadState.EXPIRED,
        )
    for file in Distribution.objects.filter(revision__dataset=here.dataset):
        assert default_storage.exists(str(file.file.name))
    dataset = Dataset.objects.get(pk=here.dataset.pk)
    numbers = list(dataset.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, dataset.latest + 1))
    seen = {DatasetState.DRAFT: 404, DatasetState.PUBLISHED: 200, DatasetState.WITHDRAWN: 410}
    for address in (dataset.get_absolute_url(), f"/data/{dataset.slug}/latest.csv"):
        assert Client().get(address).status_code == seen[DatasetState(dataset.state)]


@pytest.mark.parametrize("state", DATASET_STATES)
@pytest.mark.parametrize("table", [WRITER_TABLE, STEWARD_TABLE], ids=["writer", "steward"])
def test_each_verb_in_each_state_of_the_dataset(
    at: datetime, state: str, table: dict[Any, list[Any]]
) -> None:
    place, here = DATASET_STATES.index(state), in_state(state, at)
    if table is STEWARD_TABLE:
        here.actor = accounts.staff(groups.DATA_STEWARDS)
    assert cells(table, here) == {verb.__name__: row[place] for verb, row in table.items()}


# ------------------------------------------------------------------ a file on its way
def file_in(state: UploadState, at: datetime) -> Scene:
    """A file in this state, of a draft."""
    dataset = catalogue.dataset(at=at)
    writer = catalogue.writer(dataset)
    if state == UploadState.RECEIVING:
        upload = catalogue.unfinished(dataset, at=at)
    elif state == UploadState.REFUSED:
        upload = catalogue.proposed(dataset, b"<!doctype html><html><body>Sign in</body></html>", at=at)
    elif state == UploadState.RECEIVED:
        upload = catalogue.upload(dataset, at=at)
    elif state in (UploadState.PROPOSED, UploadState.CONFIRMED, UploadState.DISCARDED, UploadState.EXPIRED):
        upload = catalogue.proposed(dataset, at=at)
    else:
        upload = catalogue.read(dataset, at=at)
    if state == UploadState.CONFIRMED:
        uploads.confirm(actor=writer, upload=upload, answers=Answers(), at=at)
    elif state == UploadState.DISCARDED:
        uploads.discard_upload(actor=writer, upload=upload, at=at)
    elif state == UploadState.EXPIRED:
        assert uploads.expire_uploads(at=at + KEPT) == 1
    elif state == UploadState.PUBLISHED:
        catalogue.publish(upload, at=at)
    upload.refresh_from_db()
    assert upload.state == state
    return Scene(dataset, upload, writer, at)


def confirm(here: Scene) -> None:
    uploads.confirm(
        actor=here.actor, upload=here.upload, answers=Answers(types={"height": "string"}), at=here.at
    )


def discard(here: Scene) -> None:
    uploads.discard_upload(actor=here.actor, upload=here.upload, at=here.at)


def work(here: Scene) -> None:
    if not reading_steps.run_steps(at=here.at):
        raise Conflict


def expire(here: Scene) -> None:
    if not uploads.expire_uploads(at=here.at + KEPT):
        raise Conflict


FILE_STATES = list(UploadState)
FILE_TABLE: dict[Callable[[Scene], None], list[Any]] = {
    # receiving, received, proposed, confirmed, read, published, discarded, expired, refused
    send_part: [DONE, TooLarge, TooLarge, TooLarge, TooLarge, TooLarge, Gone, Gone, Gone],
    work: [REFUSED, DONE, REFUSED, DONE, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED],
    confirm: [ILLEGAL, ILLEGAL, DONE, ILLEGAL, DONE, ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL],
    publish_file: [REFUSED, REFUSED, REFUSED, REFUSED, DONE, REFUSED, REFUSED, REFUSED, REFUSED],
    discard: [DONE, DONE, DONE, DONE, DONE, ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL],
    expire: [DONE, DONE, DONE, DONE, DONE, REFUSED, REFUSED, REFUSED, REFUSED],
}


@pytest.mark.parametrize("state", FILE_STATES)
def test_each_verb_in_each_state_of_the_file(at: datetime, state: UploadState) -> None:
    place, here = FILE_STATES.index(state), file_in(state, at)
    assert cells(FILE_TABLE, here) == {verb.__name__: row[place] for verb, row in FILE_TABLE.items()}


@pytest.mark.parametrize("state", [UploadState.RECEIVING, UploadState.READ])
@pytest.mark.parametrize("first", FILE_TABLE)
def test_a_verb_after_another_leaves_nothing_half(
    at: datetime, first: Callable[[Scene], None], state: UploadState
) -> None:
    """Each pair, of a file that comes or was read: what the first has ended, the second does not bring back."""
    here = file_in(state, at)
    outcome(first, here)
    between = Upload.objects.get(pk=here.upload.pk).state
    for second in FILE_TABLE:
        with undone():
            outcome(second, here)
            fits(here)
            assert between in OPEN or Upload.objects.get(pk=here.upload.pk).state == between


# ------------------------------------------------------------------ who acts
def is_removed(here: Scene) -> None:
    Membership.objects.filter(person=here.actor).delete()


def is_a_member_only(here: Scene) -> None:
    Membership.objects.filter(person=here.actor).update(role=Membership.Role.MEMBER)


def publisher_is_suspended(here: Scene) -> None:
    Organisation.objects.filter(pk=here.dataset.publisher_id).update(state="suspended")


@pytest.mark.parametrize("neighbour", [is_removed, is_a_member_only, publisher_is_suspended])
@pytest.mark.parametrize(
    "verb", [describe, send, begin_parts, publish_file, publish, withdraw, restore, confirm, discard]
)
def test_whoever_writes_no_more_does_nothing(
    at: datetime, verb: Callable[[Scene], None], neighbour: Callable[[Scene], None]
) -> None:
    here = in_state(
        "withdrawn" if verb is restore else "published" if verb is withdraw else "draft with data", at
    )
    neighbour(here)
    assert outcome(verb, here) is NOT_ALLOWED
    fits(here)
