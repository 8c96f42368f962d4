"""Runs several processes as one: all of them, or none."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from civic.embedded import processes
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import CHECKOUT
from civic.embedded.servers import Server

PATIENCE = 10.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, or a signal."""


def say(text: str) -> None:
    """One line for whoever started us; they may have closed the terminal, and that must not keep us from tidying up."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def listen_to_signals() -> None:
    """From now on Ctrl-C, SIGTERM and SIGHUP raise Stopped; under nohup, SIGHUP stays ignored."""
    for number in SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stopped)


def _stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


@dataclass
class Supervisor:
    """Servers and processes that start in order, are watched together, and stop together when the block is left."""

    logs: Path
    environment: Mapping[str, str]
    servers: list[Server] = field(default_factory=list)
    started: list[Server] = field(default_factory=list)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        listen_to_signals()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        if self.children:
            say("\nStopping …")
        self.stop()

    def serve(self, server: Server) -> None:
        """Starts a server, or uses the one that runs already and then leaves it running."""
        self.servers.append(server)
        if server.start(tied=True):
            self.started.append(server)

    def start(self, name: str, command: Sequence[str], **other: str) -> subprocess.Popen[bytes]:
        """Starts a process that is to run until the end; `other` is what its environment has different."""
        log = self.log(name)
        child = processes.spawn(
            command, log=log, cwd=CHECKOUT, tied=signal.SIGTERM, environment={**self.environment, **other}
        )
        self.children[name] = child
        return child

    def run(self, name: str, command: Sequence[str], *, show: bool = False) -> None:
        """Runs a process to its end; `show` prints its lines as they come. Raises EmbeddedError when it fails."""
        log = self.log(name)
        log.unlink(missing_ok=True)
        child = self.start(name, command)
        with log.open() as output:
            while child.poll() is None:
                time.sleep(0.05)
                _show(output.read() if show else "")
            _show(output.read() if show else "")
        del self.children[name]
        if child.returncode:
            words = "as shown above" if show else f"at the end:\n{processes.last_lines(log)}"
            raise EmbeddedError(f"{name} failed; its log is {log}, {words}")

    def check(self) -> None:
        """Raises EmbeddedError when one of them has ended; says which, and its last words."""
        for server in self.servers:
            if not server.listening():
                self._report(server.name, server.log)
        for name, child in self.children.items():
            if child.poll() is not None:
                self._report(name, self.log(name))

    def watch(self) -> None:
        """Returns never: ends with Stopped or, when one of them has ended, with EmbeddedError."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stops the processes at once, then the servers that they use, and leaves nothing of their sessions."""
        for child in self.children.values():
            child.terminate()
        end = time.monotonic() + PATIENCE
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, end - time.monotonic()))
            processes.kill_group(child.pid)
            child.wait()
        for server in reversed(self.started):
            server.stop()

    def log(self, name: str) -> Path:
        """Where a process's output goes."""
        return self.logs / f"{name.replace(' ', '-')}.log"

    def _report(self, name: str, log: Path) -> None:
        raise EmbeddedError(
            f"{name} has ended, so everything stops. The end of {log}:\n{processes.last_lines(log)}"
        )


def _show(output: str) -> None:
    for line in output.splitlines():
        say(f"    {line}")
