"""Pledges bring their match and take it with them. At least once, idempotent."""

from civic.core import events
from civic.core.models import Event
from marketplace.campaigns.models import Pledge
from marketplace.matching.operations.matching import match_campaign, reverse_match

BRINGS = ["pledge.activated", "pledge.succeeded", "pledge.changed"]
TAKES = ["pledge.cancelled", "pledge.dropped", "pledge.campaign_failed"]


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


def _pledge(event: Event) -> Pledge | None:
    return Pledge.objects.select_related("campaign").filter(pk=event.subject_id).first()
