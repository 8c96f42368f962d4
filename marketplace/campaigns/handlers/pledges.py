"""Counts campaigns anew when their pledges change. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import recount

CHANGES_TOTALS = [
    f"pledge.{verb}"
    for verb in (
        "activate",
        "change",
        "cancel",
        "collect",
        "succeed",
        "ask_payer",
        "drop",
        "campaign_fail",
        "continue",
        "fall_behind",
        "end",
    )
]


@events.handler(*CHANGES_TOTALS)
def on_pledge_changed(event: Event) -> None:
    """Counts its campaign anew."""
    campaign = Campaign.objects.filter(pk=event.payload.get("campaign")).first()
    if campaign:
        recount(campaign, event.at)
