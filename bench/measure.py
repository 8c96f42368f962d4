"""How figures are taken: counts, CPU time from the kernel, ratios side by side, and growth over sizes.

A wall-clock time on a shared machine is no evidence, so there is none here but for throughput ratios.
"""

import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.test.utils import CaptureQueriesContext

TICK = os.sysconf("SC_CLK_TCK")
Work = Callable[[], object]
S = TypeVar("S")
# Whether benches only have to run to their ends; `make test` sees to it. What they measure then says nothing.
TINY = "--tiny" in sys.argv


def sized(full: S, tiny: S) -> S:
    """How much of something a bench takes."""
    return tiny if TINY else full


@dataclass(frozen=True)
class Figure:
    """One measured value beside what it is held to: `P1 · list page, anonymous · 7 statements (≤ 8)`."""

    row: str
    what: str
    value: float
    unit: str
    bound: str
    holds: bool

    @property
    def measured(self) -> bool:
        """Whether there is a value at all."""
        return not math.isnan(self.value)

    def __str__(self) -> str:
        if not self.measured:
            return f"NONE {self.row:<4} {self.what:<68} not measured: {self.bound}"
        mark = "ok  " if self.holds else "OVER"
        return f"{mark} {self.row:<4} {self.what:<68} {self.value:>10.4g} {self.unit:<16} {self.bound}"


def at_most(row: str, what: str, value: float, unit: str, floor: float, beside: str = "") -> Figure:
    """A figure that must not be above its floor."""
    return Figure(row, what, value, unit, f"≤ {floor:g} {beside}".strip(), value <= floor)


def at_least(row: str, what: str, value: float, unit: str, floor: float, beside: str = "") -> Figure:
    """A figure that must not be below its floor."""
    return Figure(row, what, value, unit, f"≥ {floor:g} {beside}".strip(), value >= floor)


def noted(row: str, what: str, value: float, unit: str, beside: str = "") -> Figure:
    """A figure that nothing is asked of."""
    return Figure(row, what, value, unit, beside, True)


def not_measured(row: str, what: str, why: str) -> Figure:
    """A figure that is not there; it counts as missed."""
    return Figure(row, what, math.nan, "", why, False)


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
    # The kernel counts in ticks: what costs less than one is not nothing.
    return max(_own() + _postgres() - before, 1 / TICK) * 1000 / times


def python_cpu(work: Work, times: int = 1) -> float:
    """CPU milliseconds of one run in this process alone, without PostgreSQL."""
    before = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - before) * 1000 / times


def side_by_side(
    works: dict[str, Work], *, times: int, rounds: int = 5, cost: Callable[[Work, int], float] = cpu
) -> dict[str, float]:
    """Median CPU milliseconds of each, measured A…Z then Z…A so that a drifting machine hits all alike."""
    times, rounds = sized((times, rounds), (1, 1))
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        names = list(works) if turn % 2 == 0 else list(reversed(works))
        for name in names:
            taken[name].append(cost(works[name], times))
    return {name: statistics.median(values) for name, values in taken.items()}


def growth(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The exponent k of cost ~ size^k: the slope of the logarithms by least squares."""
    xs, ys = (
        [math.log(size) for size in sizes],
        [math.log(max(cost, 1e-9)) for cost in costs],
    )
    return statistics.linear_regression(xs, ys).slope


@contextmanager
def machine() -> Iterator[Callable[[], str]]:
    """How busy the machine was since, in words: P7 and P12 hold on an idle one only."""
    begun, ours = _machine(), _own() + _postgres()

    def said() -> str:
        busy, whole = (now - before for now, before in zip(_machine(), begun, strict=True))
        used = (_own() + _postgres() - ours) * TICK
        others = max(0.0, busy - used)
        return f"others used {others / max(whole, 1):.0%} of the machine's CPU, load {os.getloadavg()[0]:.1f}"

    yield said


def _machine() -> tuple[int, int]:
    """Ticks of all processors that were busy, and all ticks (proc(5))."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


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
