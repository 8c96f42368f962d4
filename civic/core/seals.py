"""The hash chain over the event log: anyone with the events can recompute every seal."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection, transaction

from civic.core.models import Event, Seal

GENESIS = bytes(32)


class ChainBroken(Exception):
    """A seal does not match the events or the seal before it."""


def event_bytes(event: Event) -> bytes:
    """The canonical form of an event: JSON with sorted keys, UTF-8, the note only as its digest."""
    content = {
        "seq": event.seq,
        "kind": event.kind,
        "actor": str(event.actor) if event.actor else None,
        "subject": [event.subject_type, event.subject_id],
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "payload": event.payload,
        "note": bytes(event.note_digest).hex(),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(events: Iterable[Event]) -> tuple[bytes, int, int]:
    """SHA-256 over the SHA-256 of each event in order; with how many there were and the last number."""
    whole, count, last = hashlib.sha256(), 0, 0
    for event in events:
        whole.update(hashlib.sha256(event_bytes(event)).digest())
        count, last = count + 1, event.seq
    return whole.digest(), count, last


def link(number: int, previous: bytes, content: bytes) -> bytes:
    """The hash of a seal over its number, the seal before and the digest of its events."""
    return hashlib.sha256(number.to_bytes(8, "big") + previous + content).digest()


def seal(*, at: datetime) -> Seal | None:
    """Seals all events since the last seal; None where there are none.

    The table lock waits for writers under way, so that no event with a lower number appears later.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT core_hold_events()")
        before = Seal.objects.order_by("-number").first()
        fresh = Event.objects.filter(seq__gt=before.last_seq if before else 0).order_by("seq")
        content, count, last = digest(fresh.iterator(chunk_size=2000))
        if not count:
            return None
        number, previous = (before.number + 1, bytes(before.hash)) if before else (1, GENESIS)
        return Seal.objects.create(
            number=number,
            sealed_at=at,
            last_seq=last,
            events=count,
            digest=content,
            previous=previous,
            hash=link(number, previous, content),
        )


def verify() -> int:
    """Recomputes the whole chain; returns how many seals hold. Raises ChainBroken naming the first bad one."""
    previous, first = GENESIS, 0
    for number, row in enumerate(Seal.objects.order_by("number"), 1):
        events = Event.objects.filter(seq__gt=first, seq__lte=row.last_seq).order_by("seq")
        content, count, _ = digest(events.iterator(chunk_size=2000))
        expected = (number, count, content, previous, link(number, previous, content))
        if expected != (row.number, row.events, bytes(row.digest), bytes(row.previous), bytes(row.hash)):
            raise ChainBroken(f"seal {row.number} does not match its events or the seal before it")
        previous, first = bytes(row.hash), row.last_seq
    return Seal.objects.count()
