"""Campaigns on the site: the list, one of them, and the page where its team writes its terms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.paging import page
from civic.core.policies import may, require
from marketplace.campaigns import conditions
from marketplace.campaigns.forms.campaigns import CampaignForm, StretchForms, initial_of, stretch_of
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import campaigns as operations
from marketplace.campaigns.queries import campaigns as queries
from marketplace.campaigns.states import CampaignState
from projects.proposals.models import Project

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
    backers = queries.backers(campaign, after=after, size=BACKERS)
    standing = queries.standing(campaign)
    return {
        "campaign": campaign,
        "project": project,
        "standing": standing,
        "stretch": list(campaign.stretch_goals.all()),
        "backers": backers,
        "nameless": queries.nameless(standing.total, at),
        "amounts": standing.total.amounts,
        "more_backers": f"?after={backers.next}#backers" if backers.next else "",
        "first_backers": f"{campaign.get_absolute_url()}#backers" if after else "",
        "why_not": conditions.why_no_pledge(campaign, project.state, queries.in_phase(campaign, at), at),
        "open": campaign.state == CampaignState.OPEN,
        "drafts": campaign.state == CampaignState.DRAFT and may(request.user, "draft_campaign", project),
    }


@access(SIGNED_IN)
@never_cache
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The terms of the campaign that the team writes; what was typed stays when something is wrong."""
    seen = Project.objects.visible_to(request.user).select_related("call")
    project = get_object_or_404(seen, slug=slug)
    require(request.user, "draft_campaign", project)
    draft = queries.draft_of(project)
    data, currency = request.POST or None, {"currency": project.currency}
    form = CampaignForm(data, initial=initial_of(draft), **currency)
    rows = StretchForms(data, initial=stretch_of(draft), prefix="stretch", form_kwargs=currency)
    if rows.is_valid() and form.accepted(lambda: _save(request, project, draft, form, rows)):
        messages.success(request, _("The campaign is kept. The city opens it."))
        return redirect(form.made)
    wrong = bool(data) and bool(form.errors or not rows.is_valid())
    context = {"project": project, "draft": draft, "form": form, "rows": rows}
    return render(request, "campaigns/edit_campaign.html", context, status=422 if wrong else 200)


def _save(
    request: AuthenticatedRequest,
    project: Project,
    draft: Campaign | None,
    form: CampaignForm,
    rows: BaseFormSet,
) -> Campaign:
    filled = (row.cleaned_data for row in rows)
    stretch = [(said["money"], said["use"]) for said in filled if said.get("money")]
    terms, at = form.terms(stretch), clock.now()
    if draft is None:
        return operations.draft_campaign(actor=request.user, project=project, terms=terms, at=at)
    return operations.edit_campaign(actor=request.user, campaign=draft, terms=terms, at=at)
