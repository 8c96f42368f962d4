"""CSV and TSV: by DuckDB where a file is plain, else record by record."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from datasets.catalogue.reading import formats, plain
from datasets.catalogue.reading.encoding import Encoding, bad_utf8, find_encoding, propose, rewrite
from datasets.catalogue.reading.finishing import Task, columns_of, finish, write_table
from datasets.catalogue.reading.layout import LOOK, Layout, above_as_rejected, find_layout
from datasets.catalogue.reading.records import Record, physical_lines, records
from datasets.catalogue.reading.settling import Untrusted
from datasets.catalogue.reading.staging import stage
from datasets.catalogue.reading.table import Table
from datasets.catalogue.session import locked

# Letters of the first look, and lines of it that may stand above the rows.
LONGEST_LOOK = 1 << 22
HEADS = 200


def read_csv(task: Task) -> Table:
    if task.choices.encoding:
        return _read_text(task, Encoding(task.choices.encoding))
    return _read_text(task, find_encoding(task.path, task.languages))


def _read_text(task: Task, encoding: Encoding) -> Table:
    """By DuckDB where the file is plain, else record by record."""
    path = task.path
    if encoding.name != "utf-8":
        path = task.folder / "text.csv"
        rewrite(task.path, encoding.name, path)
    layout = find_layout(*_look(path), delimiter=task.choices.delimiter)
    if table := _fast(task, encoding, path, layout):
        return table
    if encoding.name == "utf-8" and encoding.certain and not task.choices.encoding:
        bad, mostly = bad_utf8(path)
        if bad and not mostly:
            return _read_text(task, propose(bad, task.languages))
    table = _begun(encoding, layout)
    found = _after_header(path, layout)
    staged = stage(found, layout.width, task.folder / "rows.jsonl")
    if staged.blank and layout.width > 1:
        words = {"count": staged.blank, "line": staged.first_blank}
        table.said.append(_("%(count)d blank lines were passed over, the first in line %(line)d") % words)
    staged.sample = _sample(layout)
    return finish(task, table, staged, layout.delimiter)


def _fast(task: Task, encoding: Encoding, path: Path, layout: Layout) -> Table | None:
    """The table as DuckDB reads the file itself; None where that cannot be trusted."""
    rows = None if task.careful else plain.rows_of_plain(path, layout)
    if rows is None:
        return None
    table = _begun(encoding, layout)
    sample = _sample(layout)
    columns = columns_of(task, table, sample, layout.delimiter)
    table.first = sample[0].cells if sample else []
    try:
        with locked(task.folder, path) as session:
            write_table(task, session, plain.source(path, layout), columns, table, sample, rows)
    except (Untrusted, duckdb.Error):
        # Late lines that DuckDB refuses or passes over: the careful way finds which, and says why.
        return None
    return table


def _sample(layout: Layout) -> list[Record]:
    """Rows of the first look; in a table of one column a blank line is a row without a value."""
    rows = layout.sample
    if layout.width == 1:
        rows = [replace(row, cells=row.cells or [""]) for row in rows]
    return [row for row in rows if len(row.cells) == layout.width and not row.fault][:LOOK]


def _begun(encoding: Encoding, layout: Layout) -> Table:
    """What the layout says of the table."""
    table = Table(formats.CSV, encoding.name, layout.delimiter, layout.names, skipped_lines=layout.skipped)
    table.said, table.ask = list(layout.said), list(layout.ask)
    table.rejected = above_as_rejected(layout)
    table.rejected_rows = len(table.rejected)
    if not encoding.certain:
        others = ", ".join(encoding.others) or "–"
        table.ask.append(
            _("encoding: %(name)s is a guess; others would be %(others)s")
            % {"name": encoding.name, "others": others}
        )
    return table


def _look(path: Path) -> tuple[list[str], bool]:
    """The first lines of a file, and whether these are all."""
    lines: list[str] = []
    size = 0
    for line in physical_lines(path):
        if len(lines) > LOOK + HEADS or size > LONGEST_LOOK:
            return lines, False
        lines.append(line)
        size += len(line)
    return lines, True


def _after_header(path: Path, layout: Layout) -> Iterator[Record]:
    """Records with their lines in the file, from the first row on."""
    lines = physical_lines(path)
    for _line in range(layout.start):
        next(lines)
    yield from records(lines, layout.delimiter, skip_space=layout.skip_space, above=layout.start)
