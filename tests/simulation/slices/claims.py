"""What a payer got back twice, by a refund and by a dispute: asked for, paid, or given up by two people."""

from collections.abc import Iterator

from django.db.models import Q, Sum

from civic.accounts.models import Person
from marketplace.payments.models import Charge, Claim, Dispute, Refund
from marketplace.payments.operations import claims
from marketplace.payments.purposes import key_in
from marketplace.payments.states import CLAIMED, OVER, ClaimState, RefundState
from tests.simulation.draws import a
from tests.simulation.engine import City, holds, verb
from tests.simulation.world import finance

PROPOSED = a(Claim, only=Q(state=ClaimState.PROPOSED))


@verb(1, officer=finance(), claim=a(Claim, only=Q(state=ClaimState.OPEN)))
def propose_write_off(city: City, officer: Person, claim: Claim) -> None:
    claims.propose_write_off(actor=officer, claim=claim, reason="Too little to sue for", at=city.at)


@verb(0.5, officer=finance(), claim=PROPOSED)
def withdraw_write_off(city: City, officer: Person, claim: Claim) -> None:
    claims.withdraw_write_off(actor=officer, claim=claim, reason="They have answered", at=city.at)


@verb(1, officer=finance(), claim=PROPOSED)
def confirm_write_off(city: City, officer: Person, claim: Claim) -> None:
    claims.confirm_write_off(actor=officer, claim=claim, at=city.at)


@holds("quiet")
def what_came_back_twice_is_claimed(city: City) -> Iterator[str]:
    """No less than what was paid back and what disputes took, beyond what was paid; no more than with all refunds."""
    for charge in Charge.objects.filter(disputes__lost_minor__gt=0).distinct():
        refunds = Refund.objects.filter(charge=charge)
        lost = _sum(Dispute.objects.filter(charge=charge), "lost_minor") - charge.amount_minor
        claims_of = Claim.objects.filter(dispute__charge=charge).select_related("dispute__charge")
        # What a refund that came back has paid counts no more: neither the refund nor the claim.
        claimed = sum((claim.amount - claim.set_off).minor for claim in claims_of)
        least = lost + _sum(refunds.filter(state=RefundState.DONE), "amount_minor")
        most = lost + _sum(refunds, "amount_minor")
        if not max(0, least) <= claimed <= max(0, most):
            yield f"{charge.purpose}: {claimed} claimed, {least} to {most} came back twice"


@holds("quiet")
def nobody_is_asked_for_what_was_given_up(city: City) -> Iterator[str]:
    waits = Charge.objects.filter(purpose__startswith="claim:").exclude(state__in=OVER)
    asked = {str(key_in(charge.purpose)[1]) for charge in waits}
    yield from asked - {str(claim.pk) for claim in Claim.objects.filter(state__in=CLAIMED)}


def _sum(rows: object, column: str) -> int:
    return int(rows.aggregate(all=Sum(column, default=0))["all"])  # type: ignore[attr-defined]
