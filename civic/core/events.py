"""The event log: audit and outbox in one. Handlers run at least once and must be idempotent."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction

from civic.core import work
from civic.core.models import Delivery, Event, Outbox
from civic.core.registry import Registry
from civic.core.work import Priority

Function = Callable[[Event], None]


@dataclass(frozen=True)
class Handler:
    """A function with the kinds of events that it hears of. Its deliveries are kept under the slug."""

    slug: str
    kinds: frozenset[str]
    function: Function


handlers: Registry[Handler] = Registry("event handler")

# So many events of one kind at once are a mass: what a single person did goes before them.
MASS = 100


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
    schedule()
    return work.run(Delivery, _handle, at=at, limit=limit)


def schedule(*, limit: int = 5000) -> None:
    """Turns outbox rows into one delivery a handler, so that a crash in between loses neither.

    Many more at once than are run, so that a comment behind the twenty thousand decisions of a call is seen, and
    can go first.
    """
    with transaction.atomic():
        fresh = (
            Outbox.objects.select_for_update(skip_locked=True).select_related("event").order_by("pk")[:limit]
        )
        new = [row.event for row in fresh]
        Delivery.objects.bulk_create(_deliveries(new), ignore_conflicts=True, batch_size=1000)
        Outbox.objects.filter(pk__in=[event.pk for event in new]).delete()


def _deliveries(new: list[Event]) -> Iterable[Delivery]:
    count = Counter(event.kind for event in new)
    for event in new:
        priority = Priority.BULK if count[event.kind] > MASS else Priority.NORMAL
        for one in handlers:
            if event.kind in one.kinds:
                yield Delivery(event=event, handler=one.slug, due_at=event.at, priority=priority)


def _handle(delivery: Delivery, at: datetime) -> None:
    handlers[delivery.handler].function(delivery.event)
