"""The database as all migrations leave it, in one file: restoring it takes a second where migrating takes minutes.

`make schema` writes it anew. A dump that does not come from today's migration files is not used, and
tests/embedded/test_schema.py proves that both ways lead to the same database.
"""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from psycopg import sql

from civic.embedded.errors import EmbeddedError
from civic.embedded.places import CHECKOUT, place_of
from civic.embedded.postgres import Postgres

DUMP = Path(__file__).with_name("schema.sql")
PACKAGES = ("civic", "datasets", "projects", "marketplace")
# The same in every dump, so that a new one differs where the schema differs and nowhere else.
CONSTANT = """
    UPDATE django_migrations SET applied = '2026-01-01 00:00:00+00';
    UPDATE wagtailcore_page SET translation_key = md5(path)::uuid;
"""
# The states of migrations are millions of objects in circles: looking for them at the usual thresholds was 37 % of the
# CPU of migrating from nothing. Which setting may swap a model is asked of each foreign key and looked for in all
# models: each step of a migration empties Django's memory of it, though the models of `apps` stay the same.
MIGRATE = """
import gc, sys
from functools import cache, partial
gc.set_threshold(100_000, 20, 20)
from django.apps import apps
from django.core.management import execute_from_command_line
apps.get_swappable_settings_name = cache(partial(type(apps).get_swappable_settings_name.__wrapped__, apps))
execute_from_command_line(sys.argv)
"""
TOKEN = "civicexchange"  # noqa: S105 - psql's guard against injected commands, wanted constant here


def digest() -> str:
    """Fingerprint of this project's own migrations and SQL files; those of a released library never change."""
    return hashlib.sha256("\n".join(fingerprints()).encode()).hexdigest()[:16]


def fingerprints() -> list[str]:
    """One line a file of `digest`: its path and its own fingerprint."""
    patterns = [f"{package}/**/{kind}" for package in PACKAGES for kind in ("migrations/*.py", "sql/*.sql")]
    files = sorted(file for pattern in patterns for file in CHECKOUT.glob(pattern))
    return [
        f"{file.relative_to(CHECKOUT)} {hashlib.sha256(file.read_bytes()).hexdigest()[:16]}" for file in files
    ]


def packages() -> str:
    """Fingerprint of the locked libraries, whose migrations the dump holds too."""
    return hashlib.sha256((CHECKOUT / "deploy" / "requirements.lock").read_bytes()).hexdigest()[:16]


def state() -> str:
    """What a database is migrated to, once all migrations of today are applied."""
    return f"{digest()} {packages()}"


def is_current() -> bool:
    """Whether the dump was made from the migration files as they are."""
    return digest() in _first_line()


def is_complete() -> bool:
    """Whether it was also made with the libraries as they are locked, so that migrating would find nothing to do."""
    return state() in _first_line()


def restore(url: str, psql: Path) -> bool:
    """Fills an empty database from the dump, wholly or not at all; returns whether it did.

    It does not when the dump is behind the migrations or too new for the server: migrating then does all the work.
    """
    return is_current() and load(DUMP, url, psql)


def load(file: Path, url: str, psql: Path) -> bool:
    """Runs a file of SQL in one transaction; returns whether it was accepted."""
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={file}"]
    command = [str(psql), *options, "--dbname", _libpq(url)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0


def migrate(url: str, settings: str = "civic.settings.demo") -> None:
    """Applies what the dump does not have yet. Raises EmbeddedError with Django's last words."""
    command = [sys.executable, "-c", MIGRATE, "migrate", "--no-input", "--verbosity=0"]
    # Django makes content types and permissions in the order of a set: without a seed their ids change places.
    fixed = {"PYTHONHASHSEED": "0", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings}
    environment = {**os.environ, **fixed}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise EmbeddedError(f"migrating failed:\n{done.stderr[-2000:]}")


def dump(url: str, pg_dump: Path, *options: str) -> str:
    """A database as SQL, without what differs from one run of pg_dump to the next."""
    fixed = ["--no-owner", "--no-privileges", f"--restrict-key={TOKEN}"]
    command = [str(pg_dump), *fixed, *options, _libpq(url)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise EmbeddedError(f"pg_dump failed: {done.stderr}")
    return re.sub(r"(?m)^--.*\n|\n(?=\n\n)", "", done.stdout)


def regenerate() -> None:
    """Migrates an empty database and writes it down."""
    server = Postgres(place_of())
    started = server.start(tied=True)
    name = f"schema_{os.getpid()}"
    server.create_database(name)
    try:
        url = server.place.database_url(name)
        migrate(url)
        with server.connect(name) as connection:
            connection.execute(CONSTANT)
        title = f"-- Made by `make schema` from migrations and packages {state()}; not to be edited."
        DUMP.write_text(f"{title}\n{dump(url, server.program('pg_dump'))}")
    finally:
        with server.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        if started:
            server.stop()


def _first_line() -> str:
    return DUMP.open().readline() if DUMP.exists() else ""


def _libpq(url: str) -> str:
    return url.replace("postgres:", "postgresql:", 1)


if __name__ == "__main__":
    regenerate()
