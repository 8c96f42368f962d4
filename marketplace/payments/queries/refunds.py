"""Refunds that came back to the city: they wait for their payer to name another account."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from civic.accounts.models import Person
from marketplace.payments.models import Claim, Refund
from marketplace.payments.states import CLAIMED, RefundState


def kept(purposes: Iterable[str] | QuerySet[Any, Any]) -> QuerySet[Refund]:
    """Those of these payments, the oldest first."""
    return _waiting().filter(charge__purpose__in=purposes)


def kept_columns(person: Person, at: datetime) -> dict[str, Any]:
    """The oldest that waits for the person, with what its payment was for; for their own page."""
    first = _waiting().filter(charge__payer=OuterRef("pk"))
    names = {
        "purpose": "charge__purpose",
        "minor": "amount_minor",
        "currency": "currency",
        "since": "state_since",
    }
    return {f"refund_kept_{name}": Subquery(first.values(column)[:1]) for name, column in names.items()}


def _waiting() -> QuerySet[Refund]:
    # Where its payer owes something of the same payment, it waits for that first (claims.is_claimed).
    claimed = Claim.objects.filter(dispute__charge=OuterRef("charge"), state__in=CLAIMED)
    return Refund.objects.filter(~Exists(claimed), state=RefundState.ALTERNATIVE_DUE).order_by("created_at")
