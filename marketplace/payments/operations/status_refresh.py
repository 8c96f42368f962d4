"""Asking a provider where something stands now, and moving our row there."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from marketplace.payments import providers
from marketplace.payments.models import Charge, MethodSetup, Refund, Transfer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.payment_methods import advance_setup
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Rejected, Unavailable, Unreachable

log = logging.getLogger(__name__)

QUIET = timedelta(hours=1)
OPEN_CHARGE = ["prepared", "confirming", "processing", "needs_payer"]


def refresh_charge(charge: Charge, at: datetime) -> None:
    """Moves a charge to where its provider says that it stands."""
    advance_charge(charge, providers.get(charge.provider).look_up(charge), at=at)


def refresh_setup(setup: MethodSetup, at: datetime) -> None:
    """Keeps the method, once the provider says that it is saved."""
    advance_setup(setup, providers.get(setup.provider).look_up_setup(setup), at=at)


def refresh_refund(refund: Refund, at: datetime) -> None:
    """Moves a refund to where its provider says that it stands."""
    outcome = providers.get(refund.provider).look_up_refund(refund)
    if outcome:
        advance_refund(refund, outcome, at=at)


def refresh_transfer(transfer: Transfer, at: datetime) -> None:
    """Moves a transfer to where its provider says that it stands."""
    outcome = providers.get(transfer.provider).look_up_transfer(transfer)
    if outcome:
        advance_transfer(transfer, outcome, at=at)


OURS: dict[str, tuple[type[Model], Callable[[Any, datetime], None]]] = {
    "charge": (Charge, refresh_charge),
    "setup": (MethodSetup, refresh_setup),
    "refund": (Refund, refresh_refund),
    "transfer": (Transfer, refresh_transfer),
}


def refresh_ours(ours: Mapping[str, str], at: datetime) -> None:
    """Moves the rows that a message names, such as `{"charge": "<id>"}`, to where their provider says they stand."""
    for kind, pk in ours.items():
        model, refresh = OURS[kind]
        refresh(model._default_manager.get(pk=pk), at)


def refresh_unfinished(*, at: datetime, limit: int = 200) -> int:
    """Asks about what has been open for an hour without a word: a message may have been lost. Returns how many."""
    quiet = {"state_since__lte": at - QUIET}
    charges = Charge.objects.filter(state__in=OPEN_CHARGE, **quiet).order_by("state_since")[:limit]
    setups = MethodSetup.objects.filter(state="prepared", **quiet).order_by("state_since")[:limit]
    refunds = Refund.objects.filter(state__in=["sent", "pending"], **quiet).select_related("charge")
    return (
        sum(_ask(refresh_charge, charge, at) for charge in charges)
        + sum(_ask(refresh_setup, setup, at) for setup in setups)
        + sum(_ask(refresh_refund, refund, at) for refund in refunds.order_by("state_since")[:limit])
    )


def _ask(refresh: Callable[..., None], thing: Charge | MethodSetup | Refund, at: datetime) -> bool:
    try:
        refresh(thing, at)
    except (Unreachable, Unavailable, Rejected) as error:
        log.warning("%s %s: %s", thing.provider, thing.pk, error)
        return False
    return True
