"""What stands before the first page: database, schema, static files. Done once, and again only after a change."""

import hashlib
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from civic.embedded import schema
from civic.embedded.places import CHECKOUT, Place
from civic.embedded.postgres import Postgres
from civic.embedded.supervisor import Supervisor
from civic.embedded.valkey import Valkey

MANAGE = (sys.executable, "manage.py")
DATABASE = "site"
# The database comes last: if we are killed before it, the next start finds an earlier schema again and goes on.
CITY = ("roots", "media", "valkey", "postgres")


def set_aside_earlier(postgres: Postgres) -> Path | None:
    """Moves the city's folders into a dated one when migrations made it that are no longer there as they were.

    Migrating such a database on would fail half way, or not fail and leave another schema. Nothing is deleted: the
    folder, which is returned, is a data folder that the earlier checkout starts from (CIVIC_DATA_DIR).
    """
    if not postgres.has_database(DATABASE) or not _is_earlier(_comment(postgres)):
        return None
    place = postgres.place
    name = f"set-aside-{datetime.now(UTC):%Y-%m-%dT%H%M%S}"
    for server in (Valkey(place), postgres):
        server.stop()
    # The servers' folders may lie elsewhere than the data folder, on another disk: each is renamed where it is.
    for folder in dict.fromkeys(parent / kind for kind in CITY for parent in (place.data, place.state)):
        if folder.exists():
            (folder.parent / name).mkdir(exist_ok=True)
            folder.rename(folder.parent / name / folder.name)
    secrets = place.data / "secrets"
    if secrets.exists():  # the city's passwords and receipts are read with the keys it was made with
        shutil.copytree(secrets, place.data / name / "secrets")
    postgres.start(tied=True)
    return place.state / name


def _is_earlier(comment: str | None) -> bool:
    """Whether a database's comment names a migration or SQL file that is not there as it was.

    Without a comment somebody else has made the database, or nobody has finished it: migrating is left to judge.
    """
    if comment is None:
        return False
    _state, *files = comment.splitlines()
    return not files or not set(files) <= set(schema.fingerprints())


def prepare_schema(supervisor: Supervisor, postgres: Postgres) -> str:
    """Brings the database to today's migrations; returns how, in a word.

    The database carries the state that it was brought to, and by which files, as its comment: a start with nothing new
    asks once, and one with other files knows an earlier schema.
    """
    if not postgres.has_database(DATABASE):
        postgres.create_database(DATABASE)
    wanted = "\n".join([schema.state(), *schema.fingerprints()])
    if _comment(postgres) == wanted:
        return "up to date"
    restored = _is_empty(postgres) and schema.restore(
        postgres.place.database_url(DATABASE), postgres.program("psql")
    )
    if not (restored and schema.is_complete()):
        migrate(supervisor)
    with postgres.connect() as connection:
        note = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), sql.Literal(wanted))
        connection.execute(note)
    return "restored" if restored else "migrated"


def let_application_in(postgres: Postgres) -> str:
    """Gives the site's processes the role that they have in a deployment; returns the address for it.

    Also after nothing new: what the role may do follows from a file that no fingerprint covers.
    """
    with postgres.connect(DATABASE) as connection:
        connection.execute((CHECKOUT / "deploy" / "application_role.sql").read_bytes())
        connection.execute("ALTER ROLE civic_application LOGIN")
    return postgres.place.database_url(DATABASE, "civic_application")


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
