"""What everybody sees of a campaign, recounted from its rows."""

from datetime import datetime

from django.db import transaction

from marketplace.funding.models import Campaign, CampaignTotal
from marketplace.funding.queries import figures


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
