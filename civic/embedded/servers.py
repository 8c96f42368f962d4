"""What PostgreSQL and Valkey have in common: a pid file, a socket, a log, a start and a stop."""

import contextlib
import fcntl
import os
import signal
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from civic.embedded import processes
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import Place

STARTS_WITHIN = 60.0
ATTEMPTS = 3


class Server(ABC):
    """One embedded server of one place. `start` and `stop` may be called at any time, in any state."""

    name: ClassVar[str]
    gentle: ClassVar[signal.Signals]

    def __init__(self, place: Place) -> None:
        self.place = place

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.place.logs / f"{self.name}.log"

    @property
    def folder(self) -> Path:
        """The server's own data folder."""
        return self.place.state / self.name

    @property
    @abstractmethod
    def socket(self) -> Path:
        """The unix socket that it listens on."""

    @abstractmethod
    def pid(self) -> int | None:
        """What its pid file says; the process may be long gone."""

    @abstractmethod
    def create(self) -> None:
        """Makes its data folder when there is none."""

    @abstractmethod
    def command(self) -> list[str | Path]:
        """The program and its options."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether it answers."""

    def listening(self) -> bool:
        """Whether a process accepts connections on the socket (a file left by a killed server does not)."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.socket))
            except OSError:
                return False
        return True

    def start(self, *, tied: bool) -> bool:
        """Creates and starts the server unless it runs; returns whether this call started it.

        `tied` ends the server with our own process. Raises EmbeddedError, with the end of its log, when it does not
        come up.
        """
        self.place.prepare()
        with self._one_at_a_time():
            if self.listening() and processes.wait_until(self.ready, STARTS_WITHIN):
                return False
            self.create()
            self._run(tied)
        return True

    def stop(self) -> None:
        """Stops the server in order, whoever started it; does nothing when it does not run."""
        pid = self.pid()
        if pid and self.listening():
            processes.stop(pid, self.gentle, patience=30)

    def _run(self, tied: bool) -> None:
        """Tries more than once: what is left of a killed server may hold its memory for a moment."""
        for _ in range(ATTEMPTS):
            if self._comes_up(tied):
                return
            time.sleep(1)
        raise EmbeddedError(
            f"{self.name} did not start; the end of {self.log}:\n{processes.last_lines(self.log)}"
        )

    def _comes_up(self, tied: bool) -> bool:
        process = processes.spawn(
            self.command(),
            log=self.log,
            cwd=self.folder,
            user=self.place.servant,
            tied=self.gentle if tied else None,
            # Without the caller's PGPORT, PGDATA and locale: they would change what the server does.
            environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        )
        processes.wait_until(lambda: process.poll() is not None or self.ready(), STARTS_WITHIN)
        if process.poll() is None and self.ready():
            return True
        processes.stop(process.pid, self.gentle)
        return False

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.place.data / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
