"""A file on its way in: received, looked at, asked about, confirmed, read, published or given up."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events, ids, row_steps
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from civic.core.work import Priority
from datasets.catalogue import files
from datasets.catalogue.files import Stored
from datasets.catalogue.models import Dataset, Distribution, Upload, UploadStep
from datasets.catalogue.operations.datasets import locked as locked_dataset
from datasets.catalogue.reading.columns import kind_named
from datasets.catalogue.states import OPEN, UploadState

# A file that nobody goes on with.
KEPT = timedelta(days=7)
MOST_OPEN = 5
# Controls, ends of lines and paragraphs, what turns the direction of letters round, and halves of letters.
NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class TooLarge(Invalid):
    """More bytes than a file may have, or than it was said to have."""

    status = 413
    code = "too-large"


@dataclass(frozen=True)
class Answers:
    """What the publisher says to what is shown: nothing where it is right. `types` are names of `reading` kinds."""

    encoding: str = ""
    delimiter: str = ""
    types: Mapping[str, str] = field(default_factory=dict)


def begin_upload(
    *, actor: Person, dataset: Dataset, upload: UploadedFile, at: datetime, key: UUID | None = None
) -> Upload:
    """Takes a file; a worker looks at it. The same `key` sent twice gives the same upload.

    Raises Forbidden, Conflict (many are under way, or much), Invalid (file).
    """
    require(actor, "upload", dataset)
    key = key or ids.new_id()
    known = Upload.objects.filter(pk=key, dataset=dataset).first()
    if known:
        return known
    name = file_name(str(upload.name))
    check_size(int(upload.size or 0), settings.UPLOAD_MAX_BYTES)
    # Before the transaction: it takes a while, and no row should be locked for it.
    stored = files.receive(upload)
    made = None
    try:

        def make_row() -> Upload:
            current = lock_with_room(dataset, stored.size, actor=actor)
            return receive(current, stored, name, actor=actor, at=at, key=key)

        made = once(dataset, key, make_row)
    finally:
        if made is None or made.file != stored.name:
            files.drop([stored.name])
    return made


def once(dataset: Dataset, key: UUID, make: Callable[[], Upload]) -> Upload:
    """What is made in one transaction, or what another request with the same key has made meanwhile."""
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        twin = Upload.objects.filter(pk=key, dataset=dataset).first()
        if twin is None:
            raise Conflict(
                _("This form was sent before, for another dataset. Load the page again and choose the file.")
            ) from None
        return twin


def lock_with_room(dataset: Dataset, size: int, *, actor: Person) -> Dataset:
    """The dataset, locked, where a file of this size may come to those under way. Raises Forbidden, Conflict."""
    # Before the organisation, as erasing an account does: the row of the upload will point to the person.
    lock_row(Person.objects.all(), pk=actor.pk, no_key=True)
    # Before its datasets: of two of them at once each would find the room that is left.
    lock_row(Organisation.objects.all(), pk=dataset.publisher_id, no_key=True)
    current = locked_dataset(dataset)
    require(actor, "upload", current)
    if current.uploads.filter(state__in=OPEN).count() >= MOST_OPEN:
        raise Conflict(_("Many files are under way here already. Publish or discard one of them first."))
    under_way = Upload.objects.filter(dataset__publisher=current.publisher_id, state__in=OPEN)
    taken = under_way.aggregate(sum=Sum("size"))["sum"] or 0
    if taken + size > settings.UPLOAD_QUOTA_BYTES:
        words = _(
            "%(taken)s of this organisation are under way already, and at most %(most)s may be. Publish or discard "
            "something first."
        )
        most = filesizeformat(settings.UPLOAD_QUOTA_BYTES)
        raise Conflict(words % {"taken": filesizeformat(taken), "most": most}, code="quota")
    return current


def file_name(name: str) -> str:
    """The last part of a name, as any system writes it, without what turns a line round. Raises Invalid."""
    name = re.split(r"[/\\]", name)[-1]
    if NO_NAME.search(name) or not name.strip(" ."):
        raise Invalid(file=_("Give the name of the file."))
    return name[-200:]


def check_size(size: int, most: int) -> None:
    """Raises Invalid, and TooLarge for a file of more than `most` bytes."""
    if not size:
        raise Invalid(file=_("This file is empty. Choose another one."))
    if size > most:
        words = _("This file is too large. Choose one of at most %(most)s.")
        raise TooLarge(file=words % {"most": filesizeformat(most)})


def begin(
    dataset: Dataset, name: str, size: int, *, actor: Person | None, at: datetime, key: UUID, **stored: Any
) -> Upload:
    """Notes a file that is on its way. The dataset is locked by the caller."""
    made = Upload(
        pk=key,
        dataset=dataset,
        person=actor,
        name=name,
        size=size,
        received_at=at,
        expires_at=at + KEPT,
        state_since=at,
        **stored,
    )
    events.record("upload.begun", actor=actor, subject=made, at=at)
    made.save(force_insert=True)
    return made


def receive(
    dataset: Dataset, stored: Stored, name: str, *, actor: Person | None, at: datetime, key: UUID
) -> Upload:
    """Notes a file that lies in the storage, and asks a worker to look at it. The dataset is locked by the caller."""
    there = {"file": stored.name, "sha256": stored.sha256, "received": stored.size}
    made = begin(dataset, name, stored.size, actor=actor, at=at, key=key, **there)
    arrive(made, actor=actor, at=at)
    return made


def arrive(upload: Upload, *, actor: Person | None, at: datetime) -> None:
    """Asks a worker to look at a file of which every byte is here, locked by the caller."""
    transition(upload, "receive", actor=actor, at=at)
    _ask_worker(upload, UploadStep.Step.PROPOSE, at)


def confirm(*, actor: Person, upload: Upload, answers: Answers, at: datetime) -> Upload:
    """Answers the first look, or answers otherwise once it was read; a worker reads the file accordingly.

    What is not said stays as the page shows it. Raises Forbidden, Invalid (types), IllegalTransition.
    """
    with transaction.atomic():
        current = locked(upload)
        require(actor, "handle", current)
        answer(current, answers, actor=actor, at=at)
    return current


def answer(upload: Upload, answers: Answers, *, actor: Person | None, at: datetime) -> None:
    """As `confirm`, of an upload that the caller has locked."""
    before = upload.answers
    said = {
        "encoding": answers.encoding or before.get("encoding", ""),
        "delimiter": answers.delimiter or before.get("delimiter", ""),
        "types": before.get("types", {}) | dict(answers.types),
    }
    # Before what was answered is looked at: of a file that has ended or was answered that is what there is to say.
    transition(upload, "confirm", actor=actor, at=at)
    _check_types(upload, answers)
    files.drop_on_commit([str(file.name) for file in (upload.parquet, upload.csv) if file])
    upload.rejected.all().delete()
    upload.answers, upload.found, upload.parquet, upload.csv = said, None, "", ""
    upload.save(update_fields=["answers", "found", "parquet", "csv"])
    _ask_worker(upload, UploadStep.Step.READ, at)


def _check_types(upload: Upload, answers: Answers) -> None:
    known = set((upload.proposal or {}).get("header", ()))
    for column, kind in answers.types.items():
        if column not in known:
            raise Invalid(types=_("There is no column %(name)s.") % {"name": column})
        try:
            kind_named(kind)
        except KeyError:
            raise Invalid(types=_("There is no type %(name)s.") % {"name": kind}) from None


def discard_upload(*, actor: Person, upload: Upload, at: datetime) -> Upload:
    """Gives a file up; it is deleted. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = locked(upload)
        require(actor, "handle", current)
        give_up(current, actor=actor, at=at)
    return current


