"""Reads a file as a table: what it is, how it is laid out, which values it has, and what of it cannot be kept."""

from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from datasets.catalogue.reading import formats
from datasets.catalogue.reading.delimited import read_csv
from datasets.catalogue.reading.documents import Features, Objects
from datasets.catalogue.reading.finishing import Task, finish
from datasets.catalogue.reading.layout import LOOK, TITLES, Layout, leave_out, with_header
from datasets.catalogue.reading.parquet import read_parquet_file
from datasets.catalogue.reading.refusals import EmptyFile, Unreadable
from datasets.catalogue.reading.sheets import Sheet
from datasets.catalogue.reading.staging import Staged, stage
from datasets.catalogue.reading.table import Choices, Table


def read(
    path: Path,
    folder: Path,
    target: Path,
    *,
    choices: Choices | None = None,
    languages: tuple[str, ...] = ("en", "de", "el"),
    careful: bool = False,
) -> Table:
    """The file as a table, written to `target` as Parquet; `folder` is for what is needed on the way.

    `careful` reads a plain CSV file record by record, too: the answer is the same (a test compares), at more cost.

    A file that is none gives a table that says why (`refused`), and nothing is written.
    """
    kind = ""
    try:
        kind = formats.format_of(path)
        reader = {
            formats.CSV: read_csv,
            formats.XLSX: _read_sheet,
            formats.JSON_LINES: _read_objects,
            formats.GEOJSON: _read_features,
            formats.PARQUET: read_parquet_file,
        }[kind]
        return reader(Task(path, folder, target, choices or Choices(), languages, careful))
    except Unreadable as refusal:
        return Table(kind, refused=str(refusal.detail), advice=str(refusal.advice))


def _read_sheet(task: Task) -> Table:
    sheet = Sheet(task.path)
    rows = list(islice(sheet.records(), LOOK))
    filled = [row for row in rows if row.cells]
    if not filled:
        raise EmptyFile
    width = len(filled[0].cells)
    # A title stands alone in its row; the header is the first row with more than that, unless it comes too late: then
    # rows of one column have a note beside them.
    wide = next((row for row in filled[: TITLES + 1] if sum(map(bool, row.cells)) > 1), filled[0])
    layout = with_header([row for row in filled if row.line >= wide.line], width)
    leave_out([row for row in filled if row.line < wide.line], layout)
    table = Table(formats.XLSX, header=layout.names, skipped_lines=wide.line - 1)
    table.said, table.ask = sheet.said + layout.said, sheet.ask + layout.ask
    sheet.forget()
    staged = _staged(task, sheet, layout)
    if sheet.days & sheet.times:
        # Known after all rows only: days of such a column are midnights.
        staged = _staged(task, sheet, layout)
    if staged.blank:
        words = {"count": staged.blank, "line": staged.first_blank}
        table.said.append(_("%(count)d empty rows were passed over, the first is row %(line)d") % words)
    return finish(task, table, staged, texts=sheet.texts)


def _staged(task: Task, sheet: Sheet, layout: Layout) -> Staged:
    return stage(sheet.records(layout.start), layout.width, task.folder / "rows.jsonl")


def _read_objects(task: Task) -> Table:
    objects = Objects(task.path)
    table = Table(formats.JSON_LINES, "utf-8", header=objects.names, said=objects.said, ask=objects.ask)
    return finish(
        task,
        table,
        stage(objects.records(), len(objects.names), task.folder / "rows.jsonl"),
        texts=objects.texts,
    )


def _read_features(task: Task) -> Table:
    features = Features(task.path)
    table = Table(formats.GEOJSON, "utf-8", header=features.names, said=features.said, ask=features.ask)
    table.types[features.geometry_column] = "geojson"
    return finish(
        task,
        table,
        stage(features.records(), len(features.names), task.folder / "rows.jsonl"),
        texts=features.texts,
    )
