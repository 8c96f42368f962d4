"""The simulated clock: it moves by steps only, from due moment to due moment, and starts what CELERY_BEAT would."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import time_machine
from django.conf import settings
from django.db import connection
from django.db.models import Max

from civic.core.models import Delivery, Event, Outbox
from civic.core.work import Job
from marketplace.payments.models import Command, Message

# What runs at least once a minute is what workers do all the time; the rest is done when its hour has come.
OFTEN = 60
ROUNDS = 40
# What a hop does not stop at: it comes again and again by itself.
STEP = timedelta(days=30)
# Moments at which something becomes due; slices add theirs by `due`.
moments: list[Callable[[], Iterable[datetime | None]]] = []


class TaskFailed(Exception):
    """A task of the clock ended with an error: which one, and what it was."""


class Killed(BaseException):
    """The worker is gone, in the middle of what it did."""


@dataclass
class Clock:
    """Time, and the tasks of the beat schedule; new tasks are walked by themselves."""

    traveller: time_machine.Traveller
    at: datetime
    ran: dict[str, datetime] = field(default_factory=dict)

    def at_least(self, moment: datetime) -> None:
        """It is this moment, unless it is later already."""
        self.at = max(self.at, moment)
        self.traveller.move_to(self.at)

    def hop(self, length: timedelta, chance: random.Random) -> None:
        """Lets time pass: stops at each moment at which something is due, and lets workers work there."""
        until = self.at + length
        while self.at < until:
            self.at_least(min([until, self.at + STEP, *self._moments(until)]))
            self.work(chance)
            self.rarely(chance)
            self.work(chance)

    def live_on(self, length: timedelta) -> None:
        """A long time in which nobody does anything but the clock."""
        self.hop(length, random.Random(0))

    def work(self, chance: random.Random) -> None:
        """What workers do at this moment until nothing happens any more, in any order."""
        for _round in range(ROUNDS):
            before = self._happened()
            for name in shuffled(often(), chance):
                self.start(name)
            if not self.due() and self._happened() == before:
                return
        raise TaskFailed("workers never end", str(self.due()))

    @staticmethod
    def _happened() -> int | None:
        return Event.objects.aggregate(last=Max("seq"))["last"]

    def rarely(self, chance: random.Random) -> None:
        """The hourly and daily tasks whose time has come, in any order."""
        for name in shuffled(rare(), chance):
            seconds = settings.CLOCK[name][1]
            if name not in self.ran or self.at - self.ran[name] >= timedelta(seconds=seconds):
                self.ran[name] = self.at
                self.start(name)

    def start(self, name: str, *, killed_after: int | None = None) -> Any:
        """Runs a task of the schedule, killed after so many statements where told; returns what it returns."""
        module, _dot, function = settings.CLOCK[name][0].rpartition(".")
        task = getattr(import_module(module), function)
        if killed_after is None:
            try:
                return task()
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
        waiting = (queue.objects.open().filter(due_at__lte=self.at) for queue in queues())
        return not Outbox.objects.exists() and not any(rows.exists() for rows in waiting)

    def due(self) -> dict[str, int]:
        """How many jobs each queue has that a worker may take at this moment; none for a queue that is empty."""
        counts = {queue.__name__: queue.objects.due(self.at).count() for queue in queues()}
        counts["Outbox"] = Outbox.objects.count()
        return {name: count for name, count in counts.items() if count}

    def _moments(self, until: datetime) -> Iterable[datetime]:
        for find in moments:
            for moment in find():
                if moment is not None and self.at < moment < until:
                    yield moment
        for queue in queues():
            soonest = queue.objects.open().filter(due_at__gt=self.at, due_at__lt=until)
            yield from soonest.order_by("due_at").values_list("due_at", flat=True)[:1]


def due(find: Callable[[], Iterable[datetime | None]]) -> Callable[[], Iterable[datetime | None]]:
    """Adds moments at which something becomes due, so that a hop of the clock stops there."""
    moments.append(find)
    return find


def queues() -> list[type[Job]]:
    """What is counted as work that something follows from."""
    return [Delivery, Command, Message]


def often() -> list[str]:
    """Names of the tasks that run all the time."""
    return [name for name, (_task, seconds) in settings.CLOCK.items() if seconds <= OFTEN]


def rare() -> list[str]:
    """Names of all others."""
    return [name for name, (_task, seconds) in settings.CLOCK.items() if seconds > OFTEN]


def shuffled(names: list[str], chance: random.Random) -> list[str]:
    """In any order."""
    return chance.sample(names, len(names))