def give_up(upload: Upload, *, actor: Person | None, at: datetime) -> None:
    """As `discard_upload`, of an upload that the caller has locked."""
    transition(upload, "discard", actor=actor, at=at)
    forget(upload)


def expire_uploads(*, at: datetime) -> int:
    """Gives up files that nobody went on with for a week; returns how many."""
    due = Upload.objects.filter(state__in=OPEN, expires_at__lte=at).order_by("pk")
    return row_steps.each("uploads to expire", due, lambda upload: _expire(upload, at), at=at)


def _expire(upload: Upload, at: datetime) -> bool:
    with transaction.atomic():
        current = locked(upload)
        if current.state not in OPEN:
            return False
        transition(current, "expire", actor=None, at=at)
        forget(current)
    return True


def refuse(upload: Upload, failure: str, *, at: datetime) -> None:
    """Ends an upload that cannot be read, in the caller's transaction; its person is told why."""
    transition(upload, "refuse", actor=None, at=at)
    upload.failure = failure
    upload.save(update_fields=["failure"])
    forget(upload)


def forget(upload: Upload) -> None:
    """Deletes the files and rejected rows of an upload that has ended, once that is certain."""
    files.drop_on_commit([str(file.name) for file in upload.files])
    files.drop_part_on_commit(upload.pk)
    upload.rejected.all().delete()
    upload.file = upload.parquet = upload.csv = ""
    upload.save(update_fields=["file", "parquet", "csv"])


def _ask_worker(upload: Upload, step: UploadStep.Step, at: datetime) -> None:
    UploadStep.objects.create(upload=upload, step=step, due_at=at, priority=Priority.URGENT)


def locked(upload: Upload) -> Upload:
    """The upload as it is now, locked after its dataset: two that lock in different orders wait for ever."""
    dataset = locked_dataset(upload.dataset)
    current = lock_row(Upload.objects.all(), pk=upload.pk)
    current.dataset = dataset
    return current


def forget_strays(*, at: datetime) -> int:
    """Deletes what killed writers have left in the storage; returns how many files."""
    named = set(Distribution.objects.values_list("file", flat=True))
    for names in Upload.objects.filter(state__in=[*OPEN, UploadState.PUBLISHED]).values_list(
        "file", "parquet", "csv"
    ):
        named.update(names)
    states = [UploadState.RECEIVING, UploadState.RECEIVED]
    coming = set(Upload.objects.filter(state__in=states, file="").values_list("pk", flat=True))
    return files.forget_strays(named, coming, at=at)
