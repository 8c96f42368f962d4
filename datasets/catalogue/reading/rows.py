"""Some rows of a published table, for whoever waits for them: bounded in memory, time and letters.

A row is known by its number in the file, from 1. A page of a whole table is a range of these numbers, of which Parquet
tells by the statistics of its row groups where it lies: the last page costs as little as the first.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from datasets.catalogue.reading.load import name
from datasets.catalogue.reading.parquet import schema_type
from datasets.catalogue.reading.texts import written
from datasets.catalogue.session import ANSWER, Session, locked, quoted

log = logging.getLogger(__name__)

NUMBER = "_id"
SECONDS = 5.0
# Of an answer, names of columns counted with each row.
MOST_LETTERS = 8_000_000
# DuckDB's own column of row numbers, whose name a table may have taken.
ROW_NUMBER = "file_row_number"
# Types whose values are given and compared as they are; of all others the text.
BOUND = {"integer": "HUGEINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
# How a value is written that is looked for.
FORMS = {
    "integer": re.compile(r"-?\d{1,38}", re.ASCII),
    "number": re.compile(r"[-+]?(\d{1,38}(\.\d{0,38})?|\.\d{1,38})([eE][-+]?\d{1,3})?", re.ASCII),
    "boolean": re.compile("true|false"),
}


@dataclass(frozen=True)
class Order:
    """A column to sort by. `nulls_first` None is as in PostgreSQL: missing values are the greatest."""

    column: str
    descending: bool = False
    nulls_first: bool | None = None


@dataclass(frozen=True)
class RowQuery:
    """Which rows: those whose columns have one of these values and whose text has these words ("" for any column)."""

    columns: Sequence[str] = ()
    equal: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    order: Sequence[Order] = ()
    offset: int = 0
    limit: int = 100
    count: bool = True


@dataclass(frozen=True)
class Field:
    """A column: its place in the table (-1 for the row number), name, type in words of Table Schema and of DuckDB."""

    place: int
    name: str
    type: str
    kind: str

    @property
    def column(self) -> str:
        """SQL: its value."""
        return "rn" if self.place < 0 else f"c{self.place}"

    @property
    def compared(self) -> tuple[str, str]:
        """SQL: what is given of it and found by, and as which type a value is bound that is looked for."""
        if self.place < 0:
            return "rn + 1", "HUGEINT"
        if self.kind == "FLOAT":
            # By its text: 0.1 of 32 bits would be 0.10000000149 as one of 64.
            return f"CAST({self.text} AS DOUBLE)", "DOUBLE"
        bound = BOUND.get(self.type)
        return (self.column, bound) if bound else (self.text, "VARCHAR")

    @property
    def text(self) -> str:
        """SQL: its value as it is written."""
        return written(self.column, self.kind)


@dataclass(frozen=True)
class Rows:
    """What was found. `total` is None where nobody asked; `cut`: the answer was full before the limit."""

    fields: list[Field]
    rows: list[tuple[Any, ...]]
    total: int | None
    cut: bool


def read_rows(path: Path, folder: Path, query: RowQuery) -> Rows:
    """Rows of a Parquet file, in its order or the one that is asked for.

    Raises Invalid: columns that are not there, values that are none of their type, what takes too long or too much.
    """
    with locked(folder, path, bounds=ANSWER) as session:
        try:
            with session.at_most(SECONDS):
                return _Reader(session, path).read(query)
        except duckdb.InterruptException:
            raise Invalid(
                _("This takes longer than %(most)d seconds. Ask for less, or download the file.")
                % {"most": SECONDS}
            ) from None
        except duckdb.OutOfMemoryException:
            raise Invalid(
                _("This takes more memory than there is for an answer. Ask for less, or download the file.")
            ) from None
        except duckdb.Error as wrong:
            log.exception("%s cannot be asked: %s", path.name, query)
            raise Invalid(
                _("This cannot be answered. Ask for something else, or download the file.")
            ) from wrong


class _Reader:
    """Builds the SQL of a query. Of what was asked only bound values come into it, no text."""

    def __init__(self, session: Session, path: Path) -> None:
        self._session = session
        self._file = f"read_parquet({quoted(path.resolve())}"
        described = session.run(f"DESCRIBE SELECT * FROM {self._file})")
        self.fields = [
            Field(place, column, schema_type(kind), kind)
            for place, (column, kind, *_rest) in enumerate(described)
        ]
        self._by_name = {one.name: one for one in self.fields}
        if NUMBER not in self._by_name:
            self.fields.insert(0, Field(-1, NUMBER, "integer", "BIGINT"))
            self._by_name[NUMBER] = self.fields[0]

    def read(self, query: RowQuery) -> Rows:
        fields = [self._named(one, "fields") for one in dict.fromkeys(query.columns)] or self.fields
        where, values = self._conditions(query)
        total = self._count(where, values) if query.count else None
        rows: list[tuple[Any, ...]] = []
        cut = False
        if query.limit:
            shown = ", ".join(one.compared[0] for one in fields)
            rest, more = self._page(query, where)
            sql = f"SELECT {shown} FROM {self._relation()} {rest}"
            rows, cut = _whole(self._session.stream(sql, [*values, *more]), fields)
        return Rows(fields, rows, total, cut)

    def _relation(self) -> str:
        """The table with columns `c0`, `c1` … and `rn`, its row number from 0."""
        places = [one for one in self.fields if one.place >= 0]
        names = ", ".join([*(one.column for one in places), "rn"])
        if any(one.name.lower() == ROW_NUMBER for one in places):
            # DuckDB refuses to add its own column; counted so, every page reads the table up to it.
            return f"(SELECT *, row_number() OVER () - 1 FROM {self._file})) AS t({names})"
        return f"{self._file}, {ROW_NUMBER} = true) AS t({names})"

    def _named(self, column: str, where: str) -> Field:
        found = self._by_name.get(column)
        if found is None:
            raise Invalid(**{where: _("There is no column %(name)s.") % {"name": name(column[:200])}})
        return found

    def _conditions(self, query: RowQuery) -> tuple[list[str], list[Any]]:
        where: list[str] = []
        values: list[Any] = []
        for column, wanted in query.equal.items():
            condition, more = _equal(self._named(column, "filters"), wanted)
            where.append(condition)
            values += more
        for column, words in query.words.items():
            searched = [self._named(column, "q")] if column else self.fields
            texts = ", ".join(one.text for one in searched if one.place >= 0) or "''"
            for word in words.split():
                where.append(f"contains(lower(concat_ws(chr(10), {texts})), lower(CAST(? AS VARCHAR)))")
                values.append(word)
        return where, values

    def _count(self, where: list[str], values: list[Any]) -> int:
        if not where:
            return int(self._session.run(f"SELECT count(*) FROM {self._file})")[0][0])
        counted = f"SELECT count(*) FROM {self._relation()} WHERE {' AND '.join(where)}"
        return int(self._session.run(counted, values)[0][0])

    def _page(self, query: RowQuery, where: list[str]) -> tuple[str, list[int]]:
        """What follows the relation, and its values."""
        if not where and not query.order:
            # As a range and not by OFFSET, which would read all that is skipped. Row groups outside it are not read.
            return "WHERE rn >= ? AND rn < ? ORDER BY rn", [query.offset, query.offset + query.limit]
        condition = f"WHERE {' AND '.join(where)} " if where else ""
        order = [*(self._sorted(one) for one in query.order), "rn"]
        return f"{condition}ORDER BY {', '.join(order)} LIMIT ? OFFSET ?", [query.limit, query.offset]

    def _sorted(self, order: Order) -> str:
        column = self._named(order.column, "sort")
        first = order.descending if order.nulls_first is None else order.nulls_first
        return f"{column.column} {'DESC' if order.descending else 'ASC'} NULLS {'FIRST' if first else 'LAST'}"


def _whole(stream: Iterator[tuple[Any, ...]], fields: Sequence[Field]) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows that the answer has room for, and whether there were more."""
    rows: list[tuple[Any, ...]] = []
    every = sum(len(one.name) + 24 for one in fields)
    letters = 0
    for row in stream:
        letters += every + sum(len(cell) for cell in row if isinstance(cell, str))
        # One is always given, or whoever pages would never come past it.
        if letters > MOST_LETTERS and rows:
            return rows, True
        rows.append(row)
    return rows, False


def _equal(one: Field, wanted: Sequence[Any]) -> tuple[str, list[Any]]:
    """SQL: the column has one of these values (None for a missing one), and what is bound."""
    there = [value for value in wanted if value is not None]
    parts, values = [], []
    if there:
        compared, cast = one.compared
        parts.append(f"{compared} IN ({', '.join([f'CAST(? AS {cast})'] * len(there))})")
        values = [_value(one, value) for value in there]
    if len(there) < len(wanted):
        parts.append(f"{one.column} IS NULL")
    return f"({' OR '.join(parts) or 'FALSE'})", values


def _value(one: Field, value: Any) -> Any:
    """As it is bound. Raises Invalid: DuckDB's own cast would take 5.5 for 6."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if one.type in FORMS and not FORMS[one.type].fullmatch(text):
        raise Invalid(
            filters=_("%(value)s is no value of the column %(name)s, which is of type %(type)s.")
            % {"value": text[:200], "name": name(one.name), "type": one.type}
        )
    return text
