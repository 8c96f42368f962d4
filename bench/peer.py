"""Other people's programs to compare with: each in an environment and a database of its own, started by the bench."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bench.measure import watched

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".data" / "bench" / "peer"
Posts = Callable[[str, int], None]


@contextmanager
def hordak(history: int) -> Iterator[Posts | None]:
    """Posts so many entries with django-hordak, `bare` or `guarded`, into accounts that have a history.

    On the bench's PostgreSQL. None, said in one line, where it can't be had.
    """
    if not _install():
        yield None
        return
    command = [
        ENVIRONMENT / "bin" / "python",
        "-I",
        PROJECT / "bench" / "peers" / "hordak.py",
        _database("hordak"),
        str(history),
    ]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as running, watched(running.pid):  # type: ignore[call-overload]
        _expect(running, "ready")
        yield lambda way, times: _ask(running, way, times)
        running.stdin.close()


def _ask(running: "subprocess.Popen[str]", way: str, times: int) -> None:
    assert running.stdin
    running.stdin.write(f"{way} {times}\n")
    running.stdin.flush()
    _expect(running, "done")


def _expect(running: "subprocess.Popen[str]", word: str) -> None:
    assert running.stdout
    said = running.stdout.readline().strip()
    if said != word:
        raise RuntimeError(f"the peer said {said!r} and not {word!r}")


def _install() -> bool:
    """The group `bench` of pyproject.toml, in an environment that the product and its tests know nothing of."""
    uv = [sys.executable, "-m", "uv"]
    steps = [
        [*uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(ENVIRONMENT)],
        [*uv, "pip", "install", "--quiet", "--python", str(ENVIRONMENT), "--group", "bench"],
    ]
    for step in steps:
        done = subprocess.run(step, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1].strip()
            print(f"  not measured: django-hordak could not be installed ({last})")
            return False
    return True


def _database(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    return re.sub(r"(//[^/]*)/[^?]*", rf"\1/{name}", os.environ["DATABASE_URL"], count=1)
