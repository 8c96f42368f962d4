"""P13: how long a stranger waits. A fresh clone in a new folder, `make demo` twice, until it prints the sign-ins.

They come last: the city is whole and its home page answers.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import TINY, Figure, at_most

PROJECT = Path(__file__).resolve().parent.parent


def run() -> Iterator[Figure]:
    """First and second start in wall seconds: the one figure that people feel as such."""
    if TINY:  # there is no small demo
        return
    with tempfile.TemporaryDirectory(prefix="civic-start-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(PROJECT), str(clone)], check=True)
        yield at_most(
            "P13", "first `make demo`, fresh clone, until the sign-ins are printed", _start(clone), "s", 90
        )
        yield at_most("P13", "second `make demo`", _start(clone), "s", 15)


def _start(clone: Path) -> float:
    begun = time.monotonic()
    with _demo(clone) as running:
        assert running.stdout
        for line in running.stdout:
            if "Sign in at" in line:
                return time.monotonic() - begun
    raise RuntimeError(f"the demo ended before it was ready; see {clone}/.data/logs")


@contextmanager
def _demo(clone: Path) -> Iterator[subprocess.Popen[str]]:
    """The demo in a group of its own, stopped as Ctrl-C stops it."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CIVIC_", "DATABASE_", "DJANGO_"))
    }
    running = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env={**ours, "PORT": str(_free_port())},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.communicate(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
