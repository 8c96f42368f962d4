"""Parquet files: they have types and values of their own."""

import duckdb
from django.utils.translation import gettext as _

from datasets.catalogue.reading import formats, load
from datasets.catalogue.reading.finishing import Task, publish
from datasets.catalogue.reading.refusals import BrokenDocument
from datasets.catalogue.reading.session import locked, quoted
from datasets.catalogue.reading.table import Table

# DuckDB's names of types in those of Table Schema.
SCHEMA_TYPES = {
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"), "integer"
    ),
    **dict.fromkeys(("UBIGINT", "HUGEINT", "UHUGEINT"), "integer"),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), "number"),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_S", "TIMESTAMP_MS"), "datetime"),
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIME": "time",
    "GEOMETRY": "geojson",
}


def schema_type(kind: str) -> str:
    """The type in words of Table Schema; a list of numbers is none."""
    return "string" if kind.endswith("]") else SCHEMA_TYPES.get(kind.partition("(")[0], "string")


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
    except duckdb.OutOfMemoryException:
        # It is whole, and takes too much.
        raise
    except duckdb.Error as wrong:
        raise BrokenDocument from wrong
    publish(written, task.target)
    types = {name: schema_type(kind) for name, kind, *_rest in described}
    table = Table(formats.PARQUET, header=list(types), types=types, rows=rows, kept=rows, nulls=nulls)
    table.first = ["" if cell is None else cell for cell in first[0]] if first else []
    table.said = [] if rows else [_("no rows")]
    return table
