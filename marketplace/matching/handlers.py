"""Pledges bring their match and take it with them; teams, backers and funders hear of it. Idempotent."""

from civic.accounts.models import Membership
from civic.core import events
from civic.core.models import Event
from civic.notifications.operations import Message, notify
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.matching import notification_types
from marketplace.matching.models import Allocation, Challenge, FundReturn, MatchFund
from marketplace.matching.operations.matching import (
    OPEN_TO_MATCH,
    follow_dispute,
    match_campaign,
    match_fund,
    reverse_match,
)
from marketplace.matching.operations.returns import settle_return
from marketplace.matching.states import LeftOut, MatchFundState
from marketplace.payments.models import Transfer
from marketplace.payments.purposes import key_in
from projects.proposals.roles import team_of

# A payment that did not go through may count no more (campaigns/sql/standing_0007.sql).
BRINGS = ["pledge.activated", "pledge.succeeded", "pledge.changed", "pledge.payer_asked"]
TAKES = ["pledge.cancelled", "pledge.dropped", "pledge.campaign_failed"]
CHANGES_TOTALS = [f"allocation.{step}" for step in ("reserved", "increased", "reduced", "unlocked", "locked")]


@events.handler(*BRINGS, once_per="campaign")
def on_pledge_standing(event: Event) -> None:
    """Reserves what the pledges of its campaign bring, or takes it back."""
    if campaign := _campaign(event):
        match_campaign(campaign, event.at)


@events.handler(*TAKES)
def on_pledge_gone(event: Event) -> None:
    """Takes back what it brought."""
    if pledge := _pledge(event):
        reverse_match(pledge, event.at)


@events.handler("charge.disputed")
def on_dispute(event: Event) -> None:
    """Lowers the shares that quadratic funds give for a payment in dispute, until it is won."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    if slug == "pledge" and key:
        follow_dispute(Pledge.objects.select_related("campaign").get(pk=key).campaign, event.at)


@events.handler(*CHANGES_TOTALS, once_per="campaign")
def on_match_changed(event: Event) -> None:
    """Counts its campaign anew."""
    if campaign := _campaign(event):
        recount(campaign, event.at)


@events.handler("deposit.confirmed", "allocation.reduced", "allocation.released", once_per="fund")
def on_money_free(event: Event) -> None:
    """Matches what waited for money in its fund."""
    fund = MatchFund.objects.filter(pk=event.payload.get("fund")).first()
    if fund:
        match_fund(fund, event.at)


TRANSFER_STEPS = {"transfer.settled": "settle", "transfer.failed": "fail", "transfer.reversed": "fail"}


@events.handler(*TRANSFER_STEPS)
def on_transfer(event: Event) -> None:
    """Moves a return to the funder to where its transfer stands."""
    transfer = Transfer.objects.filter(pk=event.subject_id).first()
    if transfer:
        slug, key = key_in(transfer.purpose)
        if slug == "fund-return" and key:
            settle_return(key, TRANSFER_STEPS[event.kind], event.at, transfer.failure)


def _campaign(event: Event) -> Campaign | None:
    return Campaign.objects.filter(pk=event.payload.get("campaign")).first()


def _pledge(event: Event) -> Pledge | None:
    return Pledge.objects.select_related("campaign").filter(pk=event.subject_id).first()


@events.handler(*notification_types.TO_TEAM)
def on_allocation(event: Event) -> None:
    """The team of the project."""
    found = Allocation.objects.select_related("fund", "campaign__project").filter(pk=event.subject_id).first()
    if found and _worth_telling(event, found):
        minor = event.payload["minor"]
        params = {"fund": found.fund.title, "amount": found.fund.money(minor).format()}
        project = found.campaign.project
        message = Message(event.kind, project.title, found.fund.get_absolute_url(), params=params)
        notify(people=team_of(project), message=message, event=event)


def _worth_telling(event: Event, found: Allocation) -> bool:
    """A match that goes with the end of its campaign, or with a pledge while it runs, is told of by those."""
    state, since = found.campaign.state, found.campaign.state_since
    if event.kind == "allocation.released":
        return state in OPEN_TO_MATCH and found.fund.state == MatchFundState.CLOSED
    if event.kind == "allocation.reduced":
        return state == CampaignState.SUCCEEDED and since is not None and event.at > since
    return True


@events.handler(*notification_types.TO_BACKER)
def on_left_out(event: Event) -> None:
    """Whose gift is not matched any more, though it stands, and why."""
    fund = MatchFund.objects.filter(pk=event.payload.get("fund")).first()
    key = event.payload.get("pledge", event.subject_id)
    pledge = Pledge.objects.select_related("campaign__project").filter(pk=key).first()
    if fund and pledge and pledge.person_id:
        reason = str(LeftOut(event.payload["reason"]).label)
        topic, params = pledge.campaign.project.title, {"fund": fund.title}
        message = Message(event.kind, topic, pledge.get_absolute_url(), params=params, detail=reason)
        notify(people={pledge.person_id}, message=message, event=event)


@events.handler(*notification_types.TO_FUNDER)
def on_return(event: Event) -> None:
    """The owners of the organisation that put the money in."""
    found = FundReturn.objects.select_related("fund").filter(pk=event.subject_id).first()
    if found:
        params = {"amount": found.amount.format()}
        message = Message(event.kind, found.fund.title, found.fund.get_absolute_url(), params=params)
        owners = Membership.objects.filter(organisation=found.fund.funder_id, role=Membership.Role.OWNER)
        notify(people=set(owners.values_list("person", flat=True)), message=message, event=event)


@events.handler(*notification_types.TO_CHALLENGER)
def on_answer(event: Event) -> None:
    """Whoever challenged."""
    found = Challenge.objects.select_related("fund").filter(pk=event.subject_id).first()
    if found and found.person_id:
        message = Message(event.kind, found.fund.title, found.fund.get_absolute_url(), detail=found.answer)
        notify(people={found.person_id}, message=message, event=event)
