"""Durable work: a row that stays until it is done, and the one loop that does it.

A queue is a subclass of `Job`, which says how long its failures wait, and a function that does one of its jobs:

    def send(letter: Letter, at: datetime) -> None: ...
    work.run(Letter, send)

Whoever writes the row does so in the transaction of what it follows from, so that neither is there without the
other. A job is leased, done, and marked; an error is kept with it, and it is tried again after a pause. After the last
pause it is dead: it waits for somebody in the desk (`civic.core.admin.JobAdmin`).
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from civic.core import clock
from civic.core.compiled import CompiledQuery

log = logging.getLogger(__name__)

# Longer than any call to another machine waits for its answer: after a shorter one the call would be made twice.
# A queue whose jobs take longer says so (`held_for`).
LEASE = timedelta(minutes=2)
WORKER_ENDED = "The worker ended before it was known whether this was done."


class Priority(models.IntegerChoices):
    """What goes first, however many jobs of a later class are older."""

    URGENT = 1, _("somebody waits for it")
    NORMAL = 5, _("as usual")
    BULK = 9, _("one of very many")


class Jobs(models.QuerySet[Any]):
    """Which jobs are where on their way."""

    def open(self) -> "Jobs":
        """Neither done nor given up."""
        return self.filter(done_at=None, dead_at=None)

    def due(self, at: datetime) -> "Jobs":
        """What a worker may take now: it is time, and nobody holds it or whoever did is gone."""
        return self.open().filter(Q(leased_until=None) | Q(leased_until__lte=at), due_at__lte=at)

    def failed(self) -> "Jobs":
        """Tried in vain, and to be tried again."""
        return self.open().exclude(last_error="")

    def dead(self) -> "Jobs":
        """Nobody tries these again by themselves."""
        return self.exclude(dead_at=None)


class Job(models.Model):
    """One piece of durable work. `lease` names the worker's hold on it until `leased_until`."""

    # How long it waits after each failure.
    pauses: ClassVar[tuple[timedelta, ...]]
    # Whether it is dead after the last pause; else it is tried again after that pause for ever.
    gives_up: ClassVar[bool] = True
    # How long a worker holds one: longer than any takes, or a second worker does it as well.
    held_for: ClassVar[timedelta] = LEASE
    # Whether it is done in one transaction with its mark. What calls another machine must not be: the transaction
    # would stay open, with its locks, for as long as that machine takes to answer.
    atomic: ClassVar[bool] = False
    # What a job that is over does not keep.
    forgets: ClassVar[dict[str, Any]] = {}
    # Whether what it needs was forgotten when it was given up, so that it can't be tried again.
    is_forgotten: ClassVar[Any] = False

    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    first_tried_at = models.DateTimeField(_("first tried"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(_("lease"), null=True)
    leased_until = models.DateTimeField(_("leased until"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)
    dead_at = models.DateTimeField(_("given up"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = Jobs.as_manager()

    class Meta:
        abstract = True
        # In the order in which `claim` takes them, so that it reads one row however many wait.
        indexes: ClassVar = [
            models.Index(
                fields=["priority", "due_at", "id"],
                condition=Q(done_at=None, dead_at=None),
                name="%(class)s_open",
            )
        ]

    def describe(self, error: Exception) -> str:
        """What is kept of a failure, for the desk."""
        return describe(error)

    def repeatable(self, error: Exception | None) -> bool:
        """Whether another try after this error cannot do it twice; None stands for a worker that ended."""
        return True

    @property
    def used_up(self) -> bool:
        """Whether the last try was the last one."""
        return self.gives_up and self.attempts > len(self.pauses)


J = TypeVar("J", bound=Job)


def describe(error: Exception) -> str:
    """A failure in words for the desk; of the database's without its detail, which quotes the row."""
    said = getattr(error.__cause__, "diag", None)
    return f"{type(error).__name__}: {said.message_primary if said else error}"


def run(
    queue: type[J],
    do: Callable[[J, datetime], None],
    *,
    at: datetime | None = None,
    limit: int = 500,
    seconds: float = 30,
    expected: tuple[type[Exception], ...] = (),
) -> int:
    """Does what is due, one after the other; returns how many are done. A failure stops no other.

    `expected` errors are one line in the log each, all others come with a traceback.

    Several workers may do so at once. It ends after so many jobs or seconds, so that the clock's next call can go
    to a free worker; the rest waits for that. Without `at`, each job gets its own moment: one for all would let a
    lease of the last job begin long ago, and another worker would take it.
    """
    done, end = 0, time.monotonic() + seconds
    for _number in range(limit):
        if time.monotonic() > end or (job := claim(queue, at=at or clock.now())) is None:
            break
        done += _carry_out(job, do, at, expected)
    return done


def claim(queue: type[J], *, at: datetime) -> J | None:
    """Takes the first job that is due, for as long as its queue says; None where there is none.

    The row lock lasts for this statement's transaction only. SKIP LOCKED lets workers take different jobs side by
    side: without it they would all wait for the first one. A worker that is killed later leaves its lease behind,
    and the job comes back when that has run out.
    """
    while True:
        with transaction.atomic():
            found = _first_due(queue).all(at=at)
            if not found:
                return None
            job = found[0]
            if job.leased_until is None or (job.repeatable(None) and not job.used_up):
                # Counted before it is tried, so that a job that kills its workers is dead in the end too.
                job.attempts += 1
                job.first_tried_at = job.first_tried_at or at
                job.lease, job.leased_until = uuid4(), at + queue.held_for
                job.save(update_fields=["attempts", "first_tried_at", "lease", "leased_until"])
                return job
            _update(job, dead_at=at, last_error=WORKER_ENDED)


@cache
def _first_due(queue: type[J]) -> CompiledQuery[J]:
    """Compiled once: building and compiling it for each job took three times as long as asking it."""

    def build(*, at: datetime) -> models.QuerySet[J]:
        due: Any = queue._default_manager.due(at).order_by("priority", "due_at", "pk")
        # `select_related`: what every job of the queue points to comes with it.
        return due.select_related().select_for_update(skip_locked=True, of=("self",))[:1]

    return CompiledQuery(queue, build)


def _carry_out(
    job: J, do: Callable[[J, datetime], None], at: datetime | None, expected: tuple[type[Exception], ...]
) -> bool:
    try:
        if job.atomic:
            with transaction.atomic():
                # Marked first: the mark locks the row, so that a second worker, after a lease that was too short,
                # waits here and finds that it is done. An error takes the mark back together with what was done.
                if not _finish(job, at):
                    return False
                do(job, at or clock.now())
            return True
        do(job, at or clock.now())
        return _finish(job, at)
    except Exception as error:  # a job may fail in any way; the failure is kept with it and the others go on
        if isinstance(error, expected):
            log.warning("%s: %s", job, job.describe(error).split("\n")[0])
        else:
            log.exception("%s failed", job)
        _fail(job, error, at or clock.now())
        return False


def _finish(job: Job, at: datetime | None) -> bool:
    return _update(job, done_at=at or clock.now(), last_error="", **job.forgets)


def _fail(job: Job, error: Exception, at: datetime) -> None:
    reason = job.describe(error)[:2000]
    if job.used_up or not job.repeatable(error):
        _update(job, dead_at=at, last_error=reason)
    else:
        pause = job.pauses[min(job.attempts, len(job.pauses)) - 1]
        _update(job, due_at=at + pause, last_error=reason)


def _update(job: Job, **changes: object) -> bool:
    """Ends the lease with these changes, only while it is ours: another worker may have taken over."""
    held = type(job).objects.filter(pk=job.pk, lease=job.lease, done_at=None)
    return bool(held.update(lease=None, leased_until=None, **changes))
