"""Parquet files: they have types and values of their own."""

import duckdb
from django.utils.translation import gettext as _

from datasets.catalogue.reading import formats, load
from datasets.catalogue.reading.finishing import Task, publish
from datasets.catalogue.reading.refusals import BrokenDocument
from datasets.catalogue.reading.table import Table
from datasets.catalogue.reading.texts import has_parts
from datasets.catalogue.session import Session, locked, quoted

# DuckDB's names of types in those of Table Schema.
SCHEMA_TYPES = {
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"), "integer"
    ),
    **dict.fromkeys(("UBIGINT", "HUGEINT", "UHUGEINT"), "integer"),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), "number"),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "datetime"),
    "TIMESTAMP WITH TIME ZONE": "datetime",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIME": "time",
}


def schema_type(kind: str) -> str:
    """The type in words of Table Schema; a list of numbers is none, a geometry is written as WKT."""
    return "string" if has_parts(kind) else SCHEMA_TYPES.get(kind.partition("(")[0], "string")


def read_parquet_file(task: Task) -> Table:
    """Parquet has types and values of its own: they are taken as they are, and written anew."""
    relation = f"read_parquet({quoted(task.path)})"
    written = task.folder / "table.parquet"
    try:
        with locked(task.folder, task.path) as session:
            described = session.run(f"DESCRIBE SELECT * FROM {relation}")
            first = session.run(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {relation} LIMIT 1")
            copy = f"COPY (FROM {relation}) TO {quoted(written)} ({load.PARQUET})"
            rows = session.run(copy)[0][0]
            nulls = load.nulls(session, written)
            odd = _without_end(session, relation, {name: kind for name, kind, *_rest in described})
    except duckdb.OutOfMemoryException:
        # It is whole, and takes too much.
        raise
    except duckdb.Error as wrong:
        raise BrokenDocument from wrong
    publish(written, task.target)
    types = {name: schema_type(kind) for name, kind, *_rest in described}
    table = Table(formats.PARQUET, header=list(types), types=types, rows=rows, kept=rows, nulls=nulls)
    table.first = ["" if cell is None else cell for cell in first[0]] if first else []
    table.said = odd if rows else [_("no rows")]
    return table


def _without_end(session: Session, relation: str, kinds: dict[str, str]) -> list[str]:
    """Says where there are numbers that are none or infinite, and days that no calendar of ISO 8601 has."""
    words = {
        "number": _("%(count)d values of column %(name)s are no finite numbers (NaN, INF, -INF)"),
        "date": _("%(count)d values of column %(name)s are days outside of the years 1 to 9999"),
    }
    words["datetime"] = words["date"]
    types = {name: schema_type(kind) for name, kind in kinds.items() if not kind.startswith("DECIMAL")}
    asked = {name: type_ for name, type_ in types.items() if type_ in words}
    counts = []
    for name, type_ in asked.items():
        value = load.name(name)
        day = f"TRY_CAST({value} AS TIMESTAMP)"
        usual = f"coalesce(isfinite({day}) AND year({day}) BETWEEN 1 AND 9999, FALSE)"
        fine = f"isfinite({value})" if type_ == "number" else usual
        counts.append(f"count({value}) FILTER (NOT {fine})")
    found = session.run(f"SELECT {', '.join(counts)} FROM {relation}")[0] if counts else ()
    return [
        words[asked[name]] % {"count": count, "name": name}
        for name, count in zip(asked, found, strict=True)
        if count
    ]
