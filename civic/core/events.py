"""The event log: audit and outbox in one. Handlers run at least once and must be idempotent."""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction
from django.db.models import F

from civic.core import clock
from civic.core.models import Delivery, Event, Outbox
from civic.core.registry import Registry

log = logging.getLogger(__name__)

Function = Callable[[Event], None]


@dataclass(frozen=True)
class Handler:
    """A function with the kinds of events that it hears of. Its deliveries are kept under the slug."""

    slug: str
    kinds: frozenset[str]
    function: Function


handlers: Registry[Handler] = Registry("event handler")

# After these pauses a delivery has been tried for two days; then it waits for a person (admin).
PAUSES = [
    timedelta(seconds=2),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(hours=1),
]
PAUSES += [timedelta(hours=12)] * 4


class Actor(Protocol):
    """Whoever acts: a person. The log keeps only the id."""

    @property
    def pk(self) -> UUID: ...


def record(
    kind: str,
    *,
    actor: Actor | None,
    subject: models.Model,
    at: datetime,
    payload: dict[str, Any] | None = None,
    note: str = "",
) -> Event:
    """Writes the event in the caller's transaction. `payload` must hold no personal data; `note` may."""
    salt = secrets.token_bytes(16) if note else b""
    return Event.objects.create(
        kind=kind,
        actor=actor.pk if actor else None,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        at=at,
        payload=payload or {},
        note=note,
        note_salt=salt,
        note_digest=note_digest(note, salt) if note else b"",
    )


def note_digest(note: str, salt: bytes) -> bytes:
    """What the chain holds of a note: HMAC-SHA256 under the event's own salt."""
    return hmac.new(salt, note.encode(), hashlib.sha256).digest()


def erase_notes(events: models.QuerySet[Event]) -> int:
    """Forgets the free text of these events; their digests, and so the chain, stay as they were."""
    return events.exclude(note="").update(note="", note_salt=b"")


def about(subject: models.Model) -> models.QuerySet[Event]:
    """The history of one thing, oldest first."""
    return Event.objects.filter(subject_type=subject._meta.label, subject_id=str(subject.pk)).order_by("seq")


def handler(*kinds: str) -> Callable[[Function], Function]:
    """Registers a function for events of these kinds: `@handler("project.opened")`, in a slice's `handlers`."""

    def register(function: Function) -> Function:
        handlers.register(Handler(name_of(function), frozenset(kinds), function))
        return function

    return register


def name_of(function: Function) -> str:
    """The stable name under which a handler's deliveries are kept."""
    return f"{function.__module__}.{function.__qualname__}"


def deliver_pending(*, at: datetime | None = None, limit: int = 500) -> int:
    """Schedules what is new and runs what is due; returns how many handlers succeeded.

    Each handler runs in a transaction together with the mark that it is done; a failure is kept with
    its error and tried again after a pause. Several workers may call this at once.
    """
    schedule(limit=limit)
    moment = at or clock.now()
    due = Delivery.objects.filter(done_at=None, due_at__lte=moment).order_by("event_id", "pk")
    return sum(_run(pk, moment) for pk in due.values_list("pk", flat=True)[:limit])


def schedule(*, limit: int = 500) -> None:
    """Turns outbox rows into one delivery a handler, so that a crash in between loses neither."""
    with transaction.atomic():
        fresh = (
            Outbox.objects.select_for_update(skip_locked=True).select_related("event").order_by("pk")[:limit]
        )
        outbox = list(fresh)
        Delivery.objects.bulk_create(list(_deliveries(row.event for row in outbox)), ignore_conflicts=True)
        Outbox.objects.filter(pk__in=[row.pk for row in outbox]).delete()


def _deliveries(events: Iterable[Event]) -> Iterable[Delivery]:
    for event in events:
        for one in handlers:
            if event.kind in one.kinds:
                yield Delivery(event=event, handler=one.slug, due_at=event.at)


def _run(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            locked = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
                "event"
            )
            delivery = locked.filter(pk=pk, done_at=None).first()
            if delivery is None:
                return False
            handlers[delivery.handler].function(delivery.event)
            Delivery.objects.filter(pk=pk).update(done_at=at, attempts=F("attempts") + 1, last_error="")
            return True
    except Exception as error:  # a handler may fail in any way; the failure is kept and shown in the admin
        log.exception("handler failed for delivery %s", pk)
        _put_off(pk, at, error)
        return False


def _put_off(pk: int, at: datetime, error: Exception) -> None:
    delivery = Delivery.objects.get(pk=pk)
    pause = PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
    beyond = timedelta(days=3650) if delivery.attempts >= len(PAUSES) else pause
    changes = {
        "attempts": delivery.attempts + 1,
        "last_error": repr(error)[:2000],
        "due_at": at + beyond,
    }
    Delivery.objects.filter(pk=pk).update(**changes)
