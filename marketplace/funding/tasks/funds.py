"""The clock's part of match funds and payouts."""

from celery import shared_task

from civic.core import clock
from marketplace.funding.models import Campaign, MatchFund
from marketplace.funding.operations import ending, sharing
from marketplace.funding.operations.payouts import plan_rest
from marketplace.funding.states import CampaignState, MatchFundState


@shared_task
def end_due() -> int:
    """Freezes or closes the funds whose last day has come; every minute."""
    return ending.end_due(at=clock.now())


@shared_task
def estimate() -> None:
    """Forecasts quadratic funds anew; every ten minutes."""
    for fund in MatchFund.objects.filter(state=MatchFundState.OPEN, rule=MatchFund.Rule.QUADRATIC):
        sharing.estimate(fund, at=clock.now())


@shared_task
def plan_rests() -> int:
    """Plans what came after a campaign's last milestone was paid; daily."""
    paid = Campaign.objects.filter(state=CampaignState.SUCCEEDED, payouts__isnull=False).distinct()
    return sum(plan_rest(campaign, clock.now()) is not None for campaign in paid)
