"""Columns of a published table as queries see them: their types, and values that are compared with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from datasets.catalogue.reading.load import name as quoted_name
from datasets.catalogue.reading.parquet import schema_type
from datasets.catalogue.reading.texts import written
from datasets.catalogue.session import Session, quoted

NUMBERS = ("integer", "number")
TIMES = ("date", "datetime")
ROW_NUMBER = "file_row_number"
INTEGER = re.compile(r"-?\d{1,38}", re.ASCII)
NUMBER = re.compile(r"-?(\d{1,28})(\.\d{1,10})?", re.ASCII)
FLOATING = re.compile(r"[-+]?(\d{1,38}(\.\d{0,38})?|\.\d{1,38})([eE][-+]?\d{1,3})?", re.ASCII)
INTEGERS = {"TINYINT": "int8", "SMALLINT": "int16", "INTEGER": "int32", "BIGINT": "int64"}
UNSIGNED = {"UTINYINT": "uint8", "USMALLINT": "uint16", "UINTEGER": "uint32"}
# Types of DuckDB as Ibis calls them; what is not here is asked as the text that it is written as.
IBIS = {
    **INTEGERS,
    **UNSIGNED,
    **dict.fromkeys(("UBIGINT", "HUGEINT"), "decimal(38, 0)"),
    **dict.fromkeys(("FLOAT", "DOUBLE"), "float64"),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "timestamp(6)"),
    "TIMESTAMP WITH TIME ZONE": "timestamp('UTC', 6)",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIME": "time",
    "VARCHAR": "string",
}
DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


@dataclass(frozen=True)
class Column:
    """A column: its place in the table, name, and type in words of Table Schema and of DuckDB."""

    place: int
    name: str
    type: str
    kind: str

    @property
    def key(self) -> str:
        """What it is called in SQL."""
        return f"c{self.place}"

    @property
    def ibis_type(self) -> str:
        """Its type in words of Ibis."""
        if found := DECIMAL.fullmatch(self.kind):
            return f"decimal({found[1]}, {found[2]})"
        return IBIS.get(self.kind, "string")

    @property
    def seen(self) -> str:
        """SQL: its value as it is asked."""
        if self.kind == "FLOAT":
            # By its text: 0.1 of 32 bits would be 0.10000000149 as one of 64.
            return f"CAST(CAST({self.key} AS VARCHAR) AS DOUBLE)"
        if self.kind in ("UBIGINT", "HUGEINT"):
            return f"CAST({self.key} AS DECIMAL(38, 0))"
        return self.key if self.kind in IBIS or DECIMAL.fullmatch(self.kind) else written(self.key, self.kind)

    def literal(self, text: str) -> Any:
        """A value to compare with, typed as the column is. Raises Invalid for a text that is none of its type."""
        try:
            found = self._value(text)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            words = {"value": text[:100], "name": self.name, "type": self.type}
            raise Invalid(
                filter=_("%(value)s is no value of the column %(name)s, which is of type %(type)s.") % words
            )
        return found if isinstance(found, ibis.Expr) else ibis.literal(found)

    def _value(self, text: str) -> Any:
        """None where the text is no value of the type; ValueError says the same."""
        if self.ibis_type == "string":
            return ibis.literal(text)
        plain = {"integer": _whole, "boolean": _truth, "date": date.fromisoformat, "time": time.fromisoformat}
        if self.type == "datetime":
            return self._moment(text)
        return self._number(text) if self.type == "number" else plain[self.type](text)

    def _moment(self, text: str) -> Any:
        moment = datetime.fromisoformat(text)
        if self.kind == "TIMESTAMP WITH TIME ZONE":
            return ibis.literal(moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC))
        return ibis.literal(moment) if moment.tzinfo is None else None

    def _number(self, text: str) -> Any:
        if self.kind.startswith("DECIMAL"):
            return ibis.literal(Decimal(text), type="decimal(38, 10)") if NUMBER.fullmatch(text) else None
        return ibis.literal(float(text)) if FLOATING.fullmatch(text) else None


def _truth(text: str) -> Any:
    return {"true": ibis.literal(True), "false": ibis.literal(False)}.get(text)


def _whole(text: str) -> Any:
    if not INTEGER.fullmatch(text):
        return None
    number = int(text)
    if -(2**63) <= number < 2**63:
        return ibis.literal(number)
    return ibis.literal(Decimal(number), type="decimal(38, 0)")


def columns_of(session: Session, path: Path) -> list[Column]:
    """The columns of a Parquet file."""
    described = session.run(f"DESCRIBE SELECT * FROM read_parquet({quoted(path.resolve())})")
    return [
        Column(place, name, schema_type(kind), kind) for place, (name, kind, *_rest) in enumerate(described)
    ]


def view(path: Path, columns: Sequence[Column]) -> str:
    """SQL: the table with columns `c0`, `c1` … as they are asked, and `rn`, the row number from 0."""
    file = f"read_parquet({quoted(path.resolve())}"
    names = ", ".join([*(one.key for one in columns), "rn"])
    if any(one.name.lower() == ROW_NUMBER for one in columns):
        # DuckDB refuses to add its own column.
        relation = f"(SELECT *, row_number() OVER () - 1 FROM {file})) AS t({names})"
    else:
        relation = f"{file}, {ROW_NUMBER} = true) AS t({names})"
    seen = ", ".join(f"{one.seen} AS {one.key}" for one in columns)
    return f"SELECT rn, {seen} FROM {relation}"


def answered(sql: str, kinds: Mapping[str, str], names: Sequence[str], form: str) -> str:
    """SQL: the answer with its real names; each value as a text as it is written, in a Parquet file in its own type."""
    cells = {key: key if form == "parquet" else written(key, kind) for key, kind in kinds.items()}
    if form == "csv" and len(cells) == 1:
        # A blank line would be no row for most who read it; an empty text has quotes.
        cells = {key: f"coalesce({text}, '')" for key, text in cells.items()}
    shown = [f"{cells[key]} AS {quoted_name(name)}" for key, name in zip(cells, names, strict=True)]
    return f"SELECT {', '.join(shown)} FROM ({sql}) AS answer"
