"""The end of a campaign: decided once, under its lock, from its rows."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from civic.core.errors import Conflict
from civic.core.states import transition
from marketplace.campaigns import goal, locking
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import pledge_payments, postings
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.queries import figures
from marketplace.campaigns.states import PROMISED, CampaignState, PledgeState
from marketplace.payments import providers
from projects.proposals.operations import funding as projects

GRACE = timedelta(days=7)
UNFINISHED = [PledgeState.STARTED, PledgeState.AWAITING_METHOD]


def close(*, campaign: Campaign, at: datetime) -> Campaign:
    """Ends the taking of pledges: enough is promised and the money is collected, or the goal is missed.

    Closed before, it changes nothing. Raises Conflict before the end. Pledges and this wait for each other: each
    pledge is counted, or refused.
    """
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        if current.state != CampaignState.OPEN:
            return current
        if at < current.ends_at:
            raise Conflict(_("This campaign is still running."))
        _sync(current, at)
        goal.refresh(current, at)
        figure = figures.counted(current)
        if figures.reaches(current, figures.towards(figure)):
            _collect(current, figure, at)
        else:
            _miss(current, figure, at)
    return current


def settle(*, campaign: Campaign, at: datetime) -> Campaign:
    """Decides once everything is settled, or the grace is over, whether the campaign succeeded.

    Before that, and decided before, it changes nothing.
    """
    with transaction.atomic():
        current = locking.lock_exclusive(campaign)
        if current.state != CampaignState.COLLECTING:
            return current
        left = Pledge.objects.filter(campaign=current, state__in=[*PROMISED, *UNFINISHED])
        if left.exists() and current.grace_ends_at and at < current.grace_ends_at:
            return current
        _sync(current, at)
        _drop(current, at)
        figure = figures.counted(current)
        if figures.reaches(current, figures.secured(current)):
            _succeed(current, figure, at)
        else:
            _miss(current, figure, at)
    return current


def _sync(campaign: Campaign, at: datetime) -> None:
    """Pledges whose payment is further than the news of it; and those that nobody finished end, except by transfer.

    What has been charged by nobody yet can't be further.
    """
    for pledge in _locked(campaign, [*UNFINISHED, PledgeState.COLLECTING, PledgeState.NEEDS_PAYER]):
        pledge_payments.sync(pledge, at)
        # A transfer may have been sent before the close and arrives after it: it is waited for until the grace is over.
        if pledge.state in UNFINISHED and not providers.abilities_of(pledge.provider).by_transfer:
            _end(pledge, "cancel", at)


def _drop(campaign: Campaign, at: datetime) -> None:
    for pledge in _locked(campaign, [*PROMISED, *UNFINISHED]):
        if pledge.state == PledgeState.ACTIVE:
            transition(pledge, "collect", actor=None, at=at, payload=pledge_payments.event_payload(pledge))
        _end(pledge, "cancel" if pledge.state in UNFINISHED else "drop", at)


def _end(pledge: Pledge, verb: str, at: datetime) -> None:
    transition(
        pledge,
        verb,
        actor=None,
        at=at,
        reason="not paid in time",
        payload=pledge_payments.event_payload(pledge),
    )
    pledge_payments.release(pledge, reason="its campaign is over", at=at)


def _locked(campaign: Campaign, states: list[PledgeState]) -> list[Pledge]:
    found = Pledge.objects.select_for_update(of=("self",)).filter(campaign=campaign, state__in=states)
    rows = list(found.select_related("method").order_by("pk"))
    for row in rows:
        row.campaign = campaign
    return rows


def _collect(campaign: Campaign, figure: dict[str, int], at: datetime) -> None:
    campaign.grace_ends_at = at + GRACE
    Campaign.objects.filter(pk=campaign.pk).update(grace_ends_at=campaign.grace_ends_at)
    transition(campaign, "collect", actor=None, at=at, payload=event_payload(campaign, figure))
    recount(campaign, at)


def _succeed(campaign: Campaign, figure: dict[str, int], at: datetime) -> None:
    transition(campaign, "succeed", actor=None, at=at, payload=event_payload(campaign, figure))
    postings.commit_held(campaign, at)
    goal.succeeded(campaign, at)
    projects.fund(project=campaign.project, at=at)
    recount(campaign, at)


def _miss(campaign: Campaign, figure: dict[str, int], at: datetime) -> None:
    transition(campaign, "miss", actor=None, at=at, payload=event_payload(campaign, figure))
    release(campaign, at)
    projects.miss_goal(project=campaign.project, at=at)


def release(campaign: Campaign, at: datetime) -> None:
    """What follows where no money comes together: funds and sponsors are free again; pledges follow one by one."""
    goal.failed(campaign, at)
    recount(campaign, at)


def event_payload(campaign: Campaign, figure: dict[str, int]) -> dict[str, object]:
    """What the event log says of the end of a campaign: its goal and every figure it was decided on."""
    return {
        "project": str(campaign.project_id),
        "rule": campaign.rule,
        "goal_minor": campaign.goal_minor,
        "currency": campaign.currency,
        **figure,
    }
