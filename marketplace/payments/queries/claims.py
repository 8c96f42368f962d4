"""Claims on payers: how one stands for its payer, and which wait for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from marketplace.payments.models import Charge, Claim
from marketplace.payments.operations.claims import how_to_pay
from marketplace.payments.states import CLAIMED, OVER, PAID, ClaimState

# So long its payer has time to pay before somebody asks whether to give it up.
PATIENCE = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How a claim stands; `asked` is the charge by which it is paid, None before there is one."""

    claim: Claim
    asked: Charge | None

    @property
    def is_owed(self) -> bool:
        return self.claim.state in CLAIMED

    @property
    def is_set_off(self) -> bool:
        """Whether a refund that came back has settled it, and no transfer of the payer's."""
        return self.claim.state == ClaimState.PAID and not (self.asked and self.asked.state in PAID)

    @property
    def how(self) -> dict[str, str]:
        """Holder, account and reference while it is owed; empty where no transfer is waited for."""
        return how_to_pay(self.asked if self.is_owed else None)


def standings(purposes: Iterable[str] | QuerySet[Any]) -> list[Standing]:
    """The claims on the payers of what these purposes name, oldest first: two statements, one where there are none."""
    rows = Claim.objects.filter(dispute__charge__purpose__in=purposes).order_by("created_at", "pk")
    found = list(rows.select_related("dispute__charge"))
    asked = {}
    if found:
        charges = Charge.objects.filter(purpose__in=[claim.purpose for claim in found])
        asked = {charge.purpose: charge for charge in charges.order_by("created_at")}
    return [Standing(claim, asked.get(claim.purpose)) for claim in found]


def ending_of(claim: Claim, kind: str) -> str:
    """How the event of this kind has ended a claim: `claim_paid`, `claim_set_off` or `claim_written_off`."""
    if kind != "claim.paid":
        return "claim_written_off"
    arrived = Charge.objects.filter(purpose=claim.purpose, state__in=PAID).exists()
    return "claim_paid" if arrived else "claim_set_off"


def owed_columns(person: Person, at: datetime) -> dict[str, Any]:
    """The person's oldest transfer that a claim waits for, with its amount; for their own page."""
    waiting = Charge.objects.filter(payer=OuterRef("pk"), purpose__startswith="claim:").exclude(
        state__in=OVER
    )
    first = waiting.order_by("created_at")
    return {
        f"claim_owed_{name}": Subquery(first.values(name)[:1])
        for name in ("pk", "amount_minor", "currency", "created_at")
    }


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
