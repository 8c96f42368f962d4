"""How figures are taken: counts, CPU time from the kernel, ratios side by side, and growth over sizes.

A wall-clock time on a shared machine is no evidence, so there is none here but for throughput ratios.
"""

import math
import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

TICK = os.sysconf("SC_CLK_TCK")
Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One measured value beside what it is held to: `P1 · list page, anonymous · 7 statements (≤ 8)`."""

    row: str
    what: str
    value: float
    unit: str
    bound: str
    holds: bool

    def __str__(self) -> str:
        mark = "ok  " if self.holds else "OVER"
        return f"{mark} {self.row:<4} {self.what:<68} {self.value:>10.4g} {self.unit:<16} {self.bound}"


def at_most(row: str, what: str, value: float, unit: str, floor: float, beside: str = "") -> Figure:
    """A figure that must not be above its floor."""
    return Figure(row, what, value, unit, f"≤ {floor:g} {beside}".strip(), value <= floor)


def at_least(row: str, what: str, value: float, unit: str, floor: float, beside: str = "") -> Figure:
    """A figure that must not be below its floor."""
    return Figure(row, what, value, unit, f"≥ {floor:g} {beside}".strip(), value >= floor)


def statements(work: Work) -> int:
    """How many SQL statements the work sends on this thread's connection."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def cpu(work: Work, times: int = 1) -> float:
    """CPU milliseconds of one run: this process and PostgreSQL together, reaped children included."""
    before = _own() + _postgres()
    for _ in range(times):
        work()
    return (_own() + _postgres() - before) * 1000 / times


def side_by_side(works: dict[str, Work], *, times: int, rounds: int = 5) -> dict[str, float]:
    """Median CPU milliseconds of each, measured A…Z then Z…A so that a drifting machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        names = list(works) if turn % 2 == 0 else list(reversed(works))
        for name in names:
            taken[name].append(cpu(works[name], times))
    return {name: statistics.median(values) for name, values in taken.items()}


def growth(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The exponent k of cost ~ size^k: the slope of the logarithms by least squares."""
    xs, ys = (
        [math.log(size) for size in sizes],
        [math.log(max(cost, 1e-9)) for cost in costs],
    )
    return statistics.linear_regression(xs, ys).slope


_watched: set[int] = set()


@contextmanager
def watched(pid: int) -> Iterator[None]:
    """Counts the CPU of another process, which works for us, as ours."""
    _watched.add(pid)
    try:
        yield
    finally:
        _watched.discard(pid)


def _own() -> float:
    used = os.times()
    others = sum(sum(_stat(pid)[2]) for pid in _watched) / TICK
    return used.user + used.system + used.children_user + used.children_system + others


def _postgres() -> float:
    """CPU seconds of the server this process is connected to: postmaster, backends, and those gone by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    postmaster = _stat(backend)[1]
    return sum(sum(times) for pid, parent, times in _processes() if postmaster in (pid, parent)) / TICK


def _processes() -> Iterator[tuple[int, int, list[int]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield _stat(int(folder.name))
            except (FileNotFoundError, ProcessLookupError):
                continue


def _stat(pid: int) -> tuple[int, int, list[int]]:
    """Process id, parent, and ticks [user, system, reaped children's user, system] (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return pid, int(fields[1]), [int(field) for field in fields[11:15]]
