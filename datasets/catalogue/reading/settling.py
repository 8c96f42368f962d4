"""Settles the kinds of the columns by all rows, writes them, and fills in what the table says of itself."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from datasets.catalogue.reading import load
from datasets.catalogue.reading.columns import Column
from datasets.catalogue.reading.load import Source
from datasets.catalogue.reading.proposals import settle
from datasets.catalogue.reading.table import LISTED, Rejected, Table
from datasets.catalogue.session import Session

# Each turn widens one column at least or learns a word for what is missing; what then does not fit is rejected.
TURNS = 6


class Untrusted(Exception):
    """The source has another number of rows than its file: it has to be read in another way."""


def settle_and_write(
    session: Session,
    source: Source,
    columns: Sequence[Column],
    table: Table,
    target: Path,
    *,
    rows: int,
    looked_to: int,
    chosen: frozenset[str] = frozenset(),
) -> list[Column]:
    """Writes the table; columns in `chosen` keep their kind. Raises Untrusted.

    `looked_to` is the last line of the first look. What did not fit in it was seen when the kind was proposed, and is
    out; what came later is asked: another kind for the column, or publish without. Until then those rows count.
    """
    columns = list(columns)
    for turn in range(TURNS):
        kept, whole = load.write(session, source, columns, target)
        read, wrong = (kept, {}) if whole else load.misfits(session, source, columns)
        if read != rows:
            raise Untrusted
        settled = [
            settle(column, wrong[i].values, wrong[i].wrong, wrong[i].total, table.ask)
            if i in wrong and column.name not in chosen
            else column
            for i, column in enumerate(columns)
        ]
        if settled == columns or turn == TURNS - 1:
            break
        columns = settled
    table.kept, table.rejected_rows = kept, table.rejected_rows + rows - kept
    late = _reject(session, source, columns, table, looked_to) if kept < rows else 0
    table.rows = kept + late
    table.nulls = load.nulls(session, target) if kept else 0
    _describe(table, columns)
    return columns


def _reject(session: Session, source: Source, columns: Sequence[Column], table: Table, looked_to: int) -> int:
    """Lists what was rejected and asks about what came after the first look; returns how many rows that are."""
    late: dict[int, list[tuple[int, str]]] = {}
    for line, place, text in load.rejected(session, source, columns, LISTED):
        column = columns[place]
        table.rejected.append(
            Rejected(line, column.name, text, _("not of type %(type)s") % {"type": column.kind.name})
        )
        if line > looked_to:
            late.setdefault(place, []).append((line, text))
    for place, found in late.items():
        line, text = found[0]
        table.ask.append(
            _(
                "type: column %(name)s is %(type)s except in %(count)d rows from line %(line)d on (%(value)s): "
                "keep all as string, or publish without these rows?"
            )
            % {
                "name": columns[place].name,
                "type": columns[place].kind.name,
                "count": len(found),
                "line": line,
                "value": text,
            }
        )
    return load.count_after(session, source, columns, looked_to) if late else 0


def _describe(table: Table, columns: Sequence[Column]) -> None:
    for column in columns:
        table.types.setdefault(column.name, column.kind.type)
        if column.kind.format:
            table.formats[column.name] = column.kind.format
        if column.missing:
            table.missing[column.name] = list(column.missing)
            words = ", ".join(column.missing)
            table.said.append(
                _("%(words)s in column %(name)s: no value") % {"words": words, "name": column.name}
            )
    if not table.rows:
        table.said.append(_("no rows"))
