"""Reading a file for a test, and what was written of it."""

import tempfile
from pathlib import Path
from typing import Any

import duckdb

from datasets.catalogue.reading import Choices, Table, read

DATA = Path(__file__).parent / "data"


def read_bytes(
    content: bytes, name: str = "table.csv", **options: Any
) -> tuple[Table, list[tuple[Any, ...]]]:
    """The table of these bytes and its rows as Parquet has them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        return read_file(file, **options)


def read_file(file: Path, **options: Any) -> tuple[Table, list[tuple[Any, ...]]]:
    """The table of a file and its rows as Parquet has them; none where it was refused."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "published.parquet"
        if types := options.pop("types", None):
            options["choices"] = Choices(types=types)
        table = read(file, folder, target, **options)
        # What is read is in one place, or in none.
        assert target.exists() == (not table.refused)
        if table.refused:
            return table, []
        return table, duckdb.sql(f"FROM read_parquet('{target}')").fetchall()
