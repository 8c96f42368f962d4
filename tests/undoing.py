"""Takes back what a block has written, so that the next cell of a table begins where this one did."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of the block stays in the database; objects in memory are as it left them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
