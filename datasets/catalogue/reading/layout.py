"""How the lines of a table are laid out: delimiter, skipped lines, header. Found in the first look, then confirmed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from datasets.catalogue.reading.records import NO_DELIMITER, Record, records
from datasets.catalogue.reading.refusals import EmptyFile, TooLong, UnclosedQuote, Unreadable
from datasets.catalogue.reading.table import Rejected

DELIMITERS = (",", ";", "\t", "|")
SEP_LINE = re.compile(r"sep=(.)\r?\n?$")
VALUE = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/TZ -]*%?$")
YEAR = re.compile(r"(19|20)\d\d$")
ORDINALS = (*("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),)
# More are a table that lies on its side, or no table.
MOST_COLUMNS = 2_000
# Rows of the first look.
LOOK = 1_000
# So many filled lines above a table may be its title; more are rows that this table has no place for.
TITLES = 10
# Letters of a line that are shown.
SHOWN = 200


@dataclass
class Layout:
    """`start` is the number of physical lines before the first row, `skipped` of those before the header.

    `above` are the filled ones among the skipped.
    """

    delimiter: str
    names: list[str]
    skipped: int
    start: int
    skip_space: bool = False
    above: list[Record] = field(default_factory=list)
    sample: list[Record] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    ask: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.names)


def find_layout(lines: Sequence[str], whole: bool, *, delimiter: str = "") -> Layout:
    """The layout by the first lines of a file; `whole`: there are no more. Raises EmptyFile,
    UnclosedQuote and TooLong."""
    if not "".join(lines).strip():
        raise EmptyFile
    if delimiter and (len(delimiter) > 1 or delimiter in '"\r\n\0'):
        raise Unreadable(_("a delimiter is one sign, and neither a quote nor a line's end"))
    above, said = 0, []
    if mark := SEP_LINE.match(lines[0]):
        above, delimiter = 1, delimiter or mark[1]
        said.append(_("line 1 names the delimiter and was skipped"))
    body = lines[above:]
    tried, unclosed = _tried(body, [delimiter] if delimiter else DELIMITERS, whole, above)
    found = {one: (share_of_tables(rows), commonest(rows), rows) for one, rows in tried.items()}
    best = max(found, key=lambda one: found[one][:2])
    best = _of_the_first_line({one: rows for one, (share, _, rows) in found.items() if share}, best)
    share, width, rows = found[best]
    # Of one that parts no table a quote left open says nothing, unless none makes a table.
    if unclosed and (best in unclosed or not share):
        raise unclosed.get(best) or next(iter(unclosed.values()))
    if not share:
        best, width = "", 1
        rows = split(body, NO_DELIMITER, whole=whole, above=above)
    spaced = (
        bool(best)
        and all(f'{best}"' not in line for line in body)
        and any(f'{best} "' in line for line in body)
    )
    if spaced:
        rows = split(body, best, whole=whole, skip_space=True, above=above)
        said.append(_("spaces between a delimiter and the next value were left out"))
    layout = with_header(rows, width, above)
    layout.delimiter, layout.skip_space, layout.said = best, spaced, said + layout.said
    return layout


def _tried(
    body: Sequence[str], delimiters: Sequence[str], whole: bool, above: int
) -> tuple[dict[str, list[Record]], dict[str, UnclosedQuote]]:
    """Records by each delimiter, those before a quote that it leaves open, and that quote.

    What parts a long line nowhere is none, unless all are such.
    """
    tried: dict[str, list[Record]] = {}
    unclosed: dict[str, UnclosedQuote] = {}
    for one in delimiters:
        try:
            tried[one] = split(body, one, whole=whole, above=above)
        except UnclosedQuote as quote:
            unclosed[one] = quote
            tried[one] = split(body, one, whole=False, above=above)
        except TooLong:
            if one == delimiters[-1] and not tried:
                raise
    return tried, unclosed


def split(
    lines: Iterable[str], delimiter: str, *, whole: bool, skip_space: bool = False, above: int = 0
) -> list[Record]:
    """Records of the first lines; the last one, which may be cut, only where there are no more lines."""
    found: list[Record] = []
    try:
        found.extend(records(lines, delimiter, skip_space=skip_space, above=above))
    except UnclosedQuote:
        if whole:
            raise
        return found
    return found if whole else found[:-1]


def commonest(rows: Sequence[Record]) -> int:
    """The number of cells that most records have; of equals one that makes a table, and the first of those."""
    widths = Counter(len(row.cells) for row in rows if row.cells)
    return max(widths, key=lambda one: (widths[one], one > 1), default=0)


def share_of_tables(rows: Sequence[Record]) -> float:
    """The share of records that have the commonest number of cells; 0 where this delimiter makes no table."""
    width, filled = commonest(rows), [row for row in rows if row.cells]
    share = sum(len(row.cells) == width for row in filled) / max(1, len(filled))
    parted = all(len(row.cells) > 1 for row in filled)
    return share if width > 1 and (share > 0.5 or parted) else 0


def _of_the_first_line(tables: dict[str, list[Record]], best: str) -> str:
    """The delimiter that the first line has, where it lacks `best`: decimal commas part the rows alone."""
    for one, rows in tables.items():
        first = next(row for row in rows if row.cells)
        if one != best and len(first.cells) == commonest(rows) and best not in "".join(first.cells):
            return one
    return best


def with_header(rows: Sequence[Record], width: int, above: int = 0) -> Layout:
    """Where the table begins among records of which most have `width` cells, and what its columns are called.

    Of `above` lines something has been said already.
    """
    begin = next((i for i, row in enumerate(rows) if _fits(row, width)), 0)
    begin += padded_titles(rows[begin:])
    if begin >= len(rows):
        raise EmptyFile
    if width > MOST_COLUMNS:
        raise Unreadable(_("it has more than %(count)d columns") % {"count": MOST_COLUMNS})
    head, skipped = rows[begin], rows[begin].line - 1
    layout = Layout("", [], skipped, head.last_line, sample=list(rows[begin + 1 :]))
    leave_out(rows[:begin], layout)
    if skipped > above:
        layout.said.append(_("%(count)d lines above the table were skipped") % {"count": skipped})
    if is_header(head.cells, layout):
        layout.names = named(head.cells, layout.said)
    else:
        layout.names = [f"column_{place}" for place in range(1, width + 1)]
        layout.start, layout.sample = skipped, list(rows[begin:])
        layout.said.append(_("no line with names of columns was found"))
    return layout


def padded_titles(rows: Sequence[Record]) -> int:
    """How many lines a spreadsheet has filled up with delimiters: one cell of three or more, above names in all."""
    count = next((i for i, row in enumerate(rows) if len(row.cells) < 3 or sum(map(bool, row.cells)) > 1), 0)
    names = rows[count].cells if count else []
    full = all(name.strip() and not VALUE.match(name.strip()) for name in names)
    return count if full and count <= TITLES else 0


def leave_out(rows: Iterable[Record], layout: Layout) -> None:
    """Asks about the filled ones of these rows above the table."""
    layout.above = [row for row in rows if row.fault or any(map(str.strip, row.cells))]
    if layout.above:
        first = next((cell.strip() for cell in layout.above[0].cells if cell.strip()), "–")
        layout.ask.append(
            _("lines above: %(count)d filled lines above the table are left out, the first is %(value)s")
            % {"count": len(layout.above), "value": first[:SHOWN]}
        )


def above_as_rejected(layout: Layout) -> list[Rejected]:
    """Of lines above the table those that are more than a title."""
    if len(layout.above) <= TITLES:
        return []
    reason = _("it stands above the table")
    return [Rejected(row.line, "", layout.delimiter.join(row.cells)[:SHOWN], reason) for row in layout.above]


def is_header(cells: Sequence[str], layout: Layout) -> bool:
    """Names, and no values; years beside a name are asked."""
    values = [cell.strip() for cell in cells if VALUE.match(cell.strip())]
    if not values:
        return True
    if len(values) < len(cells) and all(YEAR.match(value) for value in values):
        layout.ask.append(_("header: do the years in the first line name columns, or is it a row?"))
        return True
    # A number of a survey's answer, a code: what is a name in no other cell may be one here.
    return len(values) * 2 < len(cells) and not any(cell == "" for cell in cells)


def named(cells: Sequence[str], said: list[str]) -> list[str]:
    """Names that are there and differ, as the file has them where it can be; what was given anew is said."""
    counts = Counter(cells)
    for name, count in counts.items():
        if name and count == 2:
            said.append(_("column name %(name)s appears twice") % {"name": name})
        elif name and count > 2:
            said.append(_("column name %(name)s appears %(count)d times") % {"name": name, "count": count})
    # DuckDB tells no capitals from small letters in names of columns.
    given = {cell.casefold() for cell in cells}
    names: dict[str, str] = {}
    for place, cell in enumerate(cells, 1):
        if not cell:
            which = ORDINALS[place - 1] if place <= len(ORDINALS) else f"{place}th"
            said.append(_("%(which)s column has no name") % {"which": which})
        wanted = name = cell or f"column_{place}"
        turn = 1
        while name.casefold() in names or (name != cell and name.casefold() in given):
            turn += 1
            name = f"{wanted}_{turn}"
        if name != wanted and counts[cell] == 1:
            said.append(
                _("column %(cell)s is called %(name)s: names have to differ by more than capitals")
                % {"cell": cell, "name": name}
            )
        names[name.casefold()] = name
    return list(names.values())


def _fits(row: Record, width: int) -> bool:
    return len(row.cells) == width and not row.fault and (width > 1 or bool(row.cells[0]))
