"""The servers come up, keep their data, recover from a kill, and end with their owner."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from civic.embedded import processes
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import CHECKOUT, place_of
from civic.embedded.postgres import Postgres
from civic.embedded.valkey import Valkey

pytestmark = pytest.mark.slow_fault


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that an unprivileged user can come to; pytest's own folders are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="civic-test-"))
    folder.chmod(0o755)
    yield folder
    for server in (Valkey(place_of(folder)), Postgres(place_of(folder))):
        server.stop()
    shutil.rmtree(folder)


def row_count(postgres: Postgres) -> int:
    """Rows of the table that the tests write."""
    with postgres.connect() as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    return row[0] if row else 0


def test_postgres_keeps_acknowledged_rows_over_a_kill(data: Path) -> None:
    postgres = Postgres(place_of(data))
    assert postgres.start(tied=True)
    assert not postgres.start(tied=True), "it runs already"
    with postgres.connect() as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1), (2)")
    pid = postgres.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not postgres.listening(), 10)
    assert postgres.start(tied=True)
    assert row_count(postgres) == 2


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(data: Path) -> None:
    postgres = Postgres(place_of(data))
    postgres.start(tied=True)
    lines = (postgres.folder / "postmaster.pid").read_text().splitlines()
    postgres.stop()
    (postgres.folder / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert postgres.start(tied=True)


def test_no_tcp_port_is_opened(data: Path) -> None:
    postgres = Postgres(place_of(data))
    postgres.start(tied=True)
    with postgres.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_another_major_version_is_one_clear_line(data: Path) -> None:
    postgres = Postgres(place_of(data))
    postgres.start(tied=True)
    postgres.stop()
    (postgres.folder / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 12"):
        postgres.start(tied=True)


def test_valkey_keeps_what_was_queued_over_a_stop(data: Path) -> None:
    valkey = Valkey(place_of(data))
    valkey.start(tied=True)
    client = redis.Redis.from_url(valkey.place.redis_url(1))
    client.rpush("queue", "task")
    client.close()
    valkey.stop()
    assert not valkey.listening()
    valkey.start(tied=True)
    assert redis.Redis.from_url(valkey.place.redis_url(1)).llen("queue") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
@pytest.mark.parametrize("server", [Postgres, Valkey])
def test_a_killed_owner_leaves_nothing(data: Path, server: Callable[..., Postgres | Valkey]) -> None:
    code = (
        "import sys, time; from pathlib import Path; from civic.embedded.places import place_of;"
        f"from {server.__module__} import {server.__name__} as Server;"
        "Server(place_of(Path(sys.argv[1]))).start(tied=True); print('up', flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code, str(data)], cwd=CHECKOUT, stdout=subprocess.PIPE)
    assert owner.stdout
    assert owner.stdout.readline() == b"up\n"
    pid = server(place_of(data)).pid()
    assert pid
    assert processes.program(pid)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert processes.wait_until(lambda: processes.program(pid) is None, 20)


def test_the_last_user_ends_a_shared_server(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests import keeper;"
        "server, lock = keeper.borrow(Path(sys.argv[1])); print('up', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(data)]
    users = [
        subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for user in users:
        assert user.stdout
        assert user.stdout.readline() == b"up\n"
    users[0].kill()
    users[0].communicate()
    time.sleep(0.5)
    postgres = Postgres(place_of(data))
    assert postgres.listening(), "the other one still uses it"
    users[1].kill()
    users[1].communicate()
    assert processes.wait_until(lambda: not postgres.listening(), 20)
