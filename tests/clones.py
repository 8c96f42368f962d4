"""The database that the tests of this process use: a clone of their own, put back after each test that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.db import connections

from civic.settings.environment import database
from tests.database import Databases
from tests.reset import Pristine


@dataclass
class Clone:
    """A copy of a template under a name of this process; `remembers` where putting it back is worth a snapshot.

    `fill` puts in what every test of the clone finds there.
    """

    databases: Databases
    template: str
    name: str
    remembers: bool = True
    fill: Callable[["Clone"], None] | None = None
    _session: psycopg.Connection | None = field(default=None, init=False)
    _pristine: Pristine | None = field(default=None, init=False)

    def make(self) -> None:
        """Clones the template, whoever still used an older clone."""
        self.databases.clone(self.template, self.name)
        if self.fill:
            self.fill(self)
        if self.remembers:
            # Kept open: a new session would plan the comparison of all tables anew, which is most of its cost.
            self._session = self.databases.connect(self.name)
            self._pristine = Pristine.of(self._session)

    def put_back(self) -> None:
        """Undoes whatever was committed.

        Django would empty every table instead: our append-only tables refuse that, and it also takes away what
        migrations put in.
        """
        connections.close_all()
        if not self._is_put_back():
            self.make()

    def drop(self) -> None:
        """Ends it with its sessions."""
        connections.close_all()
        if self._session:
            self._session.close()
        self.databases.drop(self.name)

    def _is_put_back(self) -> bool:
        try:
            return bool(self._session and self._pristine and self._pristine.restore(self._session))
        except psycopg.OperationalError:  # a test has ended all sessions of the database, ours among them
            return False


_in_use: list[Clone] = []


@contextmanager
def using(clone: Clone) -> Iterator[None]:
    """Django's one database is this clone meanwhile."""
    _in_use.append(clone)
    _point_at(clone)
    try:
        yield
    finally:
        _in_use.pop()
        if _in_use:
            _point_at(_in_use[-1])


def put_back() -> None:
    """Undoes what was committed to the clone in use."""
    _in_use[-1].put_back()


def _point_at(clone: Clone) -> None:
    connections.close_all()
    settings.DATABASES["default"].update(database(clone.databases.url_of(clone.name)), CONN_MAX_AGE=0)
    cache.clear()  # holds rows of the other database, such as where Wagtail's sites begin
