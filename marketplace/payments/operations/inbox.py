"""The inbox: what providers tell us is stored once, answered, and then understood.

A message is only a hint that something changed. Its handler fetches the thing it is about as it is now and
moves our row forward, so that order, repetition and age of messages do not matter.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from civic.core.registry import Hook, Registry
from marketplace.payments.models import Message
from marketplace.payments.operations.mirroring import mirror_later
from marketplace.payments.operations.pauses import pause
from marketplace.payments.providers import Unavailable, Unreachable

log = logging.getLogger(__name__)

# What understands a provider's messages, by the provider's name; in marketplace.payments.handlers.
webhook_handlers: Registry[Hook[[Message, datetime], None]] = Registry("handler of a provider's messages")


def receive_message(
    *,
    provider: str,
    event_id: str,
    kind: str,
    body: dict[str, Any],
    at: datetime,
    due_at: datetime | None = None,
) -> bool:
    """Stores a verified message, to be understood now or at `due_at`; False where it is here already."""
    message = Message(provider=provider, event_id=event_id, kind=kind, body=body, due_at=due_at or at)
    with transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=True)
        fresh = Message.objects.filter(pk=message.pk).exists()
        if fresh:
            mirror_later(message, at)
        return fresh


def process_messages(*, at: datetime, limit: int = 100) -> int:
    """Understands what is due; returns how many messages are done. Several workers may do so at once."""
    due = Message.objects.filter(done_at=None, due_at__lte=at).order_by("created_at")
    return sum(_process(message, at) for message in due[:limit])


def _process(message: Message, at: datetime) -> bool:
    try:
        webhook_handlers[message.provider](message, at)
    except (Unreachable, Unavailable) as error:
        log.warning("%s: %s", message, error)
        return _put_off(message, at, error)
    except Exception as error:  # a message that nobody can read waits and does not stop the others
        log.exception("%s %s could not be understood", message, message.event_id)
        return _put_off(message, at, error)
    return bool(Message.objects.filter(pk=message.pk, done_at=None).update(done_at=at, last_error=""))


def _put_off(message: Message, at: datetime, error: Exception) -> bool:
    Message.objects.filter(pk=message.pk, done_at=None).update(
        attempts=F("attempts") + 1,
        due_at=at + pause(message.attempts + 1),
        last_error=repr(error)[:2000],
    )
    return False
