"""`python -m bench [--tiny] [NAME …]`: a database of its own, then each bench's figures beside their floors.

`--tiny` runs everything with next to nothing in it and asks only that each figure could be measured.
"""

import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import bench
from bench.measure import TINY, Figure, machine, not_measured

FRAME = {"measure", "peer", "__main__"}


def main(wanted: list[str]) -> int:
    """Runs the named benches, or all; returns 1 where a figure misses its floor or could not be measured."""
    _start_database()
    names = wanted or [
        found.name for found in pkgutil.iter_modules(bench.__path__) if found.name not in FRAME
    ]
    missed = 0
    for name in names:
        sys.stdout.write(f"\n{name}\n")
        with machine() as busy:
            for figure in _figures(name):
                sys.stdout.write(f"  {figure}\n")
                sys.stdout.flush()
                missed += not (figure.measured if TINY else figure.holds)
            sys.stdout.write(f"  {busy()}\n")
    what = "could not be measured" if TINY else "miss their floors"
    sys.stdout.write(f"\n{missed} figures {what}.\n" if missed else "\nAll figures hold.\n")
    return 1 if missed else 0


def _figures(name: str) -> Iterator[Figure]:
    """What the bench measures; its end is a figure that misses, whatever it was, as the others are to be seen too."""
    try:
        yield from importlib.import_module(f"bench.{name}").run()
    except Exception as fault:  # noqa: BLE001
        traceback.print_exc()
        yield not_measured("–", f"{name}: the rest of it", repr(fault))


def _start_database() -> None:
    """A fresh database with the real schema on a server of its own, durable like the demo's."""
    data = Path(__file__).resolve().parent.parent / ".data" / "bench"
    os.environ["CIVIC_DATA_DIR"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "civic.settings.test"
    from civic import embedded
    from civic.embedded import schema
    from civic.embedded.places import place_of
    from civic.embedded.postgres import Postgres

    server = Postgres(place_of(data))
    server.start(tied=True)
    with server.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS bench WITH (FORCE)")
    server.create_database("bench")
    os.environ["DATABASE_URL"] = embedded.database_url(data, "bench")
    schema.restore(os.environ["DATABASE_URL"], server.program("psql"))

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if name != "--tiny"]))
