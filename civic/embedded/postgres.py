"""The embedded PostgreSQL: initdb, start, stop and databases, on a unix socket and never on TCP."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from civic.embedded import processes
from civic.embedded.binaries import postgres_programs
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import Place
from civic.embedded.servers import Server

# For one machine that also runs the site: small, durable, and no parallel queries, whose shared memory
# containers often do not have.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
}
# For data that may be lost with the machine: a test database.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    """PostgreSQL of one place. `durable=False` gives up safety against a crash of the machine for speed."""

    name = "postgres"
    gentle = signal.SIGINT  # "fast shutdown": ends sessions, rolls back, writes everything out

    def __init__(self, place: Place, *, durable: bool = True) -> None:
        super().__init__(place)
        self.durable = durable

    @property
    def socket(self) -> Path:
        return self.place.sockets / ".s.PGSQL.5432"

    def program(self, name: str) -> Path:
        """Path of one of PostgreSQL's programs."""
        return postgres_programs(self.place) / name

    def pid(self) -> int | None:
        """The first line of postmaster.pid, which stays behind when the server is killed."""
        lines = self._pid_lines()
        return int(lines[0]) if lines else None

    def ready(self) -> bool:
        """The eighth line of postmaster.pid says when sessions are accepted."""
        lines = self._pid_lines()
        return len(lines) > 7 and lines[7].strip() == "ready" and self.listening()

    def create(self) -> None:
        """Makes the cluster: first beside its name, so that a killed initdb leaves nothing half made."""
        if (self.folder / "PG_VERSION").exists():
            self._check()
            self._forget_the_dead()
            return
        new = self.folder.with_name("postgres.new")
        if new.exists():
            shutil.rmtree(new)
        new.mkdir(mode=0o700)
        self.place.give(new)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = locale if self._major() >= 17 else ["--locale=C.UTF-8"]
        words = ["-U", "postgres", "--no-instructions", "--encoding=UTF8", "--auth=trust", *locale]
        self._as_servant([self.program("initdb"), "-D", new, *words], new)
        new.rename(self.folder)

    def command(self) -> list[str | Path]:
        """The server with this project's settings, whatever postgresql.conf says."""
        settings = {**SETTINGS, **({} if self.durable else FORGETFUL)}
        settings["unix_socket_directories"] = str(self.place.sockets)
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.program("postgres"), "-D", self.folder, *options]

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """An autocommitting connection as the cluster's owner."""
        return psycopg.connect(
            self.place.database_url(database).replace("postgres:", "postgresql:", 1), autocommit=True
        )

    def has_database(self, name: str) -> bool:
        """Whether a database of this name exists."""
        with self.connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return found.fetchone() is not None

    def create_database(self, name: str) -> None:
        """Makes an empty database."""
        with self.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _pid_lines(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _major(self) -> int:
        answer = self._as_servant([self.program("postgres"), "--version"], self.place.state)
        return int(re.search(r"(\d+)", answer).group(1))  # type: ignore[union-attr]

    def _check(self) -> None:
        """Raises EmbeddedError where the cluster is another user's or of another major version."""
        user = self.place.servant.pw_uid if self.place.servant else os.geteuid()
        if self.folder.stat().st_uid != user:
            raise EmbeddedError(
                f"{self.folder} belongs to {self.folder.owner()}: run as that user, or set CIVIC_DATA_DIR"
            )
        made_with = int((self.folder / "PG_VERSION").read_text())
        if made_with != self._major():
            raise EmbeddedError(
                f"{self.folder} was made by PostgreSQL {made_with}, the programs are {self._major()}: "
                "dump with the old ones, or remove the data folder to start anew"
            )

    def _forget_the_dead(self) -> None:
        """Removes lock files whose process has ended uncollected, or whose number is no PostgreSQL's any more.

        PostgreSQL itself cannot tell and would refuse to start. Sessions that outlive a killed server still keep the
        next one off: it looks for their shared memory.
        """
        for lock in (self.folder / "postmaster.pid", self.socket.with_name(".s.PGSQL.5432.lock")):
            with contextlib.suppress(FileNotFoundError):
                if processes.program(int(lock.read_text().split()[0])) != "postgres":
                    lock.unlink()

    def _as_servant(self, command: Sequence[str | Path], cwd: Path) -> str:
        done = subprocess.run(  # noqa: S603
            [str(word) for word in command],
            cwd=cwd,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
            **processes.identity(self.place.servant),
        )
        if done.returncode:
            raise EmbeddedError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
        return str(done.stdout)
