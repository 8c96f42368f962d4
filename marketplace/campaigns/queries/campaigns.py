"""What pages show of campaigns: a fixed number of statements each, none of their own on the project's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from civic.core.columns import read, rows
from civic.core.money import Money
from marketplace.campaigns.models import Campaign, CampaignTotal, Pledge, StretchGoal
from marketplace.campaigns.states import CampaignState, PledgeState

BACKERS_ON_PROJECT_PAGE = 8
OF_BACKER = [
    "amount_minor",
    "currency",
    "frequency",
    "anonymous",
    "person_id",
    "person__name",
    "person__erased_at",
]


@dataclass(frozen=True)
class Standing:
    """A campaign with the figures that everybody sees, each as money: `pledged` of `total.pledged_minor`, and so on."""

    campaign: Campaign
    total: CampaignTotal

    def __getattr__(self, name: str) -> Money:
        return self.campaign.money(getattr(self.total, f"{name}_minor"))


def listed(actor: Any, state: str = "") -> QuerySet[Campaign]:
    """Campaigns for the list: running ones unless a state is named; with project, call and total."""
    found = Campaign.objects.visible_to(actor).exclude(state=CampaignState.DRAFT)
    wanted = [state] if state in CampaignState.values else [CampaignState.OPEN]
    found = found.filter(state__in=wanted)
    return found.select_related("project__call", "project__area", "total")


def standing(campaign: Campaign) -> Standing:
    """The figures of a campaign that was read with its total; all nothing where none was counted yet."""
    known = getattr(campaign, "total", None) or CampaignTotal(campaign=campaign)
    return Standing(campaign, known)


def columns(actor: Any) -> dict[str, Any]:
    """The newest campaign of a project, its further goals and backers, as columns; see civic.core.columns."""
    shown = ~Q(state=CampaignState.DRAFT)
    newest = Campaign.objects.filter(shown, project=OuterRef("pk")).order_by("-opened_at", "-id")[:1]
    of_newest = {"campaign__project": OuterRef("pk")}
    # By the campaign's key: for those "of a campaign of this project" PostgreSQL reads the city's pledges by their ids
    # until it has found enough, and most projects have none.
    of_project = Campaign.objects.filter(shown, project=OuterRef(OuterRef("pk"))).order_by(
        "-opened_at", "-id"
    )
    latest = Pledge.objects.filter(campaign=Subquery(of_project.values("pk")[:1]))
    wanted = {
        "campaigns_newest": rows(newest),
        "campaigns_total": rows(CampaignTotal.objects.filter(**of_newest)),
        "campaigns_stretch": rows(StretchGoal.objects.filter(**of_newest).order_by("amount_minor")),
        "campaigns_backers": rows(_backers(latest), "campaign_id", *OF_BACKER),
        "campaigns_draft": Exists(Campaign.objects.filter(project=OuterRef("pk"), state=CampaignState.DRAFT)),
    }
    if actor.is_authenticated:
        mine = Pledge.objects.filter(person=actor.pk, **of_newest).exclude(state=PledgeState.CANCELLED)
        wanted["campaigns_mine"] = rows(
            mine.order_by("-id"), "id", "campaign_id", "amount_minor", "currency", "state"
        )
    return wanted


def _backers(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    return pledges.filter(figures__standing__gt=0).order_by("-id")[:BACKERS_ON_PROJECT_PAGE]


def on_project(project: Any) -> Standing | None:
    """The newest campaign of a project that was read with `columns`; without a statement."""
    found = read(Campaign, project.campaigns_newest)
    if not found:
        return None
    campaign = found[0]
    campaign.project = project
    totals = {total.campaign_id: total for total in read(CampaignTotal, project.campaigns_total)}
    return Standing(campaign, totals.get(campaign.pk) or CampaignTotal(campaign=campaign))


def stretch_on(project: Any, campaign: Campaign) -> list[StretchGoal]:
    """Its further goals; without a statement."""
    return [one for one in read(StretchGoal, project.campaigns_stretch) if one.campaign_id == campaign.pk]


def backers_on(project: Any, campaign: Campaign) -> list[Pledge]:
    """Some of who backs it, latest first; without a statement. Who wished it is `anonymous`."""
    return [one for one in read(Pledge, project.campaigns_backers) if one.campaign_id == campaign.pk]


def mine_on(project: Any, campaign: Campaign) -> list[Pledge]:
    """The reader's own pledges to it; without a statement."""
    found = read(Pledge, getattr(project, "campaigns_mine", []))
    return [one for one in found if one.campaign_id == campaign.pk]


def backers(campaign: Campaign) -> QuerySet[Pledge]:
    """Who backs it, to be paged."""
    return Pledge.objects.filter(campaign=campaign, figures__standing__gt=0).select_related("person")


def draft_of(project: Any) -> Campaign | None:
    """The campaign that the team is writing."""
    return Campaign.objects.filter(project=project, state=CampaignState.DRAFT).first()


def in_phase(campaign: Campaign, at: datetime) -> bool:
    """Whether its call is in the funding phase; reads prefetched phases."""
    phase = campaign.project.call.phase_at(at)
    return phase is not None and phase.kind == "funding"
