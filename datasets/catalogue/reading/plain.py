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
from datasets.catalogue.reading.session import quoted


def rows_of_plain(path: Path, layout: Layout) -> int | None:
    """How many rows DuckDB has to find in the file; None where it is not to be trusted with it.

    One row a physical line: with a line break inside quotes the numbers differ, and the file is read again.
    """
    end, delimiter = _ends(path), layout.delimiter.encode()
    if layout.skip_space or not end:
        return None
    found = _count(path, delimiter)
    crlf = found[b"\r\n"] if end == b"\r\n" else 0
    if found[b"\0"] or found[b"\r"] != crlf or (crlf and crlf != found[b"\n"]) or found[b"odd"]:
        return None
    rows = found[b"\n"] + found[b"unended"] - layout.start
    if delimiter and not found[b'"']:
        # Each delimiter parts two values: one too many somewhere shows in their number.
        with path.open("rb") as stream:
            above = b"".join(islice(stream, layout.start)).count(delimiter)
        return rows if found[delimiter] - above == rows * (layout.width - 1) else None
    return rows


def _count(path: Path, delimiter: bytes) -> Counter[bytes]:
    """What stands in the file, and how often; of what settles the answer by being there only whether it does."""
    mark = re.escape(delimiter or NO_DELIMITER.encode())
    # A quote that neither begins nor ends a value: beside a space, within a word. And a delimiter before a line's end.
    odd = re.compile(b'"(?<![' + mark + b'\r\n"]")(?=[^' + mark + b'\r\n"])|' + mark + rb"\r?\n")
    found: Counter[bytes] = Counter()
    last = b"\n"
    for chunk in chunks(path):
        found[b"\n"] += chunk.count(b"\n")
        found[delimiter] += chunk.count(delimiter) if delimiter else 0
        found[b"\0"] += b"\0" in chunk or (not delimiter and NO_DELIMITER.encode() in chunk)
        if b"\r" in chunk:
            found[b"\r"] += chunk.count(b"\r")
            found[b"\r\n"] += chunk.count(b"\r\n")
        found[b"\r\n"] += last.endswith(b"\r") and chunk.startswith(b"\n")
        found[b'"'] += b'"' in chunk
        last = last[-2:] + chunk
        # Also across the border of chunks; not before there is a quote, as looking takes longer than all the rest.
        found[b"odd"] += bool(found[b'"'] and odd.search(last, 1))
    found[b"odd"] += bool(delimiter and found[b'"'] and last.endswith(delimiter))
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
    end = "\\r\\n" if _ends(path) == b"\r\n" else "\\n"
    relation = (
        f"read_csv({quoted(path)}, auto_detect = false, header = false, skip = {layout.start}, "
        f"columns = {{{columns}}}, delim = {quoted(layout.delimiter or NO_DELIMITER)}, quote = '\"', escape = '\"', "
        f"new_line = '{end}', strict_mode = true, null_padding = false)"
    )
    # DuckDB keeps the order of the file, and a plain file has a row in each line.
    lines = f"(SELECT *, row_number() OVER () + {layout.start} AS line FROM {relation})"
    return Source(relation, lines)
