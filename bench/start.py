"""P13: how long a stranger waits. A fresh clone in a new folder, `make demo` twice, until the home page answers."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Figure, at_most

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 600


def run() -> Iterator[Figure]:
    """First and second start in wall seconds: the one figure that people feel as such."""
    with tempfile.TemporaryDirectory(prefix="civic-start-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(PROJECT), str(clone)], check=True)
        yield at_most(
            "P13", "first `make demo`, fresh clone, until the home page answers", _start(clone), "s", 180
        )
        yield at_most("P13", "second `make demo`", _start(clone), "s", 15)


def _start(clone: Path) -> float:
    port = _free_port()
    begun = time.monotonic()
    with _demo(clone, port):
        while not _answers(port):
            if time.monotonic() - begun > PATIENCE:
                raise TimeoutError(f"no home page within {PATIENCE} s; see {clone}/.data/logs")
            time.sleep(0.2)
        return time.monotonic() - begun


@contextmanager
def _demo(clone: Path, port: int) -> Iterator[None]:
    """The demo in a group of its own, stopped as Ctrl-C stops it."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CIVIC_", "DATABASE_", "DJANGO_"))
    }
    running = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env={**ours, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
