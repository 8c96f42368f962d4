"""The webhook inbox: what providers tell us is stored once, answered, and then understood.

dj-stripe's copy follows behind it: late, retried, and never in the way of money.

A message is only a hint that something changed. Its handler fetches the thing it is about as it is now and
moves our row forward, so that order, repetition and age of messages do not matter.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from civic.core import work
from civic.core.registry import Hook, Registry
from marketplace.payments.models import Charge, Message, MirrorJob
from marketplace.payments.operations.status_refresh import refresh_ours
from marketplace.payments.providers import Unavailable, Unreachable, stripe_mirror

# What understands a provider's messages, by the provider's name, where they are about more than rows of ours.
webhook_handlers: Registry[Hook[[Message, datetime], None]] = Registry("handler of a provider's messages")


def receive_webhook(
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
        if fresh and provider == "stripe" and stripe_mirror.mirrors(kind):
            MirrorJob.objects.bulk_create([MirrorJob(message=message, due_at=at)], ignore_conflicts=True)
        return fresh


def process_webhooks(*, at: datetime | None = None, limit: int = 100) -> int:
    """Understands what is due; returns how many messages are done. Several workers may do so at once."""
    return work.run(Message, _understand, at=at, limit=limit, expected=(Unreachable, Unavailable))


def _understand(message: Message, at: datetime) -> None:
    handler = webhook_handlers.get(message.provider)
    if handler:
        handler(message, at)
    else:
        refresh_ours(message.body["ours"], at)


def mirror_messages(*, at: datetime | None = None, limit: int = 50) -> int:
    """Copies what is due; returns how many are done. A failure is one line in the log, and is tried again later."""
    # A library's copy may fail in any way, and money must not care: every error is an expected one.
    return work.run(MirrorJob, _mirror, at=at, limit=limit, expected=(Exception,))


def _mirror(mirror_job: MirrorJob, at: datetime) -> None:
    if not _of_nobody(mirror_job.message):
        stripe_mirror.mirror(mirror_job.message.event_id)


def _of_nobody(message: Message) -> bool:
    """Whether it is about somebody who has erased their account: no copy of them comes back."""
    ours, intent = message.body.get("ours", {}), message.body.get("payment_intent")
    about = Charge.objects.filter(payer=None)
    if ours.get("charge"):
        return about.filter(pk=ours["charge"]).exists()
    return bool(intent) and about.filter(provider="stripe", provider_ref=intent).exists()
