"""Asking Parquet files without a site."""

from pathlib import Path
from typing import Any

import duckdb

from datasets.analytics.engine.parsing import read
from datasets.analytics.engine.running import Found, rows_of

TREES = """
    (VALUES ('lime', DATE '2021-03-01', 4.5::DOUBLE, 9223372036854775807, 1.10::DECIMAL(5, 2), 0.1::FLOAT),
            ('oak', DATE '2019-11-20', 6.25, 1, 2.20, NULL), (NULL, DATE '2020-01-02', -3, NULL, 3.30, 0.25),
            ('', NULL, NULL, 5, 0.10, 1)) AS t(tree, planted, height, big, money, small)
"""


def table(folder: Path, relation: str = TREES) -> Path:
    """A Parquet file."""
    path = folder / "table.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM {relation}) TO '{path}' (FORMAT parquet)")
    return path


def ask(path: Path, **query: Any) -> Found:
    """The answer to a query that is given in its parts."""
    return rows_of([path], path.parent, read(query))


def condition(column: str, how: str, *value: Any) -> dict[str, Any]:
    """A filter of one condition."""
    return {"all": [{"column": column, "is": how, **({"value": value[0]} if value else {})}]}
