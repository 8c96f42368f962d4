"""What workers do for an upload: look at it, and read it. Nothing of it is seen before it is whole."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.core import work
from civic.core.states import transition
from datasets.catalogue import differences, files, profiling
from datasets.catalogue.files import Stored
from datasets.catalogue.models import Dataset, RejectedRow, Upload, UploadStep
from datasets.catalogue.operations import first_look
from datasets.catalogue.operations.uploads import locked, refuse
from datasets.catalogue.reading import Choices, Table, read
from datasets.catalogue.states import UploadState
from datasets.catalogue.vocabularies import Format

# Of a value that was rejected so much is shown.
LONGEST_VALUE = 1000


def run_steps(*, at: datetime | None = None) -> int:
    """Looks at and reads what waits; returns how many steps were taken."""
    return work.run(UploadStep, _take, at=at, limit=20)


def _take(job: UploadStep, at: datetime) -> None:
    """One step. After the last try the upload is refused: nobody should wait for it for ever."""
    step = {UploadStep.Step.PROPOSE: _propose, UploadStep.Step.READ: _read}[UploadStep.Step(job.step)]
    upload = Upload.objects.select_related("dataset__publisher").get(pk=job.upload_id)
    try:
        step(upload, at)
    except Exception:
        if job.used_up:
            _give_up(upload, at)
        raise


def _give_up(upload: Upload, at: datetime) -> None:
    with transaction.atomic():
        current = locked(upload)
        # Not one that was answered anew: another step reads it.
        if (current.state, current.answers) == (upload.state, upload.answers) and current.is_worked_on:
            fault = _(
                "Something broke on our side while this file was read. We look into it; please try it again later."
            )
            refuse(current, fault, at=at)


def _propose(upload: Upload, at: datetime) -> None:
    """The first look, with what was answered about earlier files of the dataset."""
    if upload.state != UploadState.RECEIVED:
        return
    with files.folder() as folder:
        target = folder / "table.parquet"
        remembered = first_look.choices(upload.dataset.answers)
        sent = files.fetch(upload.file, folder)
        read_by = partial(_read_by, sent, folder, target)
        table, chosen = first_look.look(sent, remembered, read_by)
        proposal = {} if table.refused else _shown(table, profiling.profile(target, folder), target, folder)
    with transaction.atomic():
        current = locked(upload)
        # Given up meanwhile, or another worker was faster after a lease that was too short.
        if current.state != UploadState.RECEIVED:
            return
        if table.refused:
            refuse(current, f"{table.refused}. {table.advice}", at=at)
            return
        # What it was read by is what confirming it without another word reads it by.
        current.proposal, current.answers = proposal, first_look.answers_of(chosen)
        current.save(update_fields=["proposal", "answers"])
        transition(current, "propose", actor=None, at=at)


def _read_by(sent: Path, folder: Path, target: Path, chosen: Choices) -> Table:
    return read(sent, folder, target, choices=chosen)


def _shown(table: Table, profile: dict[str, Any], target: Path, folder: Path) -> dict[str, Any]:
    """What the page shows and asks of a read: the table, its first rows, and words for yes and no."""
    words = first_look.yes_no_words(table, profile, target, folder)
    return first_look.summary(table, words) | {"preview": profile["first"]}


def _read(upload: Upload, at: datetime) -> None:
    """The whole file as it was confirmed, put into the storage as Parquet and CSV."""
    if upload.state != UploadState.CONFIRMED:
        return
    stored: list[Stored] = []
    with files.folder() as folder:
        target, text = folder / "table.parquet", folder / "table.csv"
        chosen = first_look.choices(upload.answers)
        table = _read_by(files.fetch(upload.file, folder), folder, target, chosen)
        if not table.refused:
            profile = profiling.profile(target, folder, text)
            schema = profiling.table_schema(table)
            difference = _difference(upload.dataset, schema, target, folder)
            shown = _shown(table, profile, target, folder)
            stored = [files.keep(target), files.keep(text)]
    kept = False
    try:
        with transaction.atomic():
            current = locked(upload)
            # It was answered otherwise while this worker read: another one reads it by these answers.
            if current.state != UploadState.CONFIRMED or current.answers != upload.answers:
                return
            if table.refused:
                refuse(current, f"{table.refused}. {table.advice}", at=at)
                return
            found = {"schema": schema, "profile": profile, "difference": difference}
            _write_found(current, table, found, shown, stored)
            transition(current, "read", actor=None, at=at)
        kept = True
    finally:
        if not kept:
            files.drop([one.name for one in stored])


def _difference(
    dataset: Dataset, schema: dict[str, Any], target: Path, folder: Path
) -> dict[str, Any] | None:
    """What it has that the newest revision of this moment has not; None before the first one.

    Another revision may come in before this is published: then it does not hold any more (`publish_revision`).
    """
    newest = dataset.revisions.filter(number=dataset.latest).first()
    if newest is None:
        return None
    columns = differences.of_columns(newest.schema, schema)
    shared = [field["name"] for field in schema["fields"] if field["name"] not in columns["added"]]
    place = folder / "before"
    place.mkdir()
    before = files.fetch(newest.distributions.get(format=Format.PARQUET).file, place)
    return {
        "from": newest.number,
        "columns": columns,
        "rows": differences.of_rows(before, target, shared, folder),
    }


def _write_found(
    upload: Upload, table: Table, found: dict[str, Any], shown: dict[str, Any], stored: list[Stored]
) -> None:
    """What was found, and each rejected row of which the list has room. From now on that is what is shown and asked."""
    parquet, text = stored
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
    upload.found = found | {
        "table": {name: value for name, value in shown.items() if name != "preview"},
        "parquet": {"size": parquet.size, "sha256": parquet.sha256},
        "csv": {"size": text.size, "sha256": text.sha256},
    }
    upload.parquet, upload.csv = parquet.name, text.name
    upload.proposal = shown
    upload.save(update_fields=["found", "parquet", "csv", "proposal"])
