"""Takes back what a block has written, so that the next cell of a table begins where this one did."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction

Step = Callable[[], object]
Check = Callable[[tuple[str, ...]], object]


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of the block stays in the database; objects in memory are as it left them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_every_order(steps: Mapping[str, Step], at_end: Check, *, after_each: Check | None = None) -> None:
    """Takes the steps in each order, and checks with what has been taken; nothing stays.

    What several orders begin with is taken once for all of them.
    """
    _go_on((), steps, at_end, after_each or (lambda _order: None))


def _go_on(order: tuple[str, ...], left: Mapping[str, Step], at_end: Check, after_each: Check) -> None:
    if not left:
        at_end(order)
    for name, step in left.items():
        with undone():
            step()
            so_far = (*order, name)
            after_each(so_far)
            rest = {other: step for other, step in left.items() if other != name}
            _go_on(so_far, rest, at_end, after_each)
