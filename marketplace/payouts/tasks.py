"""The clock's part of payouts."""

from celery import shared_task
from django.db.models import Exists, OuterRef

from civic.core import clock, row_steps
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.payouts.models import Payout
from marketplace.payouts.operations.payouts import plan_rest


@shared_task
def plan_rests() -> int:
    """Plans what came after a campaign's last milestone was paid; daily."""
    at = clock.now()
    planned = Payout.objects.filter(campaign=OuterRef("pk"))
    paid = Campaign.objects.filter(Exists(planned), state=CampaignState.SUCCEEDED).order_by("pk")
    return row_steps.each("rests to be planned", paid, lambda one: plan_rest(one, at), at=at, limit=100_000)
