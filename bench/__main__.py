"""`python -m bench [NAME …]`: a database of its own, then each bench's figures beside their floors."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import bench

FRAME = {"measure", "peer", "__main__"}


def main(wanted: list[str]) -> int:
    """Runs the named benches, or all; returns 1 where a figure misses its floor."""
    _start_database()
    names = wanted or [
        found.name for found in pkgutil.iter_modules(bench.__path__) if found.name not in FRAME
    ]
    missed = 0
    for name in names:
        sys.stdout.write(f"\n{name}\n")
        for figure in importlib.import_module(f"bench.{name}").run():
            sys.stdout.write(f"  {figure}\n")
            sys.stdout.flush()
            missed += not figure.holds
    sys.stdout.write(f"\n{missed} figures miss their floor.\n" if missed else "\nAll figures hold.\n")
    return 1 if missed else 0


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
    sys.exit(main(sys.argv[1:]))
