"""Records on their way to DuckDB: as JSON lines, which keep every letter, line breaks too."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from datasets.catalogue.reading.layout import LOOK
from datasets.catalogue.reading.load import Source
from datasets.catalogue.reading.records import Record
from datasets.catalogue.reading.refusals import Unreadable
from datasets.catalogue.reading.table import LISTED, Rejected
from datasets.catalogue.session import quoted

# More than a file of 100 MB has that writes each of its cells: lines of JSON may leave out all but a few.
MOST_CELLS = 50_000_000
NUMERIC = re.compile(r"[-+]?\d[\d.,]*([eE][-+]?\d+)?", re.ASCII)


@dataclass
class Staged:
    """What was written: how many rows, the first of them, and what could not be a row."""

    source: Source
    rows: int = 0
    blank: int = 0
    faults: int = 0
    first_blank: int = 0
    sample: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def reject(self, row: Record, reason: str) -> None:
        """Counts a record that is no row, and lists it while the list is not full."""
        self.faults += 1
        if len(self.rejected) < LISTED:
            self.rejected.append(Rejected(row.line, "", "", reason))


def stage(records: Iterable[Record], width: int, path: Path) -> Staged:
    """Writes what has `width` cells; the rest is rejected, and blank lines are counted."""
    # Arrays and not objects: half the time in Python, and in DuckDB.
    cells = ", ".join(f"nullif(row[{place + 2}], '') AS c{place}" for place in range(width))
    relation = (
        f"(SELECT CAST(row[1] AS BIGINT) AS line, {cells} FROM read_json({quoted(path)}, "
        "format = 'newline_delimited', records = 'false', columns = {row: 'VARCHAR[]'}, "
        "maximum_object_size = 67108864))"
    )
    staged = Staged(Source(relation, relation))
    with path.open("w", encoding="utf-8") as out:
        out.writelines(_lines(records, width, staged))
    return staged


def _lines(records: Iterable[Record], width: int, staged: Staged) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    for row in records:
        cells = row.cells or ([""] if width == 1 and not row.fault else [])
        if row.fault:
            staged.reject(row, row.fault)
        elif not cells:
            staged.blank += 1
            staged.first_blank = staged.first_blank or row.line
        elif len(cells) != width:
            staged.reject(
                row,
                _("it has %(has)d values, the table has %(width)d columns")
                % {"has": len(cells), "width": width},
            )
        else:
            staged.rows += 1
            if staged.rows * width > MOST_CELLS:
                raise Unreadable(_("it has more than %(count)d cells") % {"count": MOST_CELLS})
            if len(staged.sample) < LOOK:
                staged.sample.append(replace(row, cells=cells))
            yield encode([str(row.line), *cells]) + "\n"
