"""The plan and progress of a project: to read, to plan, to tell, and to begin and end."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from projects.delivery import queries
from projects.delivery.forms import PartForms, PlanForm, UpdateForm, VerdictForm, rows_of
from projects.delivery.operations import milestone_steps, news, plans
from projects.delivery.states import NEWSWORTHY, PLANNABLE
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE, ProjectState

STEPS: dict[str, Any] = {
    "start_delivery": milestone_steps.start_delivery,
    "complete": milestone_steps.complete,
    "fail": milestone_steps.fail,
}
DONE = {
    "start_delivery": gettext_lazy("The work can begin. The team hears of it, and everybody who follows."),
    "complete": gettext_lazy("The project is completed. The team hears of it, and everybody who follows."),
    "fail": gettext_lazy(
        "The project is given up. The team hears your reason; who follows hears that it ended."
    ),
}


def visible_project(request: HttpRequest, slug: str) -> Project:
    """A project that has been opened and that the actor may see; 404 otherwise."""
    seen = Project.objects.visible_to(request.user).exclude(state__in=PRIVATE)
    return get_object_or_404(seen.select_related("call"), slug=slug)


def page_of(project: Project) -> str:
    """The address of plan and progress."""
    return reverse("delivery:progress", args=[project.slug])


@access(PUBLIC)
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The milestones with what is accepted, and the news."""
    return _progress(request, visible_project(request, slug), VerdictForm())


def _progress(request: HttpRequest, project: Project, form: VerdictForm) -> HttpResponse:
    stages = queries.milestones(project, clock.now().date())
    works = may(request.user, "post_update", project)
    stewards = not works and may(request.user, "steward", project)
    context = {
        "project": project,
        **queries.picture(stages),
        "updates": queries.updates(project),
        "plans": (works or stewards) and project.state in PLANNABLE,
        "tells": works and project.state in NEWSWORTHY,
        "starts": stewards and project.state == ProjectState.FUNDED,
        "ends": stewards and project.state == ProjectState.DELIVERING,
        "form": form,
    }
    return render(request, "delivery/progress.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def step(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The steward lets the work begin, or ends it."""
    project, form = visible_project(request, slug), VerdictForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if data["verb"] not in STEPS:
            raise Http404
        take = partial(STEPS[data["verb"]], reason=data["reason"], at=clock.now())
        if form.accepted(lambda: take(actor=request.user, project=project)):
            messages.success(request, DONE[data["verb"]])
            return redirect(page_of(project))
    return _progress(request, project, form)


@access(SIGNED_IN)
def plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The plan as a table of milestones; what was typed stays when something is wrong."""
    project = visible_project(request, slug)
    require(request.user, "plan", project)
    rows = PartForms(request.POST or None, initial=rows_of(list(project.milestones.all())), prefix="part")
    form = PlanForm(request.POST or None)
    if request.method == "POST" and rows.is_valid():
        parts = [row.part() for row in rows if row.is_filled]
        if form.accepted(
            lambda: plans.plan(actor=request.user, project=project, parts=parts, at=clock.now())
        ):
            messages.success(request, _("The plan is kept."))
            return redirect(page_of(project))
    wrong = rows.is_bound and bool(form.errors or not rows.is_valid())
    context = {"project": project, "rows": rows, "form": form, "back": page_of(project)}
    return render(request, "delivery/plan.html", context, status=422 if wrong else 200)


@access(SIGNED_IN)
def update(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The team tells how it goes."""
    project, form = visible_project(request, slug), UpdateForm(request.POST or None)
    require(request.user, "post_update", project)
    if form.accepted(
        lambda: news.post_update(actor=request.user, project=project, at=clock.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Posted. Everybody who follows hears of it."))
        return redirect(f"{page_of(project)}#news")
    context = {"project": project, "form": form, "back": page_of(project)}
    return render(request, "delivery/update.html", context, status=422 if form.errors else 200)
