"""The clock's part of payouts."""

from celery import shared_task

from civic.core import clock, work
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.payouts.operations.payouts import plan_rest


@shared_task
def plan_rests() -> int:
    """Plans what came after a campaign's last milestone was paid; daily."""
    paid = Campaign.objects.filter(state=CampaignState.SUCCEEDED, payouts__isnull=False).distinct()
    return work.each(paid.order_by("pk"), lambda campaign: bool(plan_rest(campaign, clock.now())))
