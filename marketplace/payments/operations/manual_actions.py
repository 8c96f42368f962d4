"""What finance officers do themselves, each with a reason that stays on record."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.money import Money
from civic.core.policies import require
from civic.core.text import required
from marketplace.payments.models import Charge, Refund
from marketplace.payments.operations.charges import cancel_charge
from marketplace.payments.operations.refunds import request_refund


def refund_rest(*, actor: Person, charge: Charge, reason: str, at: datetime) -> Refund:
    """Gives back what has not been given back of a charge.

    Raises Forbidden, Invalid without a reason, and Conflict as `request_refund` does.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why; the payer can read it."))
    given = charge.refunds.aggregate(total=Sum("amount_minor"))["total"] or 0
    rest = charge.amount - Money(given, charge.currency)
    return request_refund(
        actor=actor, charge=charge, amount=rest, key=f"rest-{charge.pk}-{given}", reason=reason[:200], at=at
    )


def cancel_by_hand(*, actor: Person, charge: Charge, reason: str, at: datetime) -> None:
    """Cancels a charge that is not paid. Raises Forbidden, and Invalid without a reason."""
    require(actor, "keep", "books")
    reason = required(reason, _("Say why."))
    with transaction.atomic():
        events.record("charge.cancelled_by_hand", actor=actor, subject=charge, at=at, note=reason)
        cancel_charge(actor=actor, charge=charge, at=at)
