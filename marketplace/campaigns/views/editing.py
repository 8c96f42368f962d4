"""The team writes its campaign, and throws a draft away."""

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.policies import require
from marketplace.campaigns.forms.campaigns import CampaignForm, StretchForms, initial_of, stretch_of
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import campaigns as operations
from marketplace.campaigns.queries import campaigns as queries
from projects.proposals.models import Project


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
