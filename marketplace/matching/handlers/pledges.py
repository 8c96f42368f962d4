"""Pledges bring their match and take it with them, and with it the totals. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.totals import recount
from marketplace.matching.operations.matching import match_campaign, reverse_match

BRINGS = ["pledge.activated", "pledge.succeeded", "pledge.changed"]
TAKES = ["pledge.cancelled", "pledge.dropped", "pledge.campaign_failed"]
CHANGES_TOTALS = [f"allocation.{step}" for step in ("reserved", "increased", "reduced", "unlocked", "locked")]


@events.handler(*BRINGS)
def on_pledge_standing(event: Event) -> None:
    """Reserves what the pledge brings."""
    if pledge := _pledge(event):
        match_campaign(pledge.campaign, event.at)


@events.handler(*TAKES)
def on_pledge_gone(event: Event) -> None:
    """Takes back what it brought."""
    if pledge := _pledge(event):
        reverse_match(pledge, event.at)


@events.handler(*CHANGES_TOTALS, once_per="campaign")
def on_match_changed(event: Event) -> None:
    """Counts its campaign anew."""
    campaign = Campaign.objects.filter(pk=event.payload.get("campaign")).first()
    if campaign:
        recount(campaign, event.at)


def _pledge(event: Event) -> Pledge | None:
    return Pledge.objects.select_related("campaign").filter(pk=event.subject_id).first()
