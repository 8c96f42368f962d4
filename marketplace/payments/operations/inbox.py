"""The inbox: what providers tell us is stored once, answered, and then understood.

A message is only a hint that something changed. Its reducer fetches the thing it is about as it is now and
moves our row forward, so that order, repetition and age of messages do not matter.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from marketplace.payments.models import Message
from marketplace.payments.providers import Unreachable

log = logging.getLogger(__name__)

Reducer = Callable[[Message, datetime], None]
_reducers: dict[str, Reducer] = {}
PAUSES = [
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
]


def reducer(provider: str) -> Callable[[Reducer], Reducer]:
    """Registers the function that understands a provider's messages."""

    def register(function: Reducer) -> Reducer:
        _reducers[provider] = function
        return function

    return register


def receive_message(
    *, provider: str, event_id: str, kind: str, body: dict[str, Any], at: datetime
) -> bool:
    """Stores a verified message; False where it is here already."""
    message = Message(
        provider=provider, event_id=event_id, kind=kind, body=body, due_at=at
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.filter(pk=message.pk).exists()


def process_messages(*, at: datetime, limit: int = 100) -> int:
    """Understands what is due; returns how many messages are done."""
    due = Message.objects.filter(done_at=None, due_at__lte=at).order_by("created_at")
    return sum(_process(pk, at) for pk in due.values_list("pk", flat=True)[:limit])


def _process(pk: object, at: datetime) -> bool:
    message = Message.objects.get(pk=pk)
    try:
        _reducers[message.provider](message, at)
    except Unreachable as error:
        _put_off(message, at, error)
        return False
    return bool(
        Message.objects.filter(pk=pk, done_at=None).update(done_at=at, last_error="")
    )


def _put_off(message: Message, at: datetime, error: Exception) -> None:
    log.warning("%s %s: %s", message.provider, message.kind, type(error).__name__)
    pause = PAUSES[min(message.attempts, len(PAUSES) - 1)]
    changes = {
        "attempts": message.attempts + 1,
        "due_at": at + pause,
        "last_error": str(error)[:2000],
    }
    with transaction.atomic():
        Message.objects.filter(pk=message.pk, done_at=None).update(**changes)
