"""PostgreSQL and Valkey for a machine that has neither, started from wheels on unix sockets.

Only addresses are made here, and they follow from the data folder alone: importing settings starts nothing.
`python -m civic.embedded up` starts the servers; `make demo` and the tests do so by themselves.
"""

from pathlib import Path

from civic.embedded.places import place_of


def database_url(data: Path | None = None, name: str = "site") -> str:
    """Address of the embedded PostgreSQL's database `name` for the data folder (default: the project's own)."""
    return place_of(data).database_url(name)


def redis_url(data: Path | None = None, database: int = 0) -> str:
    """Address of the embedded Valkey for the data folder, as redis-py and Django's cache read it."""
    return place_of(data).redis_url(database)
