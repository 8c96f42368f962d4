"""Records of a CSV file one by one, with their physical lines: the careful way, which decides."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from datasets.catalogue.reading.refusals import TooLong, UnclosedQuote

# Longer than any value of a table that people make; what is longer is a quote that was never closed.
LONGEST = 1_000_000
LONGEST_LINE = 4 * LONGEST
# A table of one column has no delimiter; this one is in no text.
NO_DELIMITER = "\x1f"


@dataclass(frozen=True, slots=True)
class Record:
    """Cells as they stand in the file, first and last physical line; a `fault` instead where it cannot be split."""

    line: int
    last_line: int
    cells: list[str]
    fault: str = ""


def physical_lines(path: Path) -> Iterator[str]:
    """Lines of a UTF-8 file with their ends as they are; bytes that are not UTF-8 come as lone surrogates."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        # Bounded: a file without line ends would otherwise be one line in memory.
        while line := stream.readline(LONGEST_LINE):
            yield line


def records(
    lines: Iterable[str], delimiter: str, *, skip_space: bool = False, above: int = 0
) -> Iterator[Record]:
    """Every record, also blank ones (no cells), after so many lines `above`. Raises UnclosedQuote and
    TooLong.

    Strict: Python's reader would otherwise bend `"a" b"` into `a b"`.
    """
    csv.field_size_limit(LONGEST)
    reader = csv.reader(lines, delimiter=delimiter or NO_DELIMITER, strict=True, skipinitialspace=skip_space)
    while True:
        line = above + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            if "field larger" in str(wrong) and above + reader.line_num == line:
                raise TooLong(
                    _("a value on line %(line)d has more than %(most)d letters")
                    % {"line": line, "most": LONGEST}
                ) from wrong
            if "expected after" not in str(wrong):
                raise UnclosedQuote(
                    _("the quote that opens on line %(line)d is never closed") % {"line": line}
                ) from wrong
            yield Record(line, above + reader.line_num, [], _("a quote inside a quoted value is not doubled"))
            continue
        yield Record(line, above + reader.line_num, cells, unfit(cells))


def unfit(cells: list[str]) -> str:
    """Why no cell of this record can be kept: letters that no text has; empty where all can."""
    text = "".join(cells)
    if text.isascii():
        return _("it has a NUL byte") if "\0" in text else ""
    if "\0" in text:
        return _("it has a NUL byte")
    try:
        text.encode()
    except UnicodeEncodeError:
        return _("it has bytes that are not UTF-8")
    return ""
