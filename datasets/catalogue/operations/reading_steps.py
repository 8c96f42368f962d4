"""What workers do for an upload: look at it, and read it. Nothing of it is seen before it is whole."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.core import work
from civic.core.states import transition
from datasets.catalogue import differences, files, profiling
from datasets.catalogue.files import Stored
from datasets.catalogue.models import Dataset, RejectedRow, Upload, UploadStep
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
        if current.is_worked_on:
            fault = _(
                "Something broke on our side while this file was read. We look into it; please try it again later."
            )
            refuse(current, fault, at=at)


def _propose(upload: Upload, at: datetime) -> None:
    """The first look, with what was answered about earlier files of the dataset."""
    if upload.state != UploadState.RECEIVED:
        return
    with files.folder() as folder:
        table, looked = _look(upload, folder, upload.dataset.answers)
    with transaction.atomic():
        current = locked(upload)
        # Given up meanwhile, or another worker was faster after a lease that was too short.
        if current.state != UploadState.RECEIVED:
            return
        if table.refused:
            refuse(current, f"{table.refused}. {table.advice}", at=at)
            return
        current.proposal = summary(table) | {"preview": looked}
        current.save(update_fields=["proposal"])
        transition(current, "propose", actor=None, at=at)


def _look(upload: Upload, folder: Path, answers: dict[str, Any]) -> tuple[Table, list[list[Any]]]:
    target = folder / "table.parquet"
    table = read(files.fetch(upload.file, folder), folder, target, choices=choices(answers))
    if table.refused or not table.kept:
        return table, []
    return table, profiling.profile(target, folder)["first"]


def _read(upload: Upload, at: datetime) -> None:
    """The whole file as it was confirmed, put into the storage as Parquet and CSV."""
    if upload.state != UploadState.CONFIRMED:
        return
    stored: list[Stored] = []
    with files.folder() as folder:
        target, text = folder / "table.parquet", folder / "table.csv"
        table = read(files.fetch(upload.file, folder), folder, target, choices=choices(upload.answers))
        if table.kept and not table.refused:
            profile = profiling.profile(target, folder, text)
            schema = profiling.table_schema(table)
            difference = _difference(upload.dataset, schema, target, folder)
            stored = [files.keep(target), files.keep(text)]
    kept = False
    try:
        with transaction.atomic():
            current = locked(upload)
            if current.state != UploadState.CONFIRMED:
                return
            if not stored:
                nothing = _("No row of it fits the types that were chosen.")
                refuse(current, f"{table.refused}. {table.advice}" if table.refused else nothing, at=at)
                return
            found = {"schema": schema, "profile": profile, "difference": difference}
            _write_found(current, table, found, stored)
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


def _write_found(upload: Upload, table: Table, found: dict[str, Any], stored: list[Stored]) -> None:
    """What was found, and each rejected row of which the list has room."""
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
        "table": summary(table),
        "parquet": {"size": parquet.size, "sha256": parquet.sha256},
        "csv": {"size": text.size, "sha256": text.sha256},
    }
    upload.parquet, upload.csv = parquet.name, text.name
    if upload.proposal is None or upload.proposal["header"] != table.header:
        # By another delimiter or encoding it has other columns, of which nothing was asked or answered yet.
        upload.proposal = summary(table) | {"preview": found["profile"]["first"]}
    upload.save(update_fields=["found", "parquet", "csv", "proposal"])


def choices(answers: dict[str, Any]) -> Choices:
    """Answers as the reader takes them; of a dataset that has none yet, none."""
    return Choices(answers.get("encoding", ""), answers.get("delimiter", ""), answers.get("types", {}))


def summary(table: Table) -> dict[str, Any]:
    """The table without its rejected rows, which have rows of their own."""
    told = table.as_dict()
    return {
        name: value for name, value in told.items() if name not in ("rejected", "rejected_lines", "refused")
    }
