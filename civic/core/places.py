"""Places for work that takes long: so many at a time in one process, so that the others answer everybody else."""

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from civic.core.errors import Refused, Text


class Busy(Refused):
    """All places are taken at this moment."""

    status = 503
    code = "busy"


class Places:
    """`at_once` places in this process; who waits for one longer than `patience` seconds is told `words`.

    Whoever waits holds one of the threads that answer everybody, hence little patience. Of one and the same there are
    at most `most_of_one`, where that is said.
    """

    def __init__(
        self, at_once: int, words: Text, *, patience: float = 0.2, most_of_one: int | None = None
    ) -> None:
        self.at_once = at_once
        self.most_of_one = most_of_one or at_once
        self.held: Counter[Hashable] = Counter()
        self.lock = Lock()
        self.free = BoundedSemaphore(at_once)
        self.words = words
        self.patience = patience

    @contextmanager
    def taken(self, by: Hashable = None) -> Iterator[None]:
        """One of the places, for as long as the block takes; `by` tells whose it is. Raises Busy."""
        with self._counted(by):
            if not self.free.acquire(timeout=self.patience):
                raise Busy(self.words)
            try:
                yield
            finally:
                self.free.release()

    @contextmanager
    def _counted(self, by: Hashable) -> Iterator[None]:
        if by is None:
            yield
            return
        with self.lock:
            if self.held[by] >= self.most_of_one:
                raise Busy(self.words)
            self.held[by] += 1
        try:
            yield
        finally:
            with self.lock:
                self.held[by] -= 1
                # Whoever has none is forgotten.
                self.held += Counter()
