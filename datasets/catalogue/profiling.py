"""What is in a table that was read: a profile of each column, its first rows, and the same table as CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasets.catalogue.reading import Table
from datasets.catalogue.reading.load import name
from datasets.catalogue.reading.texts import has_parts, written
from datasets.catalogue.session import Session, locked, quoted

PREVIEW = 10
# Of a text so much is shown in a preview or as the least and greatest value.
SHOWN = 200
# Of a column with few different texts so many are taken.
MOST_WORDS = 20
# Of so many rows the different values are counted.
COUNTED = 1_000_000


def profile(parquet: Path, folder: Path, csv: Path | None = None) -> dict[str, Any]:
    """`columns` by their names (values, missing, distinct, least, greatest) and `first`, ten rows of texts.

    `exact` says that `distinct` was counted; otherwise it is an estimate, some percent off.

    Writes the table to `csv`, too, if there is one: dates and times in ISO 8601, a missing value as nothing.
    """
    table = f"read_parquet({quoted(parquet)})"
    with locked(folder, parquet) as session:
        types = types_of(session, table)
        texts = {one: written(name(one), kind) for one, kind in types.items()}
        shown = ", ".join(f"left({text}, {SHOWN})" for text in texts.values())
        first = session.run(f"SELECT {shown} FROM {table} LIMIT {PREVIEW}")
        columns = {one: _column(session, table, one, kind) for one, kind in types.items()}
        if csv is not None:
            if len(texts) == 1:
                # A blank line would be no row for most who read it; an empty text has quotes.
                texts = {one: f"coalesce({text}, '')" for one, text in texts.items()}
            cells = ", ".join(f"{text} AS {name(one)}" for one, text in texts.items())
            copy = f"COPY (SELECT {cells} FROM {table}) TO {quoted(csv)}"
            session.run(f"{copy} (FORMAT csv, HEADER true, USE_TMP_FILE false)")
    return {"columns": columns, "first": [list(row) for row in first]}


def words(parquet: Path, folder: Path, columns: Sequence[str]) -> dict[str, set[str]]:
    """The different texts of each of these columns, at most `MOST_WORDS` of them."""
    if not columns:
        return {}
    with locked(folder, parquet) as session:
        asked = f"FROM read_parquet({quoted(parquet)})"
        return {
            one: {
                row[0]
                for row in session.run(f"SELECT DISTINCT {name(one)} {asked} LIMIT {MOST_WORDS}")
                if row[0] is not None
            }
            for one in columns
        }


def types_of(session: Session, table: str) -> dict[str, str]:
    """Of each column DuckDB's type, in their order."""
    return {row[0]: row[1] for row in session.run(f"DESCRIBE SELECT * FROM {table}")}


def _column(session: Session, table: str, column: str, kind: str) -> dict[str, Any]:
    exact = session.run(f"SELECT count(*) <= {COUNTED} FROM {table}")[0][0]
    # What has an inner structure has no order of its own.
    if has_parts(kind) or not kind.isupper():
        one, kind = written(name(column), kind), "VARCHAR"
    else:
        one = name(column)
    asked = (
        f"count({one})",
        f"count(*) - count({one})",
        # By digests of 64 bits, so that a million long texts are not in memory at once.
        f"count(DISTINCT hash({one})) FILTER ({one} IS NOT NULL)"
        if exact
        else f"approx_count_distinct({one})",
        f"left({written(f'min({one})', kind)}, {SHOWN})",
        f"left({written(f'max({one})', kind)}, {SHOWN})",
    )
    found = session.run(f"SELECT {', '.join(asked)} FROM {table}")[0]
    keys = ("values", "missing", "distinct", "least", "greatest")
    known = dict(zip(keys, found, strict=True))
    # An estimate may come out above what can be.
    known["distinct"] = min(known["distinct"], known["values"])
    return known | {"exact": exact}


def table_schema(table: Table) -> dict[str, Any]:
    """The columns of what is published as a Table Schema (Data Package): names and types, a missing value as nothing.

    `readAs` of a column is how its texts were read, where that is not plain: a format, and words for a missing value.
    """
    fields = []
    for column in table.header:
        field: dict[str, Any] = {"name": column, "type": table.types.get(column, "string")}
        read_as = {"format": table.formats.get(column), "missingValues": table.missing.get(column)}
        if known := {what: value for what, value in read_as.items() if value}:
            field["readAs"] = known
        fields.append(field)
    return {"fields": fields, "missingValues": [""]}
