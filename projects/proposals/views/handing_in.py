"""The last step: see it as others will, hand it in; and the other way out, withdrawing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.errors import Refused
from projects.proposals import conditions, operations, project_page, queries
from projects.proposals.forms.steps import CancelForm
from projects.proposals.states import EDITABLE
from projects.proposals.views.wizard import own_project, wizard_context


@access(SIGNED_IN)
@never_cache
def preview(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The project as the public page will show it, the checklist, and the button that hands it in."""
    own = own_project(request, slug)
    if own.state not in EDITABLE:
        return redirect(own)
    at = clock.now()
    if request.method == "POST":
        try:
            operations.submit(actor=request.user, project=own, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal.detail))
            return redirect(request.path)
        messages.success(request, _("Handed in. The city reads it and answers here and by email."))
        return redirect(own)
    project = queries.project_page(slug, request.user, project_page.panels.columns())
    taken = conditions.takes_submission(project, project.call, at)
    sections = [one for one in project_page.panels.bind(project, request.user, at) if one.panel.preview]
    context = {
        "sections": sections,
        "taken": taken,
        "phase": project.call.phase("proposals"),
        "cover": queries.cover_of(project),
    }
    return render(request, "proposals/step_preview.html", wizard_context(project, "preview") | context)


@access(SIGNED_IN)
@never_cache
def cancel(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks for the reason, says what follows, and ends the project."""
    project = own_project(request, slug)
    form = CancelForm(request.POST or None)
    at = clock.now()
    if form.accepted(
        lambda: operations.cancel(actor=request.user, project=project, at=at, **form.cleaned_data)
    ):
        messages.success(request, _("The project is withdrawn."))
        return redirect(project)
    context = {"project": project, "form": form, "danger": True, "confirm": _("Withdraw the project")}
    context["cancel_href"] = project.get_absolute_url()
    return render(request, "proposals/cancel.html", context, status=422 if form.errors else 200)
