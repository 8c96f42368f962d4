"""Campaigns for everybody: the list, and one campaign with everything that is known of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from civic.core import clock
from civic.core.access import PUBLIC, access
from civic.core.paging import page
from civic.core.policies import may
from marketplace.campaigns import conditions
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.queries import campaigns as queries
from marketplace.campaigns.states import CampaignState

SIZE = 12
BACKERS = 24
TABS = [CampaignState.OPEN, CampaignState.COLLECTING, CampaignState.SUCCEEDED, CampaignState.MISSED]


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Campaigns by state, running ones first; those that opened last first."""
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in CampaignState.values else CampaignState.OPEN
    found = page(
        queries.listed(request.user, chosen), after=request.GET.get("after", ""), size=SIZE, by="-opened_at"
    )
    more = f"?state={chosen}&after={found.next}" if found.next else ""
    context = {
        "standings": [queries.standing(campaign) for campaign in found],
        "tabs": [
            {"title": state.label.capitalize(), "href": f"?state={state}", "current": state == chosen}
            for state in TABS
        ],
        "running": chosen == CampaignState.OPEN,
        "next": more,
    }
    return render(request, "campaigns/campaigns.html", context)


def visible(request: HttpRequest, key: UUID) -> Campaign:
    """A campaign that the actor may see, with project, call, phases and total; 404 otherwise."""
    found = Campaign.objects.visible_to(request.user).distinct()
    rows = found.select_related("project__call", "project__organisation", "total")
    return get_object_or_404(rows.prefetch_related("project__call__phases"), pk=key)


@access(PUBLIC)
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """One campaign: figures, terms, further goals, backers."""
    campaign = visible(request, key)
    return render(request, "campaigns/campaign.html", _context(request, campaign))


def _context(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    at = clock.now()
    project = campaign.project
    after = request.GET.get("after", "")
    backers = page(queries.backers(campaign), after=after, size=BACKERS)
    return {
        "campaign": campaign,
        "project": project,
        "standing": queries.standing(campaign),
        "stretch": list(campaign.stretch_goals.all()),
        "backers": backers,
        "more_backers": f"?after={backers.next}#backers" if backers.next else "",
        "first_backers": f"{campaign.get_absolute_url()}#backers" if after else "",
        "why_not": conditions.why_no_pledge(campaign, project.state, queries.in_phase(campaign, at), at),
        "open": campaign.state == CampaignState.OPEN,
        "drafts": campaign.state == CampaignState.DRAFT and may(request.user, "draft_campaign", project),
    }
