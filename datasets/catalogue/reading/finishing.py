"""The last part of every way of reading: columns, values, and the file in its place."""

import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from datasets.catalogue.reading.columns import MISSING, STRING, Column, kind_named
from datasets.catalogue.reading.load import Source
from datasets.catalogue.reading.proposals import propose
from datasets.catalogue.reading.records import Record
from datasets.catalogue.reading.settling import settle_and_write
from datasets.catalogue.reading.staging import Staged
from datasets.catalogue.reading.table import Choices, Table
from datasets.catalogue.session import Session, locked


@dataclass(frozen=True)
class Task:
    """What is read, with what was chosen, and where it goes."""

    path: Path
    folder: Path
    target: Path
    choices: Choices
    languages: tuple[str, ...]
    careful: bool


def columns_of(
    task: Task, table: Table, sample: Sequence[Record], delimiter: str, texts: Collection[int] = ()
) -> list[Column]:
    """Columns as chosen, else as proposed by the first rows. `texts`: those whose numbers are text."""
    columns = []
    for place, name in enumerate(table.header):
        if name in task.choices.types:
            kind = kind_named(task.choices.types[name])
            columns.append(Column(name, kind, () if kind == STRING else tuple(sorted(MISSING))))
        else:
            cells = [row.cells[place] for row in sample]
            columns.append(propose(name, cells, delimiter, table.ask, text=place in texts))
    return columns


def finish(
    task: Task, table: Table, staged: Staged, delimiter: str = "", texts: Collection[int] = ()
) -> Table:
    """The table from what was staged."""
    columns = columns_of(task, table, staged.sample, delimiter, texts)
    table.first = staged.sample[0].cells if staged.sample else []
    table.rejected += staged.rejected
    table.rejected_rows += staged.faults
    with locked(task.folder) as session:
        write_table(task, session, staged.source, columns, table, staged.sample, staged.rows)
    table.rejected.sort(key=lambda row: row.line)
    return table


def write_table(
    task: Task,
    session: Session,
    source: Source,
    columns: Sequence[Column],
    table: Table,
    sample: Sequence[Record],
    rows: int,
) -> None:
    written = task.folder / "table.parquet"
    settle_and_write(
        session,
        source,
        columns,
        table,
        written,
        rows=rows,
        looked_to=sample[-1].line if sample else 0,
        chosen=frozenset(task.choices.types),
    )
    publish(written, task.target)


def publish(written: Path, target: Path) -> None:
    """Puts a whole file in its place at once: whoever reads `target` sees all of it or nothing.

    Beside the target first, as only a renaming within one file system is a single step; on the disk before it has the
    name, or a loss of power could leave the name with nothing behind it.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.move(written, partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
