"""The simulated clock: it moves by steps only, from due moment to due moment, and starts what CELERY_BEAT would."""

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any

import time_machine
from django.conf import settings
from django.db import connection
from django.db.models import Max
from kombu.exceptions import OperationalError

from civic.core.models import Delivery, Event, Outbox
from civic.core.work import Job
from datasets.catalogue.models import HarvestStep, UploadStep
from marketplace.payments.models import Command, Message
from tests.simulation.changes import Changes

# What runs at least once a minute is what workers do all the time; the rest is done when its hour has come.
OFTEN = 60
ROUNDS = 40
# What a hop does not stop at: it comes again and again by itself.
STEP = timedelta(days=60)
# That often an hourly task is run whatever was declared: it reminds of days. What runs once a day recounts, and the
# moments of what runs all the time are declared, but for the nights of a vote.
DAY, SELDOM = timedelta(days=1), timedelta(days=90)
BY_DAYS = {"keep polls"}
# What a task writes for itself alone.
OWN = {"count numbers": {"pages_numbers"}}
NEVER = datetime.max.replace(tzinfo=UTC)
# Moments at which something becomes due; slices add theirs by `due`.
moments: dict[str, Callable[[], Iterable[datetime | None]]] = {}


class TaskFailed(Exception):
    """A task of the clock ended with an error: which one, and what it was."""


class Killed(BaseException):
    """The worker is gone, in the middle of what it did."""


