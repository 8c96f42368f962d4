"""Where the embedded servers keep their data and sockets, and as whom they run.

A place follows from the data folder and from the file system alone, so that every process of a checkout
finds the same servers. Why it is the way it is stands in docs/adr/0007-embedded-servers.md.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from civic.embedded.errors import EmbeddedError

CHECKOUT = Path(__file__).resolve().parents[2]
STATE_ROOT = Path("/var/lib/civic-exchange")
SERVANTS = ("postgres", "nobody")
# A unix socket's path ends at 107 bytes (103 on macOS), of which "/.s.PGSQL.5432" needs 14; and a plain path needs no
# quoting in any of the addresses and settings that it goes through.
PLAIN_AND_SHORT = re.compile(r"[A-Za-z0-9_./-]{1,88}")


@dataclass(frozen=True)
class Place:
    """The folders of one data folder's servers, and the user that runs them (None: whoever we are)."""

    data: Path
    state: Path
    sockets: Path
    servant: pwd.struct_passwd | None

    @property
    def logs(self) -> Path:
        """Folder of all logs of this data folder."""
        return self.data / "logs"

    @property
    def marker(self) -> Path:
        """Says that a state folder elsewhere belongs to this data folder, and not to one deleted since."""
        return self.data / "state"

    def database_url(self, name: str, user: str = "postgres") -> str:
        """Address of a database, as dj-database-url and libpq read it; the user is the owner of all in it."""
        return f"postgres:///{quote(name, safe='')}?host={quote(str(self.sockets), safe='')}&port=5432&user={user}"

    def redis_url(self, database: int) -> str:
        """Address of one of Valkey's numbered databases, as redis-py reads it."""
        return f"unix://{self.sockets}/valkey.sock?db={database}"

    def prepare(self) -> None:
        """Makes the folders that are missing; folders above the data folder are never touched.

        Several processes may do so at once: test workers in a fresh checkout do.
        Raises EmbeddedError when one of them is somebody else's.
        """
        if self.data.exists() and not os.access(self.data, os.W_OK):
            raise EmbeddedError(
                f"{self.data} belongs to another user: run as {self.data.owner()}, or set CIVIC_DATA_DIR"
            )
        _make(self.data)
        with (self.data / "prepare.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _make(self.logs)
            _make(self.state)
            if self.state != self.data:
                self._adopt_state()
            self._own(self.sockets)

    def _adopt_state(self) -> None:
        """A removed data folder means a new start: what it left in the state folder becomes `….old`."""
        if not self.marker.exists():
            for left in (self.state / "postgres", self.state / "valkey"):
                if left.exists():
                    shutil.rmtree(left.with_suffix(".old"), ignore_errors=True)
                    left.rename(left.with_suffix(".old"))
            self.marker.write_text(f"{self.state}\n")

    def _own(self, folder: Path) -> None:
        """Makes a folder that only the servers' user may enter, or proves that it is one already."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        ours = {os.geteuid(), self.servant.pw_uid if self.servant else os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours or found.st_mode & 0o022:
            raise EmbeddedError(
                f"{folder} belongs to somebody else: remove it, or use a shorter CIVIC_DATA_DIR"
            )
        self.give(folder)

    def give(self, folder: Path) -> None:
        """Makes the servers' user the owner of a folder."""
        if self.servant:
            os.chown(folder, self.servant.pw_uid, self.servant.pw_gid)


def _make(folder: Path) -> None:
    """Makes a folder that everybody may enter, unless it is there or somebody makes it meanwhile."""
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        folder.chmod(0o755)


def data_dir() -> Path:
    """The project's data folder: CIVIC_DATA_DIR, or `.data` in the checkout."""
    return Path(os.environ.get("CIVIC_DATA_DIR") or CHECKOUT / ".data")


def place_of(data: Path | None = None) -> Place:
    """The place of a data folder (default: the project's own).

    Raises EmbeddedError when root has no unprivileged user to run the servers as.
    """
    data = (data or data_dir()).resolve()
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    servant = _servant() if os.geteuid() == 0 else None
    state = _state(data, digest, servant)
    sockets = state / "run"
    if not PLAIN_AND_SHORT.fullmatch(str(sockets)):
        sockets = Path(f"/tmp/civic-{os.geteuid()}-{digest}")  # noqa: S108 - _own() proves the owner
    return Place(data, state, sockets, servant)


def _servant() -> pwd.struct_passwd:
    """The unprivileged user that runs the servers for root: PostgreSQL refuses to run as root."""
    for name in SERVANTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError(
        f"as root, PostgreSQL needs one of the users {', '.join(SERVANTS)}: set DATABASE_URL, or do not run as root"
    )


def _state(data: Path, digest: str, servant: pwd.struct_passwd | None) -> Path:
    """The data folder itself, or a folder in /var/lib where the servers' user cannot come to it."""
    if servant is None or (may_enter(data, servant) and not (data / "state").exists()):
        return data
    if (data / "postgres").exists():
        raise EmbeddedError(
            f"{data}/postgres holds the database, but user {servant.pw_name} can no longer enter {data}"
        )
    return STATE_ROOT / digest


def may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether the permissions let a user pass through every existing folder down to this one."""
    return all(_passable(above.stat(), user) for above in (folder, *folder.parents) if above.exists())


def _passable(found: os.stat_result, user: pwd.struct_passwd) -> bool:
    """Owner, group and others are asked in this order and the first that applies decides (POSIX)."""
    if found.st_uid == user.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == user.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
