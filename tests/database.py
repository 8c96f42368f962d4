"""The templates that the tests' databases are cloned from: the empty schema, and the demo city.

The first is built once for each state of the migration files, the second once for each state of the code and texts that
build the city. Without DATABASE_URL both live in a PostgreSQL that the test runs of a checkout share and that ends with
the last of them.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from civic.embedded import schema
from civic.embedded.binaries import postgres_programs
from civic.embedded.places import data_dir, place_of
from tests import keeper
from tests.architecture import frozen

KEPT = 3  # of each kind: enough to go back and forth between branches
ROOT = Path(__file__).parent.parent
LOCK = ROOT / "deploy" / "requirements.lock"
# Whatever may change what the city becomes: it is built by the real operations, its letters and papers by templates.
BUILDERS = (*schema.PACKAGES, "templates", "tests/demo_city.py")


@dataclass
class Databases:
    """The databases of one server, by a URL whose path is the database's name; `held` keeps the server running."""

    url: str
    psql: Path
    held: TextIOWrapper | None = None

    @classmethod
    def of_this_run(cls) -> "Databases":
        """On the server that DATABASE_URL names, or on the checkout's own."""
        folder = data_dir() / "test"
        configured = os.environ.get("DATABASE_URL")
        if configured:
            return cls(configured, postgres_programs(place_of(folder)) / "psql")
        server, held = keeper.borrow(folder)
        return cls(server.place.database_url("postgres"), server.program("psql"), held)

    def url_of(self, name: str) -> str:
        """Address of another database of the same server."""
        return re.sub(r"(//[^/]*)/[^?]*", rf"\1/{name}", self.url, count=1)

    def server(self) -> int | None:
        """Process id of the server, when it is on this machine."""
        with self.connect() as connection:
            session = connection.info.backend_pid
            with contextlib.suppress(psutil.NoSuchProcess):
                if "postgres" in psutil.Process(session).name():
                    return psutil.Process(session).ppid()
        return None

    def template(self) -> str:
        """Name of the template for today's migration files, with what the council's groups may do today."""

        def fill(name: str) -> None:
            schema.restore(self.url_of(name), self.psql)
            schema.migrate(self.url_of(name), "civic.settings.test")

        return self.kept(f"template_{template_digest()}", fill)

    def migrated(self) -> str:
        """Name of a database that today's migrations have made, without today's dump: to compare with it.

        They begin where the schema froze. That this is where they would come to from nothing was compared when it
        froze, and still holds while no migration up to there has changed: ours may not (test_frozen.py), and where one
        of a library has, all begin from nothing, which takes two minutes.
        """

        def fill(name: str) -> None:
            if begin := frozen.empty():
                with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
                    file.write(begin)
                    file.flush()
                    assert schema.load(Path(file.name), self.url_of(name), self.psql)
            schema.migrate(self.url_of(name), "civic.settings.test")

        return self.kept(f"migrated_{schema_digest()}", fill)

    def city_template(self, build: Callable[[str, Path], None]) -> tuple[str, Path]:
        """Name of the template with the demo city, and folder of its files; `build` fills both where they lack."""
        empty, name = self.template(), f"city_{city_digest()}"
        folder = data_dir() / "test" / "cities" / name
        if not folder.exists():
            self.drop(name)

        def fill(unfinished: str) -> None:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for other in folder.parent.iterdir():
                if other != folder and other.name not in self.names("city_"):
                    shutil.rmtree(other)
            build(unfinished, folder)

        return self.kept(name, fill, empty), folder

    def kept(self, name: str, fill: Callable[[str], None], like: str = "template1") -> str:
        """The name again: of a database that is filled once for all runs. It has its name only when it is whole."""
        kind = f"{name.partition('_')[0]}_"
        with one_at_a_time():
            if name not in self.names(kind):
                for old in self.names(kind)[: 1 - KEPT]:
                    self.drop(old)
                self.clone(like, "unfinished")
                fill("unfinished")
                self.execute("ALTER DATABASE unfinished RENAME TO {}", name)
        return name

    def clone(self, template: str, name: str) -> None:
        """Makes a database anew from a template, whoever still used the old one."""
        self.drop(name)
        self.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)

    def drop(self, name: str) -> None:
        """Removes a database and ends its sessions."""
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def drop_left_over(self) -> None:
        """Removes the databases of test processes that were killed."""
        for name in self.names("test_"):
            if (found := re.fullmatch(r"test_(\d+)\w*", name)) and not psutil.pid_exists(int(found[1])):
                self.drop(name)

    def names(self, prefix: str) -> list[str]:
        """Databases whose name begins so, oldest first."""
        with self.connect() as connection:
            rows = connection.execute("SELECT datname FROM pg_database ORDER BY oid").fetchall()
        return [name for (name,) in rows if name.startswith(prefix)]

    def execute(self, statement: str, *names: str) -> None:
        """Runs one statement that no transaction may hold."""
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        """An autocommitting connection to a database, by default the server's own."""
        return psycopg.connect(self.url_of(name).replace("postgres:", "postgresql:", 1), autocommit=True)


def schema_digest() -> str:
    """Fingerprint of all that makes the schema."""
    return hashlib.sha256(schema.state().encode()).hexdigest()[:12]


def template_digest() -> str:
    """Fingerprint of the schema and of what is written after migrating: permissions, who hears of which events."""
    found = hashlib.sha256(schema.state().encode())
    folders = [ROOT / package for package in schema.PACKAGES]
    apps = [file for name in ("apps.py", "handlers.py") for place in folders for file in place.rglob(name)]
    for file in (*sorted(apps), ROOT / "civic" / "accounts" / "groups.py"):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def city_digest() -> str:
    """Fingerprint of all that builds the demo city."""
    found = hashlib.sha256(LOCK.read_bytes())
    for file in sorted(file for place in BUILDERS for file in files_of(ROOT / place)):
        found.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return found.hexdigest()[:12]


def files_of(place: Path) -> list[Path]:
    """A file, or all files below a folder but for what Python compiled."""
    found = [place, *place.rglob("*")]
    return [file for file in found if file.is_file() and "__pycache__" not in file.parts]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Lets one process of this checkout build a template while the others wait for it."""
    folder = data_dir() / "test"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
