"""What stands before the first page: database, schema, static files. Done once, and again only after a change."""

import hashlib
import sys
from pathlib import Path

from psycopg import sql

from civic.embedded import schema
from civic.embedded.places import CHECKOUT, Place
from civic.embedded.postgres import Postgres
from civic.embedded.supervisor import Supervisor

MANAGE = (sys.executable, "manage.py")
DATABASE = "site"


def prepare_schema(supervisor: Supervisor, postgres: Postgres) -> str:
    """Brings the database to today's migrations; returns how, in a word.

    The database carries the state that it was brought to as its comment, so that a start with nothing new asks once.
    """
    if not postgres.has_database(DATABASE):
        postgres.create_database(DATABASE)
    if _comment(postgres) == schema.state():
        return "up to date"
    restored = _is_empty(postgres) and schema.restore(
        postgres.place.database_url(DATABASE), postgres.program("psql")
    )
    if not (restored and schema.is_complete()):
        migrate(supervisor)
    with postgres.connect() as connection:
        note = sql.SQL("COMMENT ON DATABASE {} IS {}").format(
            sql.Identifier(DATABASE), sql.Literal(schema.state())
        )
        connection.execute(note)
    return "restored" if restored else "migrated"


def migrate(supervisor: Supervisor) -> None:
    """Applies all migrations that the configured database has not seen."""
    supervisor.run("migrations", [*MANAGE, "migrate", "--no-input", "--verbosity=0"])


def collect_static(supervisor: Supervisor, place: Place) -> str:
    """Gathers the static files where the web process serves them from; returns what it did, in a word."""
    stamp, wanted = place.data / "static.stamp", f"{_digest(CHECKOUT / 'static')} {schema.packages()}"
    if stamp.exists() and stamp.read_text() == wanted:
        return "up to date"
    supervisor.run("static files", [*MANAGE, "collectstatic", "--no-input", "--clear", "--verbosity=0"])
    stamp.write_text(wanted)
    return "collected"


def _comment(postgres: Postgres) -> str | None:
    with postgres.connect() as connection:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        row = connection.execute(query, [DATABASE]).fetchone()
    return row[0] if row else None


def _is_empty(postgres: Postgres) -> bool:
    with postgres.connect(DATABASE) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NULL").fetchone()
    return bool(row and row[0])


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return found.hexdigest()[:16]
