"""Whether a CSV file is so plain that DuckDB reads it as it stands; what is not goes record by record.

DuckDB takes `"x" ,` and ` "x"` for x, a delimiter too many at the end of a line for none, blank lines for nothing,
and CRLF inside quotes for LF, and says nothing. Such files are found here by their bytes.
"""

import re
from collections import Counter
from itertools import islice
from pathlib import Path

from datasets.catalogue.reading.encoding import chunks
from datasets.catalogue.reading.layout import Layout
from datasets.catalogue.reading.load import Source
from datasets.catalogue.reading.records import NO_DELIMITER
from datasets.catalogue.session import quoted


def rows_of_plain(path: Path, layout: Layout) -> int | None:
    """How many rows DuckDB has to find in the file; None where it is not to be trusted with it.

    One row a physical line: with a line break inside quotes the numbers differ, and the file is read again.
    """
    end, delimiter = _ends(path), layout.delimiter.encode()
    if layout.skip_space or not end or not layout.delimiter.isascii():
        return None
    found = _count(path, delimiter or NO_DELIMITER.encode())
    # Each line ends in one way, or DuckDB and Python count lines differently.
    if found[b"\r"] != (found[b"\n"] if end == b"\r\n" else 0):
        return None
    if any(
        found[reason] for reason in (b"\0", b"lone", b"odd", *([] if delimiter else [NO_DELIMITER.encode()]))
    ):
        return None
    rows = found[b"\n"] + found[b"unended"] - layout.start
    if delimiter and not found[b'"'] and (end == b"\n" or found[b"trailing"]):
        # Each delimiter parts two values: one too many somewhere shows in their number.
        with path.open("rb") as stream:
            above = b"".join(islice(stream, layout.start)).count(delimiter)
        delimiters = sum(chunk.count(delimiter) for chunk in chunks(path)) - above
        return rows if delimiters == rows * (layout.width - 1) else None
    return rows


def _count(path: Path, delimiter: bytes) -> Counter[bytes]:
    """What stands in the file, and how often; of what settles the answer by being there only whether it does."""
    mark = re.escape(delimiter)
    # A quote that neither begins nor ends a value: beside a space, within a word. And a delimiter before a line's end.
    odd = re.compile(b'"(?<![' + mark + b'\r\n"]")(?=[^' + mark + b'\r\n"])|' + mark + rb"\r?\n")
    lone, trailing = re.compile(rb"\r[^\n]"), re.compile(rb"\r(?<=" + mark + rb"\r)")
    either = re.compile(rb"\r(?:[^\n]|(?<=" + mark + rb"\r))")
    found: Counter[bytes] = Counter()
    last = b"\n\n"
    for chunk in chunks(path):
        found[b"\n"] += chunk.count(b"\n")
        found.update(sign for sign in (b"\0", b'"', NO_DELIMITER.encode()) if sign in chunk)
        # Also across the border of chunks.
        border = last + chunk[:2]
        if b"\r" in border or b"\r" in chunk:
            found[b"\r"] += chunk.count(b"\r")
            for part in filter(either.search, (border, chunk)):
                found[b"lone"] += bool(lone.search(part))
                found[b"trailing"] += bool(trailing.search(part))
        # Not before there is a quote: looking takes longer than all the rest.
        found[b"odd"] += bool(found[b'"'] and odd.search(last + chunk, 1))
        last = (last + chunk[-2:])[-2:]
    found[b"lone"] += last.endswith(b"\r")
    found[b"trailing"] += last.endswith(delimiter)
    found[b"odd"] += bool(found[b'"'] and last.endswith(delimiter))
    found[b"unended"] = not last.endswith(b"\n")
    return found


def _ends(path: Path) -> bytes:
    """How the first line ends; empty where it ends as no line does that DuckDB counts."""
    with path.open("rb") as stream:
        first = stream.readline()
    if first.endswith(b"\r\n"):
        return b"\r\n"
    return b"" if b"\r" in first else b"\n"


def source(path: Path, layout: Layout) -> Source:
    """The file itself as a relation: everything as text."""
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(layout.width))
    # No new_line: what DuckDB 2.0 does with '\r\n' for it loses rows; without, it knows both ends.
    relation = (
        f"read_csv({quoted(path)}, auto_detect = false, header = false, skip = {layout.start}, "
        f"columns = {{{columns}}}, delim = {quoted(layout.delimiter or NO_DELIMITER)}, quote = '\"', escape = '\"', "
        "strict_mode = true, null_padding = false)"
    )
    # DuckDB keeps the order of the file, and a plain file has a row in each line.
    lines = f"(SELECT *, row_number() OVER () + {layout.start} AS line FROM {relation})"
    return Source(relation, lines)
