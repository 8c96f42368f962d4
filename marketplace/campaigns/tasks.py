"""The clock's part of campaigns and pledges. Each step is a transaction of its own: a killed worker loses none."""

from celery import shared_task

from civic.core import clock, row_steps
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import closing, collection, instalments, pledges, totals
from marketplace.campaigns.states import CampaignState


@shared_task
def close_due() -> int:
    """Closes campaigns whose end has come; every ten seconds."""
    at = clock.now()
    due = Campaign.objects.filter(state=CampaignState.OPEN, ends_at__lte=at).order_by("ends_at", "pk")
    return row_steps.each("campaigns to be closed", due, _close, at=at, limit=50)


def _close(campaign: Campaign) -> Campaign:
    return closing.close(campaign=campaign, at=clock.now())


@shared_task
def collect_due() -> int:
    """Charges promises after the close, and months that are due; every ten seconds."""
    return collection.collect_due(at=clock.now()) + instalments.collect_due(at=clock.now())


@shared_task
def settle_due() -> int:
    """Decides campaigns whose collection is over, and lets monthly pledges of those that succeeded go on."""
    at = clock.now()
    collected = Campaign.objects.filter(state=CampaignState.COLLECTING).order_by("pk")
    done = row_steps.each("campaigns to be settled", collected, _settle, at=at, limit=10_000)
    return done + instalments.begin_due(at=clock.now())


def _settle(campaign: Campaign) -> Campaign:
    return closing.settle(campaign=campaign, at=clock.now())


@shared_task
def give_back_due() -> int:
    """Ends the pledges of campaigns that came to nothing, with refunds; every ten seconds."""
    return collection.fail_due(at=clock.now())


@shared_task
def remind_due() -> int:
    """Reminds whose payment did not go through, and gives up what nobody finished or paid; hourly."""
    at = clock.now()
    late = collection.expire_due(at=at)
    row_steps.each(
        "pledges to expire", late, lambda pledge: pledges.expire(pledge=pledge, at=at), at=at, limit=500
    )
    return collection.remind_due(at=at) + instalments.miss_due(at=at)


@shared_task
def recount() -> int:
    """Counts every campaign anew and reports the totals that were wrong; nightly."""
    return len(totals.recount_all(at=clock.now()))
