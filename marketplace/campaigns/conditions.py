"""Whether a campaign or a pledge takes something at this moment, whoever asks."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from civic.accounts.models import Membership, Organisation
from civic.accounts.states import OrganisationState
from civic.core.errors import Text
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments import providers
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

# While a project is in one of these its team may write a campaign.
DRAFTABLE = [ProjectState.OPEN, ProjectState.SHORTLISTED, ProjectState.FUNDING]
CHANGEABLE = [PledgeState.ACTIVE]
CANCELLABLE = [
    PledgeState.STARTED,
    PledgeState.AWAITING_METHOD,
    PledgeState.ACTIVE,
    PledgeState.NEEDS_PAYER,
    PledgeState.COLLECTED,
]
UNFINISHED = [PledgeState.STARTED, PledgeState.AWAITING_METHOD]
GOES_ON = [PledgeState.ACTIVE, PledgeState.PAST_DUE]


def why_no_pledge(campaign: Campaign, project_state: str, in_phase: bool, at: datetime) -> Text | None:
    """Why the campaign takes no pledge at this moment, in words; None where it does."""
    if campaign.state == CampaignState.DRAFT:
        return _("This campaign is not open yet.")
    if campaign.state != CampaignState.OPEN or campaign.ends_at <= at:
        return _("This campaign ended on %(day)s.") % {"day": _day(campaign.ends_at)}
    if campaign.opened_at and campaign.opened_at > at:
        return _("This campaign opens on %(day)s.") % {"day": _day(campaign.opened_at)}
    if project_state != ProjectState.FUNDING:
        return _("This project is not raising money at the moment.")
    if not in_phase:
        return _("The call that this project belongs to is not in its funding phase.")
    return None


def why_unpayable(project: Project) -> Text | None:
    """Why nobody can be paid for the project, in words; None where an organisation can, once it has named its account.

    Asked before anybody gives: found at the last payout, the money would have nowhere to go.
    """
    organisation = project.organisation
    if organisation is None:
        return _("The project has no organisation that can be paid: its team names one in the proposal.")
    return why_not_paid(organisation, project.currency)


def why_not_paid(organisation: Organisation, currency: str) -> Text | None:
    """Why this organisation can't be paid so much as a cent of a currency, in words; None where it can."""
    if organisation.state == OrganisationState.SUSPENDED:
        return _("The organisation that would be paid is suspended.")
    if not organisation.memberships.filter(role=Membership.Role.OWNER).exists():
        return _("The organisation that would be paid has no owner, who would name its account.")
    sends = providers.abilities_of(settings.PAYOUT_PROVIDER).sends
    if sends is not None and currency not in sends:
        return _("The city can't pay out %(currency)s.") % {"currency": currency}
    return None


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def open_still(campaign: Campaign, at: datetime) -> bool:
    """Whether pledges can be changed and cancelled: until the campaign closes."""
    return campaign.state == CampaignState.OPEN and at < campaign.ends_at


def can_change(pledge: Pledge, at: datetime) -> bool:
    """Another amount: before anything was charged, until the close."""
    return open_still(pledge.campaign, at) and pledge.state in CHANGEABLE


def can_cancel(pledge: Pledge, at: datetime) -> bool:
    """Taken back, and given back where it is paid: until the close."""
    return open_still(pledge.campaign, at) and pledge.state in CANCELLABLE


def can_finish(pledge: Pledge, at: datetime) -> bool:
    """A pledge whose way to pay is still missing, while the campaign takes pledges."""
    return open_still(pledge.campaign, at) and pledge.state in UNFINISHED


def can_pay(pledge: Pledge) -> bool:
    """A pledge whose payment needs the person."""
    return pledge.state == PledgeState.NEEDS_PAYER


def can_stop(pledge: Pledge) -> bool:
    """Monthly payments that go on after the campaign."""
    return pledge.collected_at is not None and pledge.state in GOES_ON
