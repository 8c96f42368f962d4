"""The demo's processes are one: they start together, stop together, and die together."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from civic.embedded import processes
from civic.embedded.errors import EmbeddedError
from civic.embedded.places import CHECKOUT
from civic.embedded.supervisor import Supervisor

SLEEPER = [sys.executable, "-c", "import time; print('sleeping', flush=True); time.sleep(60)"]
PARENT = [
    sys.executable,
    "-c",
    f"import subprocess, sys; subprocess.Popen({SLEEPER!r}).wait()",
]
OWNER = """
import sys
from pathlib import Path
from civic.embedded.supervisor import Stopped, Supervisor, say
logs = Path(sys.argv[1])
try:
    with Supervisor(logs, {}) as supervisor:
        children = [supervisor.start(name, [sys.executable, "-c", "import time; time.sleep(60)"]) for name in "ab"]
        say(" ".join(str(child.pid) for child in children))
        supervisor.watch()
except Stopped as stopped:
    say(f"stopped by {stopped}")
"""


@pytest.fixture
def owner(tmp_path: Path) -> subprocess.Popen[str]:
    """A supervisor in a process of its own, with two children."""
    command = [sys.executable, "-c", OWNER, str(tmp_path)]
    # Tests under `nohup` ignore SIGHUP, and what they start would inherit that.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGHUP, before)


def children_of(owner: "subprocess.Popen[str]") -> list[int]:
    """The process ids that the supervisor printed."""
    assert owner.stdout
    return [int(pid) for pid in owner.stdout.readline().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_of_them(owner: "subprocess.Popen[str]", number: signal.Signals) -> None:
    children = children_of(owner)
    owner.send_signal(number)
    said, _ = owner.communicate(timeout=20)
    assert f"stopped by {number.name}" in said
    assert [processes.program(pid) for pid in children] == [None, None]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_a_killed_supervisor_leaves_no_process(owner: "subprocess.Popen[str]") -> None:
    children = children_of(owner)
    owner.kill()
    owner.communicate()
    assert processes.wait_until(lambda: not any(map(processes.program, children)), 20)


def test_one_that_ends_is_named_with_its_last_words(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, dict(os.environ))
    supervisor.start("steady", SLEEPER)
    supervisor.start("weak", [sys.executable, "-c", "print('out of paper')"])
    with pytest.raises(EmbeddedError, match=r"weak has ended(.|\n)*out of paper"):
        supervisor.watch()
    supervisor.stop()
    assert supervisor.children["steady"].returncode is not None


def test_grandchildren_end_too(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, dict(os.environ))
    child = supervisor.start("parent", PARENT)
    assert processes.wait_until(lambda: "sleeping" in supervisor.log("parent").read_text(), 10)
    child.kill()
    supervisor.stop()
    with contextlib.suppress(ProcessLookupError):
        assert processes.wait_until(lambda: not group_lives(child.pid), 10)


def group_lives(leader: int) -> bool:
    """Whether any process of the session is left running."""
    done = subprocess.run(
        ["ps", "-o", "stat=", "-g", str(leader)], capture_output=True, text=True, check=False
    )
    return any(not line.startswith("Z") for line in done.stdout.split())


def test_a_step_that_fails_says_why(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, dict(os.environ))
    with pytest.raises(EmbeddedError, match=r"step failed(.|\n)*no such table"):
        supervisor.run("step", [sys.executable, "-c", "import sys; sys.exit('no such table')"])
