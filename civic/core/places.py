"""Places for work that takes long: so many at a time in one process, so that the others answer everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from civic.core.errors import Refused, Text


class Busy(Refused):
    """All places are taken at this moment."""

    status = 503
    code = "busy"


class Places:
    """`at_once` places in this process; who waits for one longer than `patience` seconds is told `words`.

    Whoever waits holds one of the threads that answer everybody, hence little patience.
    """

    def __init__(self, at_once: int, words: Text, *, patience: float = 0.2) -> None:
        self.at_once = at_once
        self.free = BoundedSemaphore(at_once)
        self.words = words
        self.patience = patience

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One of the places, for as long as the block takes. Raises Busy."""
        if not self.free.acquire(timeout=self.patience):
            raise Busy(self.words)
        try:
            yield
        finally:
            self.free.release()
