"""What everybody sees of a campaign, recounted from its rows."""

import logging
from datetime import datetime

from django.db import transaction

from marketplace.campaigns.models import Campaign, CampaignTotal
from marketplace.campaigns.queries import figures
from marketplace.campaigns.states import CampaignState

log = logging.getLogger(__name__)


def recount(campaign: Campaign, at: datetime) -> CampaignTotal:
    """Counts the campaign's rows anew and keeps the result; of two at once the later sees what the earlier saw."""
    with transaction.atomic():
        CampaignTotal.objects.get_or_create(campaign_id=campaign.pk, defaults={"counted_at": at})
        total = CampaignTotal.objects.select_for_update().get(campaign_id=campaign.pk)
        for field, value in figures.counted(campaign).items():
            setattr(total, field, value)
        total.counted_at = at
        total.save()
    return total


def recount_all(*, at: datetime) -> list[Campaign]:
    """Counts every campaign that has opened; returns, and reports as errors, those whose total was wrong.

    Nothing hides: the total is right again afterwards, and the log says what it was. News of the last minutes may
    still be on its way; it counts its campaign again.
    """
    wrong = []
    for campaign in Campaign.objects.exclude(state=CampaignState.DRAFT).select_related("total"):
        found = figures.counted(campaign)
        data = {name: getattr(getattr(campaign, "total", None), name, None) for name in found}
        if data != found:
            wrong.append(campaign)
            log.error("total of campaign %s was %s, its rows say %s", campaign.pk, data, found)
            recount(campaign, at)
    return wrong
