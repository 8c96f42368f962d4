"""What staff do with a job that failed: try it again now, or give it up with a reason. Both are in the event log."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.core import events
from civic.core.errors import Conflict
from civic.core.locking import lock_row
from civic.core.models import PutOff
from civic.core.policies import require
from civic.core.work import Job


def retry(*, actor: Any, job: Job, at: datetime) -> None:
    """Makes a job due now, also one that was given up. Raises Forbidden; Conflict where it is done, being done or
    nothing is left of what it was to say.
    """
    with transaction.atomic():
        locked = _held(actor, job, at)
        if locked.is_forgotten:
            raise Conflict(_("It was given up, and what it was to say is no longer kept. Have it made anew."))
        type(job).objects.filter(pk=locked.pk).update(due_at=at, dead_at=None, lease=None, leased_until=None)
        events.record("job.retried", actor=actor, subject=job, at=at)


def discard(*, actor: Any, job: Job, reason: str, at: datetime) -> None:
    """Ends a job that will never succeed; what it was to say is forgotten.

    Raises Forbidden; Conflict where it is done or being done, or of a kind that is tried until it is done: money that
    is owed stays owed, and whoever waits for it would wait for ever.
    """
    with transaction.atomic():
        locked = _held(actor, job, at)
        if locked.dead_at:
            raise Conflict(_("It was given up already."))
        if not locked.gives_up:
            raise Conflict(_("What is owed stays owed: this is tried until it is done."))
        changes = {"dead_at": at, "lease": None, "leased_until": None, **job.forgets}
        # First: without it the database lets nobody but a worker give up a delivery.
        events.record("job.discarded", actor=actor, subject=job, at=at, note=reason)
        type(job).objects.filter(pk=locked.pk).update(**changes)


def try_row_now(*, actor: Any, put_off: PutOff, at: datetime) -> None:
    """Lets the clock take its step for a row at its next call. Raises Forbidden."""
    with transaction.atomic():
        require(actor, "handle", put_off)
        PutOff.objects.filter(pk=put_off.pk).update(due_at=at)
        events.record("put_off.retried", actor=actor, subject=put_off, at=at)


def _held(actor: Any, job: Job, at: datetime) -> Job:
    """The row, locked: a worker that claims it at the same time waits, or passes over it."""
    require(actor, "handle", job)
    locked: Job = lock_row(type(job).objects, pk=job.pk)
    if locked.done_at:
        raise Conflict(_("It is done."))
    if locked.leased_until and locked.leased_until > at:
        raise Conflict(_("It is being done at this moment."))
    return locked
