"""Keeps one PostgreSQL running for as long as anybody uses it, and not a moment longer.

Users hold a shared lock, which the kernel takes from them when they end, however they end. The keeper waits for the
lock that nobody may share and stops the server. Several test runs of a checkout use one server this way.
"""

import fcntl
import sys
from io import TextIOWrapper
from pathlib import Path

from civic.embedded import processes
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import CHECKOUT, place_of
from civic.embedded.postgres import Postgres
from civic.embedded.servers import STARTS_WITHIN

MODULE = "tests.keeper"


def borrow(data: Path) -> tuple[Postgres, TextIOWrapper]:
    """A running, forgetful PostgreSQL in a data folder, and the lock that keeps it running until it is closed.

    Raises EmbeddedError when it does not come up.
    """
    server = Postgres(place_of(data), durable=False)
    server.place.prepare()
    lock = _users(data).open("a")
    fcntl.flock(lock, fcntl.LOCK_SH)
    if not server.ready():
        log = server.place.logs / "keeper.log"
        keeper = processes.spawn([sys.executable, "-m", MODULE, str(data)], log=log, cwd=CHECKOUT)
        processes.wait_until(lambda: server.ready() or bool(keeper.poll()), STARTS_WITHIN)
        if not server.ready():
            raise EmbeddedError(f"no test database: {processes.last_lines(log)}")
    return server, lock


def keep(data: Path) -> None:
    """Starts the server and stops it when its last user has gone; does nothing when another keeper has it."""
    server = Postgres(place_of(data), durable=False)
    if server.start(tied=True):
        with _users(data).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            server.stop()


def _users(data: Path) -> Path:
    return data / "users.lock"


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