@dataclass
class Clock:
    """Time, and the tasks of the beat schedule; new tasks are walked by themselves."""

    traveller: time_machine.Traveller
    at: datetime
    # Tasks that are not run: what nothing else follows from, in most walks.
    without: frozenset[str] = frozenset()
    ran: dict[str, datetime] = field(default_factory=dict)
    # Until then there is no Valkey: beat and workers have nothing to talk by.
    valkey_back: datetime | None = None
    # Rows on which tasks fail, and until when.
    poisoned: dict[str, datetime] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    # Who has to be told that it is another moment.
    moved: Callable[[], None] = lambda: None
    _found: dict[str, list[datetime]] = field(default_factory=dict)

    @property
    def has_valkey(self) -> bool:
        """Whether tasks can be sent to workers."""
        return self.valkey_back is None or self.at >= self.valkey_back

    def at_least(self, moment: datetime) -> None:
        """It is this moment, unless it is later already."""
        self.at = max(self.at, moment)
        self.traveller.move_to(self.at)
        self.moved()

    def hop(self, length: timedelta, chance: random.Random, least: timedelta = timedelta(0)) -> None:
        """Lets time pass: stops at each moment at which something is due, and lets workers work there.

        Not again within `least`: what is due earlier is done later, as if the beat had stood still.
        """
        until = self.at + length
        while self.at < until:
            stop = min([self.at + STEP, *(moment for moment, _tables in self._moments())])
            if self.valkey_back and not self.has_valkey:
                stop = max(stop, self.valkey_back)
            self.at_least(min(until, max(stop, self.at + least)))
            self.work(chance)
            self.rarely(chance)
            self.work(chance)

    def live_on(self, length: timedelta) -> None:
        """A long time in which nobody does anything but the clock."""
        # What is tried each hour for ever, such as a refund while a dispute runs, would be most of a walk's cost.
        self.hop(length, random.Random(0), least=timedelta(days=3))

    def work(self, chance: random.Random) -> None:
        """What workers do at this moment until nothing happens any more, in any order."""
        for _round in range(ROUNDS if self.has_valkey else 0):
            before, written = self._happened(), self.changes.number
            for name in shuffled(often(), chance):
                self.start_due(name)
            if not self.due() and (self.changes.number == written or self._happened() == before):
                return
        if self.has_valkey:
            raise TaskFailed("workers never end", str(self.due()))

    @staticmethod
    def _happened() -> int | None:
        # Not by what was written: a row that fails in each round writes events that are taken back.
        return Event.objects.aggregate(last=Max("seq"))["last"]

    def rarely(self, chance: random.Random) -> None:
        """The hourly and daily tasks whose time has come, in any order."""
        for name in shuffled(rare() if self.has_valkey else [], chance):
            seconds = settings.CLOCK[name][1]
            if name not in self.ran or self.at - self.ran[name] >= timedelta(seconds=seconds):
                self.ran[name] = self.at
                self.start_due(name)

    def start_due(self, name: str) -> None:
        """Runs a task unless it would find what it found the last time: no row of it written, no moment come."""
        if name in self.without or self.changes.is_done(name, self.at):
            return
        with self.changes.remembered(name, NEVER, without=OWN.get(name, ())):
            self.start(name)
        by_days = name in BY_DAYS or OFTEN < settings.CLOCK[name][1] < DAY.total_seconds()
        memo = self.changes.memos[name]
        # A moment is nothing to a task that does not read the rows which say when it is.
        own = (moment for moment, tables in self._moments() if tables & memo.reads)
        memo.until = min([self.at + (DAY if by_days else SELDOM), *own])

    def start(self, name: str, *, killed_after: int | None = None) -> Any:
        """Runs a task of the schedule, killed after so many statements where told; returns what it returns.

        Does nothing while Valkey is gone: nobody is told to.
        """
        if not self.has_valkey:
            return None
        return self.carry_out(name, killed_after)

    def carry_out(self, name: str, killed_after: int | None = None) -> Any:
        """As `start`, by a worker who was told before Valkey went."""
        module, _dot, function = settings.CLOCK[name][0].rpartition(".")
        task = getattr(import_module(module), function)
        if killed_after is None:
            try:
                return task()
            except OperationalError:
                if self.has_valkey:
                    raise
                return None  # what it published did not reach anybody; the clock comes again
            except Exception as error:
                # Also a refusal: nobody is there to read it, and whatever the task had still to do is not done.
                raise TaskFailed(f"{name} raises {type(error).__name__}", str(error)[:900]) from error
        left = killed_after

        def kill(execute: Any, *args: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return execute(*args)

        try:
            with connection.execute_wrapper(kill):
                return task()
        except Killed:
            # The server notices and takes back what was not committed.
            connection.close()
        return None

    def is_quiet(self) -> bool:
        """Whether nothing is on its way: also what a killed worker has left behind, which is done after its lease."""
        return not any(waiting for waiting, _free in self._queued().values())

    def due(self) -> dict[str, int]:
        """How many jobs each queue has that a worker may take at this moment; none for a queue that is empty."""
        return {name: free for name, (_waiting, free) in self._queued().items() if free}

    def _queued(self) -> dict[str, tuple[int, int]]:
        """How many jobs of each queue have come due, and how many of them no worker holds. One statement."""
        of_queue = (
            "SELECT '{0}', count(*), count(*) FILTER (WHERE leased_until IS NULL OR leased_until <= %s) FROM {0}"
            " WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= %s"
        )
        parts = [of_queue.format(queue._meta.db_table) for queue in queues()]
        outbox = f"SELECT '{Outbox._meta.db_table}', count(*), count(*) FROM {Outbox._meta.db_table}"
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([*parts, outbox]), [self.at] * 2 * len(parts))
            return {name: (waiting, free) for name, waiting, free in cursor.fetchall()}

    def _moments(self) -> Iterator[tuple[datetime, set[str]]]:
        """When something becomes due next, as far as slices have said, and the tables that say so.

        Read again once a row of them is written.
        """
        for name, find in [
            *moments.items(),
            *((queue.__name__, partial(tried, queue)) for queue in queues()),
        ]:
            if not self.changes.is_done(name, self.at):
                with self.changes.remembered(name, NEVER):
                    self._found[name] = sorted({moment for moment in find() if moment is not None})
            found = self._found[name]
            if (next_ := bisect_right(found, self.at)) < len(found):
                yield found[next_], self.changes.memos[name].reads


def due(find: Callable[[], Iterable[datetime | None]]) -> Callable[[], Iterable[datetime | None]]:
    """Adds moments at which something becomes due, so that a hop of the clock stops there."""
    assert find.__name__ not in moments, f"two slices have moments called {find.__name__}"
    moments[find.__name__] = find
    return find


def tried(queue: type[Job]) -> Iterator[datetime | None]:
    """When a job is to be tried, and when what a killed worker held is anybody's again."""
    for due_at, leased_until in queue._default_manager.open().values_list("due_at", "leased_until"):
        yield from (due_at, leased_until)


def queues() -> list[type[Job]]:
    """What is counted as work that something follows from."""
    return [Delivery, Command, Message, UploadStep, HarvestStep]


def often() -> list[str]:
    """Names of the tasks that run all the time."""
    return [name for name, (_task, seconds) in settings.CLOCK.items() if seconds <= OFTEN]


def rare() -> list[str]:
    """Names of all others."""
    return [name for name, (_task, seconds) in settings.CLOCK.items() if seconds > OFTEN]


def shuffled(names: list[str], chance: random.Random) -> list[str]:
    """In any order."""
    return chance.sample(names, len(names))
