"""What a read gives: a table that is proposed, with what was rejected, what has to be asked, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Of what is rejected so many rows are listed; all are counted.
LISTED = 10_000


@dataclass(frozen=True)
class Rejected:
    """A row that is left out: the physical line where it begins, the column (empty: the row as such) and why."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Choices:
    """What the publisher said about earlier questions; empty is a first look.

    `types` maps a column's name to a kind of `columns.kind_named` (`string`, `date:%d/%m/%Y`, `number:comma` …).
    """

    encoding: str = ""
    delimiter: str = ""
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Table:
    """A file as it would be published. `rows` counts the rows that stay, and those of which `ask` still asks.

    `kept` counts what was written: without any rejected row. `types` are those of Table Schema.
    """

    format: str
    encoding: str = ""
    delimiter: str = ""
    header: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    skipped_lines: int = 0
    rows: int = 0
    kept: int = 0
    nulls: int = 0
    first: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_rows: int = 0
    ask: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    refused: str = ""
    advice: str = ""

    @property
    def rejected_lines(self) -> list[int]:
        """Physical lines of the rejected rows, each once, at most `LISTED`."""
        return sorted({row.line for row in self.rejected})

    def as_dict(self) -> dict[str, Any]:
        """In the terms of `read_table --format json`; a list that was cut has its length beside it."""
        if self.refused:
            return {"format": self.format, "refused": self.refused, "advice": self.advice}
        return {
            "format": self.format,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header": self.header,
            "header_unique": len(set(self.header)) == len(self.header),
            "skipped_lines": self.skipped_lines,
            "types": self.types,
            "formats": self.formats,
            "missing": self.missing,
            "rows": self.rows,
            "kept": self.kept,
            "nulls": self.nulls,
            "first": self.first,
            "rejected_rows": self.rejected_rows,
            "rejected_lines": self.rejected_lines,
            "rejected": [vars(row) for row in self.rejected],
            "ask": self.ask,
            "said": self.said,
            "refused": "",
        }
