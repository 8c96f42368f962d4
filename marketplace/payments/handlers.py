"""What a provider's messages say beyond which rows of ours they are about; finance officers hear of disputes.

Large statements of the bank are matched here, too.
"""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from civic.core import events
from civic.core.models import Event
from civic.core.registry import Hook
from civic.notifications import operations as notifications
from marketplace.payments import purposes
from marketplace.payments.models import Dispute, Message, Statement
from marketplace.payments.operations.reconciliation import note_settlement
from marketplace.payments.operations.statements import match_further
from marketplace.payments.operations.webhook_inbox import refresh_ours, webhook_handlers
from marketplace.payments.providers.stripe import Stripe
from marketplace.payments.providers.stripe_objects import named
from marketplace.payments.queries import disputes


def stripe(message: Message, at: datetime) -> None:
    """Stripe's objects carry our ids; a dispute names the intent that does. What is not ours is left alone.

    A payout is Stripe's own, to our bank account.
    """
    if message.kind.startswith("payout."):
        provider = Stripe()
        note_settlement(provider.payout(message.body["id"]), book=provider.book(), provider="stripe", at=at)
        return
    ours: dict[str, str] = dict(message.body["ours"])
    if not ours and message.body.get("payment_intent"):
        charge = named(Stripe().intent_of(message.body["payment_intent"]), "charge")
        ours = {"charge": charge} if charge else {}
    refresh_ours(ours, at)


webhook_handlers.register(Hook("stripe", stripe))


@events.handler("statement.imported", "statement.continued")
def on_statement(event: Event) -> None:
    """Matches the lines of a large file, so many at a time."""
    match_further(Statement.objects.get(pk=event.subject_id), event.at)


@events.handler("charge.disputed", "charge.won", "charge.lost")
def on_dispute(event: Event) -> None:
    """Whose bank took what back, and how it ended; of a transfer that is one step, and told once."""
    found = disputes.dispute_of(UUID(event.subject_id), event.kind, event.at)
    if found and disputes.is_by_transfer(found.charge):
        if event.kind == "charge.lost":
            _tell(found, event, "charge.taken_back")
    elif found:
        _tell(found, event)


@events.handler("dispute.reminded")
def on_reminder(event: Event) -> None:
    """That evidence is due soon."""
    _tell(Dispute.objects.select_related("charge").get(pk=event.subject_id), event)


def _tell(dispute: Dispute, event: Event, kind: str = "") -> None:
    purpose = dispute.charge.purpose
    due = dispute.evidence_due_at
    day = date_format(localtime(due), "DATE_FORMAT") if due else "–"
    params = {"amount": dispute.amount.format(), "lost": dispute.lost.format(), "due": day}
    url = reverse("admin:payments_dispute_changelist")
    topic = str(purposes.describe([purpose])[purpose].title)
    message = notifications.Message(kind or event.kind, topic, url, params=params)
    notifications.notify(people=disputes.finance_officers(), message=message, event=event)
