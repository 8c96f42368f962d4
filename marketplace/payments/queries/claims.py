"""Claims on payers: how one stands for its payer, and which wait for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.money import Money
from marketplace.payments.models import Charge, Claim
from marketplace.payments.references import reference_for, spaced
from marketplace.payments.states import CLAIMED, OVER, ChargeState, ClaimState

# So long its payer has time to pay before somebody asks whether to give it up.
PATIENCE = timedelta(days=30)
# Of a transfer that has paid one: the bank has not taken it back.
HERE = [ChargeState.SUCCEEDED, ChargeState.WON]


@dataclass(frozen=True)
class Standing:
    """How a claim stands; `asked` is the charge by which it is paid, None before there is one."""

    claim: Claim
    asked: Charge | None

    @property
    def is_owed(self) -> bool:
        return self.claim.state in CLAIMED

    @property
    def amount(self) -> Money:
        """What is still owed of it; of one that is over, all that came back twice."""
        return self.claim.owed if self.is_owed else self.claim.amount

    @property
    def is_set_off(self) -> bool:
        """Whether a refund that came back has settled it, and no transfer of the payer's."""
        return self.claim.state == ClaimState.PAID and not (self.asked and self.asked.state in HERE)

    @property
    def how(self) -> dict[str, str]:
        """Holder, account and reference while it is owed; empty where no transfer is waited for."""
        return how_to_pay(self.asked if self.is_owed else None)


def how_to_pay(charge: Charge | None) -> dict[str, str]:
    """Account, holder and reference of the transfer, for people to type; empty where nobody waits for one."""
    if charge is None:
        return {}
    return {
        "holder": settings.BANK_HOLDER,
        "account": spaced(settings.BANK_ACCOUNT.replace(" ", "")),
        "reference": spaced(reference_for(charge.pk)),
    }


def standings(purposes: Iterable[str] | QuerySet[Any]) -> list[Standing]:
    """The claims on the payers of what these purposes name, oldest first: a statement, and one more for each."""
    rows = Claim.objects.filter(dispute__charge__purpose__in=purposes).order_by("created_at", "pk")
    return [Standing(claim, claim.payments.last()) for claim in rows.select_related("dispute__charge")]


def is_claimed(charge: UUID) -> bool:
    """Whether the payer owes something of this payment, so that a refund of it which came back waits for that."""
    return Claim.objects.filter(dispute__charge=charge, state__in=CLAIMED).exists()


def ending_of(claim: Claim, kind: str) -> tuple[str, Money]:
    """How an event has ended a claim (`claim_paid`, `claim_set_off` or `claim_written_off`), and of how much."""
    if kind != "claim.paid":
        return "claim_written_off", claim.owed
    last = claim.payments.last()
    return ("claim_paid", last.amount) if last and last.state in HERE else ("claim_set_off", claim.set_off)


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
