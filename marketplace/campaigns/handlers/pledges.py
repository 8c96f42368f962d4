"""Counts campaigns anew when their pledges change: once for all that changed meanwhile. Idempotent."""

from civic.core import events
from civic.core.models import Event
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount

CHANGES_TOTALS = [
    f"pledge.{step}"
    for step in (
        "activated",
        "changed",
        "cancelled",
        "collected",
        "succeeded",
        "payer_asked",
        "dropped",
        "campaign_failed",
        "continued",
        "fallen_behind",
        "ended",
    )
]


@events.handler(*CHANGES_TOTALS, once_per="campaign")
def on_pledge_changed(event: Event) -> None:
    """Counts its campaign anew."""
    campaign = Campaign.objects.filter(pk=event.payload.get("campaign")).first()
    if campaign:
        recount(campaign, event.at)
