"""Takes back what a block has written, so that the next cell of a table begins where this one did."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction

Step = Callable[[], object]


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of the block stays in the database; objects in memory are as it left them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_every_order(steps: Mapping[str, Step], check: Callable[[tuple[str, ...]], object]) -> None:
    """Takes the steps in each order, and checks where all are taken; nothing stays.

    What several orders begin with is taken once for all of them.
    """
    _go_on((), steps, check)


def _go_on(
    order: tuple[str, ...], left: Mapping[str, Step], check: Callable[[tuple[str, ...]], object]
) -> None:
    if not left:
        check(order)
    for name, step in left.items():
        with undone():
            step()
            rest = {other: step for other, step in left.items() if other != name}
            _go_on((*order, name), rest, check)
