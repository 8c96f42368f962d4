"""A DuckDB session that is locked: it reads and writes what it was given, and nothing else on the machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

MEMORY = "320MB"
THREADS = 2
# A query that spills more than this is stopped with an error, before it fills the disk.
SPILL = "8GB"


def quoted(text: object) -> str:
    """A string as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


class Session:
    """Runs SQL within a folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        return self._connection.execute(sql).fetchall()


@contextmanager
def locked(folder: Path, *files: Path, memory: str = MEMORY) -> Iterator[Session]:
    """A session that reads `files` and works in `folder`; it loads no extension and takes no further setting."""
    config: dict[str, Any] = {
        "threads": THREADS,
        "memory_limit": memory,
        "temp_directory": str(folder),
        "max_temp_directory_size": SPILL,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }
    with duckdb.connect(config=config) as connection:
        settings = (
            "TimeZone = 'UTC'",  # a time with a zone is the same on every machine
            f"allowed_directories = {_list([folder])}",
            f"allowed_paths = {_list(files)}",
            # In this order: what is allowed cannot be named once access is off, and nothing after the lock.
            "enable_external_access = false",
            "lock_configuration = true",
        )
        for setting in settings:
            connection.execute(f"SET {setting}")
        yield Session(connection)


def _list(paths: Sequence[Path]) -> str:
    return "[" + ", ".join(quoted(path.resolve()) for path in paths) + "]"
