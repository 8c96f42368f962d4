"""Deep calls map no memory once they have room."""

import resource
import threading
from collections.abc import Callable

import pytest

from civic.core.frames import with_room


def at(depth: int, loop: Callable[[], None]) -> None:
    loop() if depth == 0 else at(depth - 1, loop)


def many_calls() -> None:
    for _ in range(2000):
        one(1, 2, 3)


def one(*numbers: int) -> int:
    return sum(number for number in numbers)


def faults(deep: Callable[[int, Callable[[], None]], None]) -> list[int]:
    """Page faults of two thousand calls, at each depth of a chunk or two; in a thread, whose frames begin anew."""
    found: list[int] = []

    def measure() -> None:
        for depth in range(150):
            before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
            deep(depth, many_calls)
            found.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)

    thread = threading.Thread(target=measure)
    thread.start()
    thread.join()
    return found


def test_a_loop_maps_no_memory_wherever_it_stands() -> None:
    assert max(faults(with_room(at))) < 100


def test_it_returns_and_raises_what_the_function_does() -> None:
    assert with_room(lambda number, *, more: number + more)(1, more=2) == 3
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)()
