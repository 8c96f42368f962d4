"""Keeping dj-stripe's copy up to date behind the inbox: late, retried, and never in the way of money."""

import logging
from datetime import datetime

from django.db.models import F

from marketplace.payments.models import Charge, Message, Mirroring
from marketplace.payments.operations.pauses import pause
from marketplace.payments.providers import stripe_mirror

log = logging.getLogger(__name__)


def mirror_later(message: Message, at: datetime) -> None:
    """Notes that the copy is to follow a message of Stripe, once."""
    if message.provider == "stripe" and stripe_mirror.mirrors(message.kind):
        Mirroring.objects.bulk_create([Mirroring(message=message, due_at=at)], ignore_conflicts=True)


def mirror_messages(*, at: datetime, limit: int = 50) -> int:
    """Copies what is due; returns how many are done. A failure is one line in the log, and is tried again later."""
    due = Mirroring.objects.filter(done_at=None, due_at__lte=at).select_related("message")
    return sum(_mirror(one, at) for one in due.order_by("created_at")[:limit])


def _mirror(mirroring: Mirroring, at: datetime) -> bool:
    try:
        if not _of_nobody(mirroring.message):
            stripe_mirror.mirror(mirroring.message.event_id)
    except Exception as error:  # noqa: BLE001 - a library's copy may fail in any way, and money must not care
        reason = f"{type(error).__name__}: {error}".split("\n")[0]
        log.warning("mirror of %s %s: %s", mirroring.message, mirroring.message.event_id, reason)
        Mirroring.objects.filter(pk=mirroring.pk).update(
            attempts=F("attempts") + 1, due_at=at + pause(mirroring.attempts + 1), last_error=reason[:2000]
        )
        return False
    return bool(Mirroring.objects.filter(pk=mirroring.pk).update(done_at=at, last_error=""))


def _of_nobody(message: Message) -> bool:
    """Whether it is about somebody who has erased their account: no copy of them comes back."""
    ours, intent = message.body.get("ours", {}), message.body.get("payment_intent")
    about = Charge.objects.filter(payer=None)
    if ours.get("charge"):
        return about.filter(pk=ours["charge"]).exists()
    return bool(intent) and about.filter(provider="stripe", provider_ref=intent).exists()
