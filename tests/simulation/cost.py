"""What a walk costs: seconds of CPU, Python's and the database's apart."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

import psutil
from django.db.backends.postgresql.base import DatabaseWrapper


@dataclass
class Cost:
    """Seconds of CPU since it was made; the database's are of sessions that are closed by now."""

    begin: float = field(default_factory=time.process_time)
    database: float = 0

    @property
    def python(self) -> float:
        """This process."""
        return time.process_time() - self.begin

    @property
    def whole(self) -> float:
        """Both."""
        return self.python + self.database

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Each session of Django's is counted when it is closed; none where the server is on another machine."""
        close = DatabaseWrapper._close

        def counted_close(self_: DatabaseWrapper) -> None:
            session = self_.connection
            if session is not None and not session.closed:
                try:
                    times = psutil.Process(session.info.backend_pid).cpu_times()
                    self.database += times.user + times.system
                except psutil.NoSuchProcess:
                    pass
            close(self_)

        with mock.patch.object(DatabaseWrapper, "_close", counted_close):
            yield

    def said(self, steps: int) -> str:
        """Steps a second."""
        return (
            f"{self.python:.0f} s of Python and {self.database:.0f} s of PostgreSQL:"
            f" {steps / self.whole:.1f} steps a second of CPU ({steps / self.python:.1f} of Python's alone)"
        )
