"""Pledges bring their match and take it with them, and with it the totals; teams and funders hear. Idempotent."""

from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.totals import recount
from marketplace.matching import notification_types
from marketplace.matching.models import Allocation, Challenge
from marketplace.matching.operations.matching import match_campaign, reverse_match
from projects.proposals.roles import team_of

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


@events.handler(*notification_types.TO_TEAM)
def on_allocation(event: Event) -> None:
    """The team of the project."""
    found = Allocation.objects.select_related("fund", "campaign__project").filter(pk=event.subject_id).first()
    if found:
        params = {"fund": found.fund.title, "amount": found.fund.money(found.amount_minor).format()}
        project = found.campaign.project
        message = Message(event.kind, project.title, found.fund.get_absolute_url(), params=params)
        notify(people=team_of(project), message=message, event=event)


@events.handler(*notification_types.TO_CHALLENGER)
def on_answer(event: Event) -> None:
    """Whoever challenged."""
    found = Challenge.objects.select_related("fund").filter(pk=event.subject_id).first()
    if found and found.person_id:
        message = Message(event.kind, found.fund.title, found.fund.get_absolute_url(), detail=found.answer)
        notify(people={found.person_id}, message=message, event=event)
