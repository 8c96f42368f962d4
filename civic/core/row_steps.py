"""Steps of the clock over rows, a transaction each: what fails is put off with its reason and holds up nobody.

    due = Pledge.objects.filter(state=PledgeState.ACTIVE).order_by("pk")
    return row_steps.each("pledges to be charged", due, lambda pledge: _collect(pledge, at), at=at)

A row that fails is left out until its pause is over. Taken again each time, as many of them as a task takes at once
would keep all others from their turn for ever. They are listed in the desk (*Put off*), and each failure is an error in
the log, which is an alarm.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from civic.core.models import PutOff
from civic.core.work import describe

log = logging.getLogger(__name__)

R = TypeVar("R", bound=models.Model)
# After each failure in a row; the last one again and again: what is owed stays owed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
)
# Due so long and not tried: the row needs no step any more.
FORGOTTEN = timedelta(days=3)


def each(
    task: str,
    rows: "models.QuerySet[R]",
    step: Callable[[R], object],
    *,
    at: datetime,
    limit: int = 200,
) -> int:
    """Takes the step for the first `limit` rows that are not put off; returns how many say that they did something."""
    known = dict(PutOff.objects.filter(task=task).values_list("subject_id", "due_at"))
    waiting = [key for key, due_at in known.items() if due_at > at]
    if any(due_at < at - FORGOTTEN for due_at in known.values()):
        PutOff.objects.filter(task=task, due_at__lt=at - FORGOTTEN).delete()
    done = 0
    for row in (rows.exclude(pk__in=waiting) if waiting else rows)[:limit]:
        try:
            done += bool(step(row))
        except (
            Exception
        ) as error:  # a row may fail in any way; one that can't be decided would stop all others
            log.exception("the step for %r failed", row)
            _put_off(task, row, error, at)
        else:
            if str(row.pk) in known:
                PutOff.objects.filter(task=task, subject_id=str(row.pk)).delete()
    return done


def _put_off(task: str, row: models.Model, error: Exception, at: datetime) -> None:
    name: dict[str, Any] = {"task": task, "subject_type": row._meta.label, "subject_id": str(row.pk)}
    first = {"first_at": at, "due_at": at}
    kept, _made = PutOff.objects.get_or_create(**name, defaults=first)
    pause = PAUSES[min(kept.failures, len(PAUSES) - 1)]
    # Two workers may have failed at once: the count is the database's.
    PutOff.objects.filter(pk=kept.pk).update(
        failures=F("failures") + 1, reason=describe(error)[:2000], due_at=at + pause
    )
