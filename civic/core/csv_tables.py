"""Tables as CSV (RFC 4180) in UTF-8, line by line, without a cell that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse

# OWASP, "CSV Injection": a spreadsheet runs text that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Where the language of an office writes decimals with a comma, its spreadsheet begins a new cell at each semicolon.
INNER_FORMULA = re.compile(r";(?=[=+\-@\t\r])")


class Echo:
    """A file that gives back what is written, so that `csv.writer` can be streamed."""

    def write(self, value: str) -> str:
        return value


def inert(value: Any) -> str:
    """One cell: dates in ISO 8601, unknown empty; text that looks like a formula gets an apostrophe in front.

    Numbers are left alone: -5 is no formula, and with an apostrophe it could not be summed.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if isinstance(value, int | float | Decimal):
        return text
    return INNER_FORMULA.sub(";'", f"'{text}" if text.startswith(FORMULA) else text)


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Each row as one line of CSV."""
    writer = csv.writer(Echo())
    for row in rows:
        yield writer.writerow([inert(value) for value in row])


def exact(value: Any) -> str:
    """One cell as data, for programs that read it back: nothing is put before a text; moments in UTC with a Z."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return inert(value) if isinstance(value, bool | date | None) else str(value)


def exact_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Each row as one line of CSV, of `exact` cells; what a spreadsheet may open comes from `lines`."""
    writer = csv.writer(Echo())
    for row in rows:
        yield writer.writerow([exact(value) for value in row])


def download(rows: Iterable[Iterable[Any]], name: str, *, office: bool = False) -> StreamingHttpResponse:
    """The rows as a file to keep; for an office with a byte-order mark, without which Excel reads UTF-8 as Latin-1."""
    return StreamingHttpResponse(
        chain(["\ufeff"] if office else [], lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
