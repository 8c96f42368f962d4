"""From texts to values, as Parquet: every row whose values all say what the texts say; the others are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from datasets.catalogue.reading.columns import STRING, Column
from datasets.catalogue.session import Session, quoted

# Different values of a column by which its kind is settled.
EXAMPLES = 200
# Letters of a value that is told.
LONGEST = 200
# How a table is written. A group of rows is unpacked as a whole by whoever reads one row of it, within the memory of a
# session (the smallest has 100 MB): DuckDB's own groups of 122,880 rows had 120 MB of texts in one piece. Without
# USE_TMP_FILE: DuckDB's own renaming asks for paths that the locked session may not see.
PARQUET = "FORMAT parquet, ROW_GROUP_SIZE_BYTES '16MB', USE_TMP_FILE false"


@dataclass(frozen=True)
class Source:
    """A relation of texts `c0`, `c1` …, and SQL that adds the physical `line` of each row to it."""

    relation: str
    with_lines: str


@dataclass(frozen=True)
class Misfit:
    """Values of a column that are not of its kind: how many, of how many, and some of them."""

    wrong: int
    total: int
    values: tuple[str, ...]


def write(session: Session, source: Source, columns: Sequence[Column], target: Path) -> tuple[int, bool]:
    """Writes the rows that fit; returns how many, and whether these are all that the source has.

    As if all did, first: a filter would make DuckDB cast each text twice, a fifth of the whole.
    """
    values = [f"v{i}" for i in range(len(columns))]
    where = " AND ".join(fits(columns)) or "TRUE"
    every = [f"CASE WHEN {where} THEN v0 ELSE error('a value does not fit') END", *values[1:]]
    # Under a name of its own: DuckDB removes what a failed COPY has begun, maybe only after the next has written.
    attempt = target.with_name(f"whole-{target.name}")
    try:
        kept = _copy(session, source, columns, every, "TRUE", attempt)
    except duckdb.InvalidInputException:
        return _copy(session, source, columns, values, where, target), False
    attempt.replace(target)
    return kept, True


def _copy(
    session: Session,
    source: Source,
    columns: Sequence[Column],
    values: Sequence[str],
    where: str,
    target: Path,
) -> int:
    named = ", ".join(f"{value} AS {name(one.name)}" for value, one in zip(values, columns, strict=True))
    rows = texts_and_values(source.relation, columns)
    copy = f"COPY (SELECT {named} FROM ({rows}) WHERE {where})"
    return int(session.run(f"{copy} TO {quoted(target)} ({PARQUET})")[0][0])


def name(text: str) -> str:
    """A name as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'


def texts_and_values(relation: str, columns: Sequence[Column], *more: str) -> str:
    """SQL: of each column its text `t0` … and, where that is another thing, its value `v0` …"""
    texts = [f"{column.text(f'c{i}')} AS t{i}" for i, column in enumerate(columns)]
    values = [f"{column.cast(f't{i}')} AS v{i}" for i, column in enumerate(columns)]
    return f"SELECT *, {', '.join(values)} FROM (SELECT {', '.join([*more, *texts])} FROM {relation})"


def fits(columns: Sequence[Column]) -> list[str]:
    """SQL predicates of the columns that have a kind of their own."""
    return [column.fits(f"t{i}", f"v{i}") for i, column in enumerate(columns) if column.kind != STRING]


def misfits(session: Session, source: Source, columns: Sequence[Column]) -> tuple[int, dict[int, Misfit]]:
    """How many rows the source has, and by column what does not fit; columns where all does are not in it."""
    typed = [i for i, column in enumerate(columns) if column.kind != STRING]
    asked = [
        part
        for i, fit in zip(typed, fits(columns), strict=True)
        for part in (
            f"count(*) FILTER (NOT {fit})",
            f"count(t{i})",
            # The smallest few: a column of a million words would otherwise stand in memory.
            f"min(left(t{i}, {LONGEST}), {EXAMPLES}) FILTER (NOT {fit})",
        )
    ]
    relation = texts_and_values(source.relation, columns)
    rows, *answer = session.run(f"SELECT {', '.join(['count(*)', *asked])} FROM ({relation})")[0]
    found = {}
    for place, i in enumerate(typed):
        wrong, total, values = answer[3 * place : 3 * place + 3]
        if wrong:
            found[i] = Misfit(wrong, total, tuple(dict.fromkeys(values or ())))
    return rows, found


def rejected(
    session: Session, source: Source, columns: Sequence[Column], limit: int
) -> list[tuple[int, int, str]]:
    """Line, place of the column and text of each value that does not fit, in the order of lines."""
    typed = [i for i, column in enumerate(columns) if column.kind != STRING]
    flags = [f"NOT {fit}" for fit in fits(columns)]
    rows = session.run(
        f"SELECT line, [{', '.join(flags)}], [{', '.join(f'left(t{i}, {LONGEST})' for i in typed)}] "
        f"FROM ({texts_and_values(source.with_lines, columns, 'line')}) "
        f"WHERE {' OR '.join(flags)} ORDER BY line LIMIT {limit}"
    )
    return [
        (line, typed[place], values[place])
        for line, wrong, values in rows
        for place, is_wrong in enumerate(wrong)
        if is_wrong
    ]


def nulls(session: Session, target: Path) -> int:
    """Cells without a value in a written file, by its own statistics."""
    counted = f"SELECT sum(stats_null_count) FROM parquet_metadata({quoted(target)})"
    return int(session.run(counted)[0][0] or 0)


def count_after(session: Session, source: Source, columns: Sequence[Column], line: int) -> int:
    """How many rows after this line have a value that does not fit."""
    relation = texts_and_values(source.with_lines, columns, "line")
    wrong = " OR ".join(f"NOT {fit}" for fit in fits(columns))
    return int(session.run(f"SELECT count(*) FROM ({relation}) WHERE line > {line} AND ({wrong})")[0][0])
