"""What messages of providers make of our rows: each fetches the thing as it is now and moves ours forward."""

from datetime import datetime

from marketplace.payments import providers
from marketplace.payments.models import Charge, Message, MethodSetup, Refund, Transfer
from marketplace.payments.operations.charging import advance_charge
from marketplace.payments.operations.inbox import reducer
from marketplace.payments.operations.refunding import advance_refund
from marketplace.payments.operations.saving import advance_setup
from marketplace.payments.operations.transferring import advance_transfer
from marketplace.payments.providers.stripe import Stripe
from marketplace.payments.providers.stripe_reading import named


def refresh_charge(charge: Charge, at: datetime) -> None:
    """Asks the provider where a charge stands."""
    advance_charge(charge, providers.get(charge.provider).look_up(charge), at=at)


def refresh_setup(setup: MethodSetup, at: datetime) -> None:
    """Asks the provider what became of saving a method."""
    advance_setup(setup, providers.get(setup.provider).look_up_setup(setup), at=at)


def refresh_refund(refund: Refund, at: datetime) -> None:
    """Asks the provider where a refund stands."""
    outcome = providers.get(refund.provider).look_up_refund(refund)
    if outcome:
        advance_refund(refund, outcome, at=at)


def refresh_transfer(transfer: Transfer, at: datetime) -> None:
    """Asks the provider where a transfer stands."""
    outcome = providers.get(transfer.provider).look_up_transfer(transfer)
    if outcome:
        advance_transfer(transfer, outcome, at=at)


@reducer("demo")
def demo(message: Message, at: datetime) -> None:
    """The demo provider names our own row."""
    kind, target = message.body["kind"], message.body["target"]
    if kind == "charge":
        refresh_charge(Charge.objects.get(pk=target), at)
    elif kind == "setup":
        refresh_setup(MethodSetup.objects.get(pk=target), at)
    elif kind == "refund":
        refresh_refund(Refund.objects.get(pk=target), at)
    else:
        refresh_transfer(Transfer.objects.get(pk=target), at)


@reducer("stripe")
def stripe(message: Message, at: datetime) -> None:
    """Stripe's objects carry our ids; a dispute names the intent that does. What is not ours is left alone."""
    ours: dict[str, str] = dict(message.body["ours"])
    if not ours and message.body.get("payment_intent"):
        charge = named(Stripe().intent_of(message.body["payment_intent"]), "charge")
        ours = {"charge": charge} if charge else {}
    if "charge" in ours:
        refresh_charge(Charge.objects.get(pk=ours["charge"]), at)
    if "setup" in ours:
        refresh_setup(MethodSetup.objects.get(pk=ours["setup"]), at)
    if "refund" in ours:
        refresh_refund(Refund.objects.select_related("charge").get(pk=ours["refund"]), at)
    if "transfer" in ours:
        refresh_transfer(Transfer.objects.get(pk=ours["transfer"]), at)
