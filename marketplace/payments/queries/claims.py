"""Which claims on payers wait for finance officers."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, Subquery, Value

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from marketplace.payments.models import Claim
from marketplace.payments.states import ClaimState

# So long its payer has time to pay before somebody asks whether to give it up.
PATIENCE = timedelta(days=30)


def waiting_columns(person: Person, at: datetime) -> dict[str, Any]:
    """How many claims wait, by others' proposal or for long, and the oldest; for a page of a finance officer alone."""
    if not person.is_staff or not in_group(person, groups.FINANCE_OFFICERS):
        return {}
    proposed = Q(state=ClaimState.PROPOSED) & ~Q(proposed_by=person)
    # Added in SQL: the page's statement is compiled once, and takes the moment as it is.
    late = Q(state=ClaimState.OPEN, late_at__lte=at)
    dated = Claim.objects.annotate(late_at=F("created_at") + PATIENCE)
    one = dated.filter(proposed | late).order_by().annotate(all=Value(1)).values("all")
    return {
        "claims_waiting": Subquery(one.annotate(count=Count("pk")).values("count")),
        "claims_since": Subquery(one.annotate(oldest=Min("created_at")).values("oldest")),
    }
