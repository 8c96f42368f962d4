"""A DuckDB session that is locked: it reads and writes what it was given, and nothing else on the machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb


@dataclass(frozen=True)
class Bounds:
    """What a session may use. A query that spills more than `spill` is stopped, before it fills the disk."""

    memory: str
    threads: int
    spill: str


WORKER = Bounds("320MB", threads=2, spill="8GB")
# Beside others in a process that answers requests.
ANSWER = Bounds("100MB", threads=1, spill="256MB")
# Rows that are taken from an answer at once.
PIECE = 256


def quoted(text: object) -> str:
    """A string as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


class Session:
    """Runs SQL within a folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of the answer; `values` stand for its question marks."""
        return self._connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one: whoever stops early has not had the others in memory."""
        answer = self._connection.execute(sql, values)
        while rows := answer.fetchmany(PIECE):
            yield from rows

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Stops what runs after so many seconds: raises duckdb.InterruptException."""
        timer = Timer(seconds, self._connection.interrupt)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            # One that has just gone off is waited for: it would stop another query, or none of a closed session.
            timer.join()


@contextmanager
def locked(folder: Path, *files: Path, bounds: Bounds = WORKER) -> Iterator[Session]:
    """A session that reads `files` and works in `folder`; it loads no extension and takes no further setting."""
    config: dict[str, Any] = {
        "threads": bounds.threads,
        "memory_limit": bounds.memory,
        "temp_directory": str(folder),
        "max_temp_directory_size": bounds.spill,
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
