"""Work in a process of its own, with bounds, for files and questions that strangers send.

It has neither the database nor a secret; what it is asked and answers are files in its folder. Nothing here loads
Django, so that a process which does not need it starts at once.
"""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import duckdb

MB = 1 << 20
# How a process ended that took more than it may have, or met what its libraries do not expect.
MEMORY, DISK, DAMAGED = 3, 4, 5
# By these somebody else ends a process, and what it was asked is not to blame.
NOT_TO_BLAME = (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)


@dataclass(frozen=True)
class Limits:
    """Bytes of memory, seconds of the processor (of all threads) and by the clock, bytes of a file that it writes."""

    memory: int = 768 * MB
    processor: int = 360
    seconds: float = 240
    file: int = 3072 * MB


def run(module: str, folder: Path, seconds: float, *, base: Path) -> int:
    """Runs `python -m module folder`; returns its status, or the signal that ended it as a negative number.

    What it says goes into `words.txt` in the folder.
    """
    with (folder / "words.txt").open("wb") as words:
        # In a session of its own: Ctrl-C in a terminal is for the worker, which ends after its task.
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module, str(folder)],
            stdin=subprocess.PIPE,
            stdout=words,
            stderr=words,
            cwd=base,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            start_new_session=True,
        )
    with process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return -signal.SIGXCPU
        finally:
            process.kill()


def bound(limits: Limits) -> None:
    """Bounds this process, and ends it with the one that began it.

    Data and not addresses, of which DuckDB and Python reserve more than they use. Ordinary files of 100 MB were read
    with up to 720 MB of data, which counts what was freed; 380 MB were resident.
    """
    Thread(target=_end_with_worker, daemon=True).start()
    for kind, most in (
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_FSIZE, limits.file),
        # What a file has made of this process is nothing to keep.
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _end_with_worker() -> None:
    """The pipe ends with the worker, however that ends: nobody would wait for the answer."""
    # Not by `sys.stdin`: Python could not end while a thread waits in it.
    os.read(0, 1)
    os._exit(1)


def status_of(work: Callable[[], object]) -> int:
    """Does the work; returns the status that says how it ended. Other errors are raised."""
    try:
        work()
    except (MemoryError, duckdb.OutOfMemoryException):
        return MEMORY
    except RuntimeError as wrong:
        # Python's word for no memory for the stack of a thread.
        if "can't start new thread" not in str(wrong):
            raise
        return MEMORY
    except (OSError, duckdb.IOException) as wrong:
        if "File too large" not in str(wrong):
            raise
        return DISK
    except BaseException as wrong:
        # What a library in Rust raises where it met what it does not expect; it is no Exception.
        if type(wrong).__name__ != "PanicException":
            raise
        return DAMAGED
    return 0
