"""Many threads that begin at the same moment, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from civic.core.errors import Refused


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of `count` threads got; a refusal counts as an answer."""
    barrier = Barrier(count)

    def run(place: int) -> Any:
        try:
            barrier.wait(30)
            return act(place)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))
