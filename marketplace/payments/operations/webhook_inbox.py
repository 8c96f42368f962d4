"""The webhook inbox: what providers tell us is stored once, answered, and then understood.

dj-stripe's copy follows behind it: late, retried, and never in the way of money.

A message is only a hint that something changed. Its handler asks the provider where the thing it is about stands now
and moves our row there, so that order, repetition and age of messages do not matter; one that was lost is made up for
by asking about what has been open for an hour.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from civic.core import row_steps, work
from civic.core.registry import Hook, Registry
from marketplace.payments import providers
from marketplace.payments.models import Charge, Message, MethodSetup, MirrorJob, Refund, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.payment_methods import advance_setup
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Rejected, Unavailable, Unreachable, stripe_mirror
from marketplace.payments.states import OPEN_CHARGE

log = logging.getLogger(__name__)

QUIET = timedelta(hours=1)


Row = Charge | MethodSetup | Refund | Transfer
# Our rows by the names that providers' messages have for them.
OURS: dict[str, type[Row]] = {"charge": Charge, "setup": MethodSetup, "refund": Refund, "transfer": Transfer}


def refresh(row: Row, at: datetime) -> None:
    """Moves a row to where its provider says that it stands, or keeps the method that was saved."""
    provider = providers.get(row.provider)
    if isinstance(row, Charge):
        advance_charge(row, provider.look_up(row), at=at)
    elif isinstance(row, MethodSetup):
        advance_setup(row, provider.look_up_setup(row), at=at)
    elif isinstance(row, Refund):
        if outcome := provider.look_up_refund(row):
            advance_refund(row, outcome, at=at)
    elif outcome := provider.look_up_transfer(row):
        advance_transfer(row, outcome, at=at)


def refresh_ours(ours: Mapping[str, str], at: datetime) -> None:
    """Moves the rows that a message names, such as `{"charge": "<id>"}`, to where their provider says they stand."""
    for kind, pk in ours.items():
        refresh(OURS[kind]._default_manager.get(pk=pk), at)


def refresh_unfinished(*, at: datetime, limit: int = 200) -> int:
    """Asks about what has been open for an hour without a word: a message may have been lost. Returns how many."""
    quiet = {"state_since__lte": at - QUIET}
    rows: list[QuerySet[Any]] = [
        Charge.objects.filter(state__in=OPEN_CHARGE, **quiet),
        MethodSetup.objects.filter(state="prepared", **quiet),
        Refund.objects.filter(state__in=["sent", "pending"], **quiet).select_related("charge"),
    ]
    task = "payments to be asked about"
    return sum(
        row_steps.each(
            task, some.order_by("state_since", "pk"), lambda row: _ask(row, at), at=at, limit=limit
        )
        for some in rows
    )


def _ask(row: Row, at: datetime) -> bool:
    try:
        refresh(row, at)
    except (Unreachable, Unavailable, Rejected) as error:
        log.warning("%s %s: %s", row.provider, row.pk, error)
        return False
    return True


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
