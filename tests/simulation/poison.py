"""Rows on which a task of the clock fails for a while, as one does whose provider answers what nobody has foreseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

from civic.core import row_steps
from tests.simulation.clock import Clock


class PoisonedError(Exception):
    """What is wrong with the row is of no interest; that it holds up no other is."""


@contextmanager
def poisoned_by(clock: Clock) -> Iterator[None]:
    """Every step of a task for a row that is poisoned raises."""
    each = row_steps.each

    def each_or_raise(
        task: str, rows: Any, step: Callable[[Any], object], *, at: datetime, limit: int = 200
    ) -> int:
        def step_or_raise(row: Any) -> object:
            if clock.at < clock.poisoned.get(str(row.pk), clock.at):
                raise PoisonedError
            return step(row)

        return each(task, rows, step_or_raise, at=at, limit=limit)

    with mock.patch.object(row_steps, "each", each_or_raise):
        yield
