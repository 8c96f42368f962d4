"""Asking a provider where something stands now, and moving our row there."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

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
    charges = Charge.objects.filter(state__in=OPEN_CHARGE, **quiet).order_by("state_since")[:limit]
    setups = MethodSetup.objects.filter(state="prepared", **quiet).order_by("state_since")[:limit]
    refunds = Refund.objects.filter(state__in=["sent", "pending"], **quiet).select_related("charge")
    rows: list[Row] = [*charges, *setups, *refunds.order_by("state_since")[:limit]]
    done = 0
    for row in rows:
        try:
            refresh(row, at)
            done += 1
        except (Unreachable, Unavailable, Rejected) as error:
            log.warning("%s %s: %s", row.provider, row.pk, error)
    return done
