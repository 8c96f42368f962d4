"""Processes that end when they should: started as another user, tied to their owner, stopped for certain."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import psutil

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
_LOG_KEPT = 5_000_000


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    user: pwd.struct_passwd | None = None,
    tied: signal.Signals | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a process in a session of its own, out of the terminal's reach, with its output in `log`.

    `tied` is the signal that it gets when we die, however we die (Linux): nothing then runs for ever.
    """
    if log.exists() and log.stat().st_size > _LOG_KEPT:
        log.rename(log.with_suffix(".old.log"))
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=environment,
            start_new_session=True,
            preexec_fn=partial(tie, tied, os.getpid()) if tied else None,  # noqa: PLW1509 - single-threaded owners
            **identity(user),
        )


def identity(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments for subprocess that make the process another user's, with none of our groups."""
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def tie(signal_at_death: signal.Signals, owner: int) -> None:
    """Asks the kernel to send us a signal when our owner dies; ends at once when it is dead already."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal_at_death))
        if os.getppid() != owner:
            os._exit(1)


def program(pid: int) -> str | None:
    """Name of the program that a process runs; None when it has ended, collected by its parent or not."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.name()
    except psutil.NoSuchProcess:
        return None


def stop(pid: int, gently: signal.Signals, *, patience: float = 15.0) -> None:
    """Ends a process: asks with `gently`, and after `patience` seconds kills it."""
    for order, seconds in ((gently, patience), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, order)
        if wait_until(lambda: program(pid) is None, seconds):
            return


def kill_group(leader: int) -> None:
    """Kills what is left of a session after its leader has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Asks again until the answer is yes or the time is over; returns the last answer."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.03)
    return True


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for a message about why something stopped."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
