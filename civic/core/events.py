"""The event log: audit and outbox in one. Handlers run at least once and must be idempotent."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models, transaction

from civic.core import work
from civic.core.models import Delivery, Event, Outbox
from civic.core.registry import Registry
from civic.core.work import Priority

Function = Callable[[Event], None]


@dataclass(frozen=True)
class Handler:
    """A function with the kinds of events that it hears of. Its deliveries are kept under the slug.

    `once_per` names a key of the payload, for a function that looks at everything under it anew (a campaign's pledges)
    and not at the event: one delivery then stands for all events of the same value that happened before it is run.
    """

    slug: str
    kinds: frozenset[str]
    function: Function
    once_per: str = ""


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
    """Writes the event in the caller's transaction. `payload` must hold no personal data; `note` may.

    To it comes what the subject's model declares (`fields_of`).
    """
    salt = secrets.token_bytes(16) if note else b""
    return Event.objects.create(
        kind=kind,
        actor=actor.pk if actor else None,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        at=at,
        payload={**fields_of(subject), **(payload or {})},
        note=note,
        note_salt=salt,
        note_digest=note_digest(note, salt) if note else b"",
    )


def fields_of(subject: models.Model) -> dict[str, Any]:
    """What events say of a thing: the `event_fields` of its model, names in the log to attributes of the row."""
    fields = {name: attrgetter(path)(subject) for name, path in getattr(subject, "event_fields", {}).items()}
    return {name: str(value) if isinstance(value, UUID) else value for name, value in fields.items()}


def note_digest(note: str, salt: bytes) -> bytes:
    """What the chain holds of a note: HMAC-SHA256 under the event's own salt."""
    return hmac.new(salt, note.encode(), hashlib.sha256).digest()


def erase_notes(events: models.QuerySet[Event]) -> int:
    """Forgets the free text of these events; their digests, and so the chain, stay as they were."""
    return events.exclude(note="").update(note="", note_salt=b"")


def about(subject: models.Model) -> models.QuerySet[Event]:
    """The history of one thing, oldest first."""
    return Event.objects.filter(subject_type=subject._meta.label, subject_id=str(subject.pk)).order_by("seq")


def handler(*kinds: str, once_per: str = "") -> Callable[[Function], Function]:
    """Registers a function for events of these kinds: `@handler("project.opened")`, in a slice's `handlers`."""

    def register(function: Function) -> Function:
        handlers.register(Handler(name_of(function), frozenset(kinds), function, once_per))
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


def write_handled(**_kwargs: Any) -> None:
    """After each migrate: the table by which the database knows whose deliveries an event waits for (outbox_0008.sql).

    A handler that one delivery serves for several events is left out: not each of its events has one.
    """
    wanted = {(kind, one.slug) for one in handlers if not one.once_per for kind in one.kinds}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_handled')")
        if cursor.fetchone() == (None,):
            return  # before its migration
        cursor.execute("SELECT kind, handler FROM core_handled")
        if set(cursor.fetchall()) != wanted:
            cursor.execute("DELETE FROM core_handled")
            cursor.executemany("INSERT INTO core_handled (kind, handler) VALUES (%s, %s)", sorted(wanted))


def unheard(*kinds: str) -> list[Event]:
    """Events of these kinds that wait for a handler, oldest first: what follows from them is not written yet."""
    fresh = Outbox.objects.filter(event__kind__in=kinds).values("event")
    waiting = Delivery.objects.open().filter(event__kind__in=kinds).values("event")
    return list(Event.objects.filter(pk__in=fresh.union(waiting)).order_by("seq"))


def schedule(*, limit: int = 5000) -> None:
    """Turns outbox rows into one delivery a handler, so that a crash in between loses neither.

    Many more at once than are run, so that a comment behind the twenty thousand decisions of a call is seen, and
    can go first.
    """
    with transaction.atomic():
        # SKIP LOCKED: workers share the rows instead of waiting for each other. A row whose transaction is still open
        # is not visible yet and comes next time, whatever its number.
        fresh = (
            Outbox.objects.select_for_update(skip_locked=True).select_related("event").order_by("pk")[:limit]
        )
        new = [row.event for row in fresh]
        Delivery.objects.bulk_create(_deliveries(new), ignore_conflicts=True, batch_size=1000)
        Outbox.objects.filter(pk__in=[event.pk for event in new]).delete()


def _deliveries(new: list[Event]) -> Iterable[Delivery]:
    count = Counter(event.kind for event in new)
    waiting = _waiting(set(count))
    for event in new:
        priority = Priority.BULK if count[event.kind] > MASS else Priority.NORMAL
        for one in handlers:
            if event.kind not in one.kinds:
                continue
            if one.once_per and (value := event.payload.get(one.once_per)) is not None:
                if (one.slug, value) in waiting:
                    continue
                waiting.add((one.slug, value))
            yield Delivery(event=event, handler=one.slug, due_at=event.at, priority=priority)


def _waiting(kinds: set[str]) -> set[tuple[str, Any]]:
    """What a delivery of a `once_per` handler waits for already, as slug and value.

    Only one that no worker has taken yet: it is run in a transaction that begins after this look, when the new events
    were committed long since, and so sees what they stand for. One that was taken may have looked before them; in its
    place the new events would be lost.
    """
    keys = {one.slug: one.once_per for one in handlers if one.once_per and one.kinds & kinds}
    if not keys:
        return set()
    waiting = Delivery.objects.open().filter(handler__in=keys, attempts=0).select_related("event")
    return {(one.handler, one.event.payload.get(keys[one.handler])) for one in waiting}


def _handle(delivery: Delivery, at: datetime) -> None:
    handlers[delivery.handler].function(delivery.event)
