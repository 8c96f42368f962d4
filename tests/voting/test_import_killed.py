"""A real `manage.py import_pb`, ended by `kill -9` again and again: what is stored is whole, and the next goes on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from projects.calls.models import Call
from projects.voting import pabulib, rules
from projects.voting.models import Ballot, BallotLine, Tally
from projects.voting.operations.imports import BATCH
from tests.voting.test_pabulib import file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_fault]
VOTES = 5 * BATCH + 7
# After how many batches were told, and how many seconds later, the process is killed.
MOMENTS = [(0, 0.05), (1, 0.0), (1, 0.03), (2, 0.09)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [f"{number};{'a,b' if number % 3 else 'c'}" for number in range(VOTES)]
    written = tmp_path / "large.pb"
    written.write_bytes(file(meta={"num_votes": str(VOTES)}, votes=["voter_id;vote", *rows]))
    return written


def start(path: Path) -> "subprocess.Popen[str]":
    """The command, as somebody types it, on this test's database."""
    own = connection.get_connection_params()
    query = urlencode({name: own[name] for name in ("host", "port", "user", "password") if own.get(name)})
    address = f"postgres:///{quote(own['dbname'], safe='')}?{query}"
    return subprocess.Popen(
        [sys.executable, "-u", "manage.py", "import_pb", str(path), "--call", "real"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "civic.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
    )


def kill(path: Path, after: int, pause: float) -> None:
    running = start(path)
    assert running.stdout is not None
    told = [running.stdout.readline() for _ in range(after)]
    if not after:
        wait_for(lambda: Call.objects.filter(slug="real").exists())
    time.sleep(pause)
    running.send_signal(signal.SIGKILL)
    running.stdout.close()
    assert running.wait() == -signal.SIGKILL, f"it was through before the kill: {told}"


def wait_for(seen: object) -> None:
    until = time.monotonic() + 60
    while not seen():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


def other_sessions() -> set[int]:
    """Who else is connected. PostgreSQL has noticed a kill when nobody is left who was not there before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def test_an_import_killed_again_and_again_comes_in_whole_and_once(path: Path) -> None:
    stored, before = [], other_sessions()
    for after, pause in MOMENTS:
        kill(path, after, pause)
        wait_for(lambda: other_sessions() <= before)
        stored.append(Ballot.objects.count())
        assert stored[-1] % BATCH == 0
        assert BallotLine.objects.values("ballot").distinct().count() == stored[-1]
        assert not Tally.objects.exists()
    assert stored == sorted(stored)
    assert 0 < stored[-1] < VOTES
    through = start(path)
    told, _ = through.communicate(timeout=120)
    assert through.returncode == 0
    assert told.splitlines()[0] == f"{min(stored[-1] + BATCH, VOTES)} of {VOTES} ballots"
    assert Call.objects.count() == 1
    assert Ballot.objects.count() == Ballot.objects.values("voter").distinct().count() == VOTES
    with path.open("rb") as stream:
        election = pabulib.election(pabulib.read(stream, path.name))
    tally = Tally.objects.get()
    assert tally.trace["winners"] == list(rules.tally(election, rule=tally.rule).winners)
