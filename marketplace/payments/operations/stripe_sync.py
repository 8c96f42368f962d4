"""Keeping dj-stripe's copy up to date behind the inbox: late, retried, and never in the way of money."""

from datetime import datetime

from civic.core import work
from marketplace.payments.models import Charge, Message, MirrorJob
from marketplace.payments.providers import stripe_mirror


def mirror_later(message: Message, at: datetime) -> None:
    """Notes that the copy is to follow a message of Stripe, once."""
    if message.provider == "stripe" and stripe_mirror.mirrors(message.kind):
        MirrorJob.objects.bulk_create([MirrorJob(message=message, due_at=at)], ignore_conflicts=True)


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
