"""What a new version of a table has that the one before has not, in columns and in rows."""

from pathlib import Path
from typing import Any

import duckdb

from datasets.catalogue.profiling import types_of
from datasets.catalogue.reading.load import name
from datasets.catalogue.reading.texts import written
from datasets.catalogue.session import Bounds, Session, locked, quoted

Schema = dict[str, Any]
# Groups that spill take more than they are counted for; the worker must stay below 512 MB.
BOUNDS = Bounds("200MB", threads=2, spill="8GB")


def of_columns(before: Schema, after: Schema) -> dict[str, Any]:
    """`added` and `removed` names, and `changed` ones with their types before and after, of two Table Schemas."""
    old, new = ({field["name"]: field["type"] for field in schema["fields"]} for schema in (before, after))
    changed = [[one, old[one], kind] for one, kind in new.items() if old.get(one, kind) != kind]
    return {
        "added": [one for one in new if one not in old],
        "removed": [one for one in old if one not in new],
        "changed": changed,
    }


def of_rows(before: Path, after: Path, shared: list[str], folder: Path) -> dict[str, int] | None:
    """How many rows were `added` and `removed`, by the columns that both files have; equal rows count one by one.

    A row of which a value changed is one of each. None where there is no common column, or where the rows are too many
    to be compared within the memory of a session.
    """
    if not shared:
        return None
    with locked(folder, before, after, bounds=BOUNDS) as session:
        sides = (_side(session, path, shared, sign) for path, sign in ((after, 1), (before, -1)))
        groups = f"SELECT sum(side) AS more FROM ({' UNION ALL '.join(sides)}) GROUP BY digest"
        try:
            ((added, removed),) = session.run(
                f"SELECT sum(greatest(more, 0)), sum(greatest(-more, 0)) FROM ({groups})"
            )
        except duckdb.OutOfMemoryException:
            return None
    return {"added": int(added or 0), "removed": int(removed or 0)}


def _side(session: Session, path: Path, shared: list[str], sign: int) -> str:
    """SQL: of each row of a file the digest of its texts, with a sign. A column may have another type, and 3 is 3.

    Whole rows would not have room in the memory of a session.
    """
    table = f"read_parquet({quoted(path)})"
    types = types_of(session, table)
    cells = ", ".join(written(name(one), types[one]) for one in shared)
    return f"SELECT md5_number(CAST(to_json([{cells}]) AS VARCHAR)) AS digest, {sign} AS side FROM {table}"
