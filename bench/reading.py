"""P9: reading an uploaded table without changing a value, beside DuckDB's own reading, and XLSX beside openpyxl.

And pages of what was published: the last beside the first.
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import openpyxl

from bench.measure import Figure, at_most, noted, python_cpu, side_by_side, sized
from datasets.catalogue.reading import Table, read
from datasets.catalogue.reading.rows import RowQuery, read_rows

ROWS = sized(1_000_000, 1_000)
SHEET_ROWS = sized(60_000, 100)
BEGIN = datetime(2020, 1, 1)  # noqa: DTZ001


def run() -> Iterator[Figure]:
    """A plain file, one that has to be read record by record, and a workbook."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _delimited(folder)
        yield from _workbook(folder)
        yield from _pages(folder)


def _delimited(folder: Path) -> Iterator[Figure]:
    plain, odd = folder / "plain.csv", folder / "odd.csv"
    _write(plain, "")
    _write(odd, '"two\r\nlines"')
    works = {
        "plain": partial(_read, plain),
        "odd": partial(_read, odd),
        "bare": partial(_convert, plain),
        "bare odd": partial(_convert, odd),
    }
    assert (_read(plain).kept, _read(odd).kept) == (ROWS, ROWS)
    spent = side_by_side(works, times=1, rounds=4, cost=python_cpu)
    rows = f"{ROWS:,} rows as CSV"
    yield at_most("P9", f"{rows}, lossless to queryable", spent["plain"] / spent["bare"], "x DuckDB", 1.5)
    yield noted("P9", f"{rows}, line breaks in quotes", spent["odd"] / spent["bare odd"], "x DuckDB")


def _workbook(folder: Path) -> Iterator[Figure]:
    file = folder / "book.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in _rows(SHEET_ROWS):
        sheet.append(row)
    book.save(file)
    spent = side_by_side(
        {"ours": partial(_read, file), "openpyxl": partial(_cells, file)}, times=1, rounds=2, cost=python_cpu
    )
    what = f"XLSX of {SHEET_ROWS:,} rows, lossless to queryable"
    yield at_most("P9", what, spent["ours"] / spent["openpyxl"], "x openpyxl", 0.15)


def _pages(folder: Path) -> Iterator[Figure]:
    table = folder / "table.parquet"
    with duckdb.connect() as connection:
        rows = f"SELECT i AS n, md5(i::VARCHAR) AS text FROM range({ROWS}) AS t(i)"
        connection.execute(f"COPY ({rows}) TO '{table}' (FORMAT parquet)")
    pages = {
        "first": partial(read_rows, table, folder, RowQuery()),
        "last": partial(read_rows, table, folder, RowQuery(offset=ROWS - 100)),
    }
    spent = side_by_side(pages, times=5, cost=python_cpu)
    what = f"the last 100 of {ROWS:,} published rows"
    yield at_most("P9", what, spent["last"] / spent["first"], "x the first", 1.2)


def _rows(count: int) -> Iterator[list[object]]:
    chance = Random(9)
    yield ["id", "station", "postcode", "day", "at", "pm10", "count", "remark"]
    for place in range(count):
        at = BEGIN + timedelta(minutes=place)
        yield [
            *(place, f"ST{chance.randrange(500):04d}", f"{chance.randrange(99999):05d}", f"{at:%Y-%m-%d}"),
            *(f"{at:%Y-%m-%dT%H:%M:%SZ}", chance.randrange(10_000) / 100, chance.randrange(1000)),
            chance.choice(["Anna", "Bär", "Κώστας", "O'Neil"]),
        ]


def _write(file: Path, remark: str) -> None:
    with file.open("w", newline="") as out:
        for place, row in enumerate(_rows(ROWS)):
            out.write(",".join(map(str, [*row[:-1], remark if remark and place else row[-1]])) + "\r\n")


def _read(file: Path) -> Table:
    with tempfile.TemporaryDirectory() as name:
        return read(file, Path(name), Path(name) / "published.parquet")


def _convert(file: Path) -> None:
    """As DuckDB does it by itself."""
    with tempfile.TemporaryDirectory() as name, duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"COPY (FROM read_csv('{file}')) TO '{name}/out.parquet' (FORMAT parquet)")


def _cells(file: Path) -> int:
    """Every value of a sheet by openpyxl, in its way for long sheets."""
    sheet = openpyxl.load_workbook(file, read_only=True, data_only=True).active
    assert sheet
    return sum(len(row) for row in sheet.iter_rows(values_only=True))
