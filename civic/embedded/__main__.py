"""`python -m civic.embedded up|down|status|psql`: the servers of this checkout, by hand."""

import argparse
import os
import sys

from civic.embedded.errors import EmbeddedError
from civic.embedded.places import place_of
from civic.embedded.postgres import Postgres
from civic.embedded.valkey import Valkey


def main() -> None:
    """Reads the command and does it; an error is one line and a non-zero exit."""
    parser = argparse.ArgumentParser(prog="python -m civic.embedded", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS))
    try:
        COMMANDS[parser.parse_args().command]()
    except EmbeddedError as error:
        sys.exit(str(error))


def _servers() -> tuple[Postgres, Valkey]:
    place = place_of()
    return Postgres(place), Valkey(place)


def _up() -> None:
    postgres, valkey = _servers()
    for server in (postgres, valkey):
        server.start(tied=False)
    if not postgres.has_database("site"):
        postgres.create_database("site")
    _status()


def _down() -> None:
    for server in reversed(_servers()):
        server.stop()
    _status()


def _status() -> None:
    for server in _servers():
        running, stopped = (
            f"running, pid {server.pid()}, {server.socket}",
            f"stopped, data in {server.folder}",
        )
        sys.stdout.write(f"{server.name:<10}{running if server.listening() else stopped}\n")


def _psql() -> None:
    postgres, _ = _servers()
    program = str(postgres.program("psql"))
    os.execv(program, [program, postgres.place.database_url("site").replace("postgres:", "postgresql:", 1)])  # noqa: S606


COMMANDS = {"up": _up, "down": _down, "status": _status, "psql": _psql}

if __name__ == "__main__":
    main()
