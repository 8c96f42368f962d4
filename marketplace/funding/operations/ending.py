"""What the clock does with match funds on their last day."""

from datetime import datetime

from django.db import transaction

from civic.core.states import lock, transition
from marketplace.funding.models import Allocation, Campaign, MatchFund
from marketplace.funding.operations import sharing
from marketplace.funding.operations.matching import release
from marketplace.funding.operations.totals import recount
from marketplace.funding.states import AllocationState, MatchFundState


def end_due(at: datetime) -> int:
    """Freezes quadratic funds whose last day has come and closes the others; returns how many."""
    due = MatchFund.objects.filter(state=MatchFundState.OPEN, freezes_at__lte=at)
    funds = list(due.order_by("pk"))
    for fund in funds:
        if fund.rule == MatchFund.Rule.QUADRATIC:
            sharing.freeze(fund, at)
        else:
            close(fund, at)
    return len(funds)


def close(fund: MatchFund, at: datetime) -> None:
    """Nothing more is matched: sums that were not unlocked are free again. What is guaranteed stays. Idempotent."""
    with transaction.atomic():
        empty = Allocation.objects.filter(fund=fund, state__in=OPEN, amount_minor=0)
        campaigns = Campaign.objects.filter(pk__in=empty.values("campaign"))
        held = {one.pk: one for one in campaigns.select_for_update(of=("self",)).order_by("pk")}
        if lock(fund).state != MatchFundState.OPEN:
            return
        transition(fund, "close", actor=None, at=at)
        for allocation in (
            empty.filter(campaign__in=held).select_for_update(of=("self",)).order_by("campaign")
        ):
            allocation.fund, allocation.campaign = fund, held[allocation.campaign_id]
            release(allocation, at)
            recount(allocation.campaign, at)


OPEN = [AllocationState.ESTIMATED, AllocationState.RESERVED]
