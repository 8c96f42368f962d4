"""What is in a table that was read: a profile of each column, its first rows, and the same table as CSV."""

from pathlib import Path
from typing import Any

from datasets.catalogue.reading import Table
from datasets.catalogue.reading.load import name
from datasets.catalogue.reading.session import Session, locked, quoted

PREVIEW = 10
# Of a text so much is shown in a preview or as the least and greatest value.
SHOWN = 200


def profile(parquet: Path, folder: Path, csv: Path | None = None) -> dict[str, Any]:
    """`columns` by their names (values, missing, distinct, least, greatest) and `first`, ten rows of texts.

    Writes the table to `csv`, too, if there is one: values as DuckDB writes them, dates in ISO 8601, no value empty.
    """
    table = f"read_parquet({quoted(parquet)})"
    with locked(folder, parquet) as session:
        described = session.run(f"DESCRIBE SELECT * FROM {table}")
        names = [row[0] for row in described]
        first = session.run(f"SELECT {_texts(names)} FROM {table} LIMIT {PREVIEW}")
        columns = {one: _column(session, table, one) for one in names}
        if csv is not None:
            session.run(f"COPY (FROM {table}) TO {quoted(csv)} (FORMAT csv, HEADER true, USE_TMP_FILE false)")
    return {"columns": columns, "first": [list(row) for row in first]}


def _texts(names: list[str]) -> str:
    return ", ".join(f"left(CAST({name(one)} AS VARCHAR), {SHOWN})" for one in names)


def _column(session: Session, table: str, column: str) -> dict[str, Any]:
    one = name(column)
    asked = (
        f"count({one})",
        f"count(*) - count({one})",
        f"approx_count_distinct({one})",
        f"left(CAST(min({one}) AS VARCHAR), {SHOWN})",
        f"left(CAST(max({one}) AS VARCHAR), {SHOWN})",
    )
    found = session.run(f"SELECT {', '.join(asked)} FROM {table}")[0]
    keys = ("values", "missing", "distinct", "least", "greatest")
    known = dict(zip(keys, found, strict=True))
    # It is estimated, and may come out above what can be.
    known["distinct"] = min(known["distinct"], known["values"])
    return known


def table_schema(table: Table) -> dict[str, Any]:
    """The columns as a Table Schema (Data Package): names, types, formats, and what stands for a missing value."""
    fields = []
    for column in table.header:
        field: dict[str, Any] = {"name": column, "type": table.types.get(column, "string")}
        if form := table.formats.get(column):
            field["format"] = form
        if missing := table.missing.get(column):
            field["missingValues"] = ["", *missing]
        fields.append(field)
    return {"fields": fields}
