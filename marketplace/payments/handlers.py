"""What to do about a provider's messages where they say more than which rows of ours they are about."""

from datetime import datetime

from civic.core.registry import Hook
from marketplace.payments.models import Message
from marketplace.payments.operations.reconciliation import note_settlement
from marketplace.payments.operations.webhook_inbox import refresh_ours, webhook_handlers
from marketplace.payments.providers.stripe import Stripe
from marketplace.payments.providers.stripe_objects import named


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
