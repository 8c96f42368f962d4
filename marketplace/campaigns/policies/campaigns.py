"""Who drafts, opens and cancels a campaign, and whether it takes pledges."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from civic.core.errors import Forbidden, Text
from civic.core.policies import may
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from projects.proposals.models import Project
from projects.proposals.roles import in_team
from projects.proposals.states import ProjectState

# While a project is in one of these its team may write a campaign.
DRAFTABLE = [ProjectState.OPEN, ProjectState.SHORTLISTED, ProjectState.FUNDING]


def drafts(actor: Any, project: Project) -> bool:
    """The team writes its campaigns."""
    return in_team(actor, project)


def runs(actor: Any, campaign: Campaign) -> bool:
    """Who runs the call opens and cancels; nobody does for a project of their own."""
    project = campaign.project
    return may(actor, "review", project.call) and not in_team(actor, project)


def cancels(actor: Any, campaign: Campaign) -> bool:
    """The team its draft; once it is open only who runs the call."""
    own_draft = campaign.state == CampaignState.DRAFT and drafts(actor, campaign.project)
    return own_draft or runs(actor, campaign)


def require(allowed: bool) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed:
        raise Forbidden


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


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
