"""What messages of providers make of our rows: each fetches the thing as it is now and moves ours forward."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model

from civic.core.registry import Hook
from marketplace.payments.models import Charge, Message, MethodSetup, Refund, Transfer
from marketplace.payments.operations.provider_payouts import note_settlement
from marketplace.payments.operations.status_refresh import (
    refresh_charge,
    refresh_refund,
    refresh_setup,
    refresh_transfer,
)
from marketplace.payments.operations.webhook_inbox import webhook_handlers
from marketplace.payments.providers.stripe import Stripe
from marketplace.payments.providers.stripe_reading import named

OURS: dict[str, tuple[type[Model], Callable[[Any, datetime], None]]] = {
    "charge": (Charge, refresh_charge),
    "setup": (MethodSetup, refresh_setup),
    "refund": (Refund, refresh_refund),
    "transfer": (Transfer, refresh_transfer),
}


def refresh(kind: str, pk: str, at: datetime) -> None:
    """Asks the provider about one of our rows."""
    model, ask = OURS[kind]
    ask(model._default_manager.get(pk=pk), at)


def demo(message: Message, at: datetime) -> None:
    """The demo provider names our own row."""
    refresh(message.body["kind"], message.body["target"], at)


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
    for kind, pk in ours.items():
        refresh(kind, pk, at)


webhook_handlers.register(Hook("demo", demo), Hook("stripe", stripe))
