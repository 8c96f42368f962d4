"""Whose pledge it is, and what may still be done with it."""

from datetime import datetime
from typing import Any

from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState, PledgeState

CHANGEABLE = [PledgeState.ACTIVE]
CANCELLABLE = [
    PledgeState.STARTED,
    PledgeState.AWAITING_METHOD,
    PledgeState.ACTIVE,
    PledgeState.COLLECTED,
]
UNFINISHED = [PledgeState.STARTED, PledgeState.AWAITING_METHOD]
GOES_ON = [PledgeState.ACTIVE, PledgeState.PAST_DUE]


def owns(actor: Any, pledge: Pledge) -> bool:
    """The person who promised it, and nobody else."""
    return bool(actor.is_authenticated and pledge.person_id == actor.pk)


def open_still(campaign: Campaign, at: datetime) -> bool:
    """Whether pledges can be changed and cancelled: until the campaign closes."""
    return campaign.state == CampaignState.OPEN and at < campaign.ends_at


def may_change(pledge: Pledge, campaign: Campaign, at: datetime) -> bool:
    """Another amount: before anything was charged, until the close."""
    return open_still(campaign, at) and pledge.state in CHANGEABLE


def may_cancel(pledge: Pledge, campaign: Campaign, at: datetime) -> bool:
    """Taken back, and given back where it is paid: until the close."""
    return open_still(campaign, at) and pledge.state in CANCELLABLE


def may_finish(pledge: Pledge, campaign: Campaign, at: datetime) -> bool:
    """A pledge whose way to pay is still missing, while the campaign takes pledges."""
    return open_still(campaign, at) and pledge.state in UNFINISHED


def may_pay(pledge: Pledge) -> bool:
    """A pledge whose payment needs the person."""
    return pledge.state == PledgeState.NEEDS_PAYER


def may_stop(pledge: Pledge) -> bool:
    """Monthly payments that go on after the campaign."""
    return pledge.collected_at is not None and pledge.state in GOES_ON
