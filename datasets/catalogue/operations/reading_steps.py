"""What workers do for an upload: look at it, and read it. Nothing of it is seen before it is whole."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from civic.core import clock, row_steps, work
from civic.core.locking import lock_session
from civic.core.states import transition
from datasets.catalogue import files, first_look
from datasets.catalogue.files import Stored
from datasets.catalogue.models import Dataset, RejectedRow, Upload, UploadStep
from datasets.catalogue.operations import resumable
from datasets.catalogue.operations.uploads import locked, refuse
from datasets.catalogue.reading_process import Answer, Before, read_apart
from datasets.catalogue.states import WORKED_ON, UploadState
from datasets.catalogue.vocabularies import Format

# Of a value that was rejected so much is shown.
LONGEST_VALUE = 1000


def run_steps(*, at: datetime | None = None) -> int:
    """Looks at and reads what waits; returns how many steps were taken.

    None where another worker does so: the others are for mail, money and the clock, however many files wait.
    """
    with lock_session("catalogue: a file is read") as is_ours:
        if not is_ours:
            return 0
        done = work.run(UploadStep, _take, at=at, limit=20)
        row_steps.each(
            "uploads without a step", _left(), lambda upload: _give_up(upload, at), at=at or clock.now()
        )
        return done


def _take(job: UploadStep, at: datetime) -> None:
    step = {UploadStep.Step.PROPOSE: _propose, UploadStep.Step.READ: _read}[UploadStep.Step(job.step)]
    step(Upload.objects.select_related("dataset__publisher").get(pk=job.upload_id), at)


def _left() -> QuerySet[Upload]:
    """Uploads that nobody does anything about any more, though somebody waits for them.

    However their step has ended: after its last try, with a worker that was killed, or by the desk. A step is written
    in the transaction in which its upload comes to wait for it, so that one without is never one that gets it yet.
    """
    step = UploadStep.objects.open().filter(upload=OuterRef("pk"))
    return Upload.objects.filter(~Exists(step), state__in=WORKED_ON).order_by("pk")


def _give_up(upload: Upload, at: datetime | None) -> bool:
    with transaction.atomic():
        current = locked(upload)
        # Answered meanwhile, it has a new step.
        if not _left().filter(pk=current.pk).exists():
            return False
        fault = _(
            "Something broke on our side while this file was read. We look into it; please try it again later."
        )
        refuse(current, fault, at=at or clock.now())
    return True


def _propose(upload: Upload, at: datetime) -> None:
    """The first look, with what was answered about earlier files of the dataset."""
    if upload.state != UploadState.RECEIVED:
        return
    if upload.is_in_parts and not resumable.take_in(upload):
        return
    with files.folder() as folder:
        sent, target = files.fetch(upload.file, folder), folder / "table.parquet"
        remembered = first_look.choices(upload.dataset.answers)
        answer = read_apart(sent, folder, target, choices=remembered, look=True)
    with transaction.atomic():
        current = locked(upload)
        # Given up meanwhile, or another worker was faster after a lease that was too short.
        if current.state != UploadState.RECEIVED:
            return
        if answer.table.refused:
            refuse(current, f"{answer.table.refused}. {answer.table.advice}", at=at)
            return
        # What it was read by is what confirming it without another word reads it by.
        current.proposal, current.answers = answer.shown, answer.answers
        current.save(update_fields=["proposal", "answers"])
        transition(current, "propose", actor=None, at=at)


def _read(upload: Upload, at: datetime) -> None:
    """The whole file as it was confirmed, put into the storage as Parquet and CSV."""
    if upload.state != UploadState.CONFIRMED:
        return
    stored: list[Stored] = []
    with files.folder() as folder:
        target, text = folder / "table.parquet", folder / "table.csv"
        sent, before = files.fetch(upload.file, folder), _before(upload.dataset, folder)
        chosen = first_look.choices(upload.answers)
        answer = read_apart(sent, folder, target, choices=chosen, csv=text, before=before)
        if not answer.table.refused:
            stored = [files.keep(target), files.keep(text)]
    kept = False
    try:
        with transaction.atomic():
            current = locked(upload)
            # It was answered otherwise while this worker read: another one reads it by these answers.
            if current.state != UploadState.CONFIRMED or current.answers != upload.answers:
                return
            if answer.table.refused:
                refuse(current, f"{answer.table.refused}. {answer.table.advice}", at=at)
                return
            # First: what was found comes with this step, by which the database tells it from what is put there later.
            transition(current, "read", actor=None, at=at)
            _write_found(current, answer, stored)
        kept = True
    finally:
        if not kept:
            files.drop([one.name for one in stored])


def _before(dataset: Dataset, folder: Path) -> Before | None:
    """The newest revision of this moment; None before the first one.

    Another revision may come in before this is published: then the difference does not hold any more.
    """
    newest = dataset.revisions.filter(number=dataset.latest).first()
    if newest is None:
        return None
    place = folder / "before"
    place.mkdir()
    parquet = files.fetch(newest.distributions.get(format=Format.PARQUET).file, place)
    return Before(newest.number, newest.schema, parquet)


def _write_found(upload: Upload, answer: Answer, stored: list[Stored]) -> None:
    """What was found, and each rejected row of which the list has room. From now on that is what is shown and asked."""
    (parquet, text), table = stored, answer.table
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                upload=upload,
                place=place,
                line=row.line,
                column=row.column,
                value=row.value[:LONGEST_VALUE],
                reason=row.reason,
            )
            for place, row in enumerate(table.rejected)
        ],
        batch_size=1000,
    )
    upload.found = {
        "schema": answer.schema,
        "profile": answer.profile,
        "difference": answer.difference,
        "table": {name: value for name, value in answer.shown.items() if name != "preview"},
        "parquet": {"size": parquet.size, "sha256": parquet.sha256},
        "csv": {"size": text.size, "sha256": text.sha256},
    }
    upload.parquet, upload.csv = parquet.name, text.name
    upload.proposal = answer.shown
    upload.save(update_fields=["found", "parquet", "csv", "proposal"])
