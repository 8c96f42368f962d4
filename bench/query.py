"""P9: a query in a process of its own beside DuckDB alone, in one that has begun already and looks at nothing else."""

import resource
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from bench.measure import Figure, Work, at_most, noted, side_by_side, sized
from datasets.analytics.engine.parsing import read
from datasets.analytics.engine.running import rows_of

ROWS = sized(10_000_000, 1_000)
TABLE = f"""
    SELECT i AS id, (i * 7919) % 500 AS station, DATE '2020-01-01' + (i % 1500)::INT AS day,
           (hash(i) % 10000) / 100.0 AS pm10 FROM range({ROWS}) AS t(i)
"""
BY_MONTH: dict[str, Any] = {
    "group": [{"column": "day", "by": "month"}],
    "measures": [
        {"take": "count"},
        {"take": "mean", "column": "pm10"},
        {"take": "median", "column": "pm10"},
        {"take": "distinct", "column": "station"},
    ],
}
TOTALS: dict[str, Any] = {
    "measures": [
        {"take": "count"},
        {"take": "sum", "column": "station"},
        {"take": "mean", "column": "pm10"},
        {"take": "greatest", "column": "pm10"},
    ],
}
BARE = {
    "month": "SELECT date_trunc('month', day), count(*), avg(pm10), median(pm10), count(DISTINCT station)",
    "totals": "SELECT count(*), sum(station), avg(pm10), max(pm10)",
}


def run() -> Iterator[Figure]:
    """Four aggregates in groups, and four of the whole table, where beginning a process is most of the work."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "table.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({TABLE}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE_BYTES '16MB')")
        works = {
            "month": partial(_ask, path, BY_MONTH),
            "bare month": partial(_bare, path, f"{BARE['month']} FROM '{path}' GROUP BY 1 ORDER BY 1"),
            "totals": partial(_ask, path, TOTALS),
            "bare totals": partial(_bare, path, f"{BARE['totals']} FROM '{path}'"),
        }
        spent = side_by_side(works, times=1, rounds=4, cost=_cpu)
    yield at_most(
        "P9",
        f"four aggregates a month of {ROWS:,} rows",
        spent["month"] / spent["bare month"],
        "x DuckDB",
        1.5,
    )
    yield noted("P9", f"four totals of {ROWS:,} rows", spent["totals"] / spent["bare totals"], "x DuckDB")
    yield noted("P9", "what the process adds to the totals", spent["totals"] - spent["bare totals"], "ms CPU")


def _ask(path: Path, query: dict[str, Any]) -> None:
    settings.READ_FILES_APART = True
    with tempfile.TemporaryDirectory() as name:
        assert rows_of([path], Path(name), read(query)).rows


def _bare(path: Path, sql: str) -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        assert connection.execute(sql).fetchall()


def _cpu(work: Work, times: int = 1) -> float:
    """CPU milliseconds of one run, with the processes that it begins and waits for."""
    before = _spent()
    for _ in range(times):
        work()
    return (_spent() - before) * 1000 / times


def _spent() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)
