"""What the clock does with match funds on their last day."""

from datetime import datetime

from django.db import transaction

from civic.core import row_steps
from civic.core.locking import lock_rows
from civic.core.states import lock, transition
from marketplace.campaigns.locking import lock_campaigns
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import quadratic_allocation
from marketplace.matching.operations.matching import release
from marketplace.matching.states import AllocationState, MatchFundState


def end_due(at: datetime) -> int:
    """Freezes quadratic funds whose last day has come and closes the others; returns how many."""
    due = MatchFund.objects.filter(state=MatchFundState.OPEN, freezes_at__lte=at)
    return row_steps.each("funds to be ended", due.order_by("pk"), lambda fund: _end(fund, at), at=at)


def _end(fund: MatchFund, at: datetime) -> bool:
    (quadratic_allocation.freeze if fund.rule == MatchFund.Rule.QUADRATIC else close)(fund, at)
    return True


def close(fund: MatchFund, at: datetime) -> None:
    """Nothing more is matched: sums that were not unlocked are free again. What is guaranteed stays. Idempotent."""
    with transaction.atomic():
        empty = Allocation.objects.filter(fund=fund, state__in=OPEN, amount_minor=0)
        held = lock_campaigns(Campaign.objects.filter(pk__in=empty.values("campaign")))
        if lock(fund).state != MatchFundState.OPEN:
            return
        transition(fund, "close", actor=None, at=at)
        # In the order of campaigns, in which everybody locks their totals.
        for allocation in sorted(lock_rows(empty.filter(campaign__in=held)), key=lambda one: one.campaign_id):
            allocation.fund, allocation.campaign = fund, held[allocation.campaign_id]
            release(allocation, at)
            recount(allocation.campaign, at)


OPEN = [AllocationState.ESTIMATED, AllocationState.RESERVED]
