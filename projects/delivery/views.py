"""The plan and progress of a project, one milestone of it, and the steps that team and steward take."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from projects.delivery import queries
from projects.delivery.forms import (
    AnswerForm,
    EvidenceForm,
    PartForms,
    PlanForm,
    UpdateForm,
    VerdictForm,
    rows_of,
)
from projects.delivery.models import Evidence, Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.queries import Stage
from projects.delivery.states import AT_WORK, NEWSWORTHY, PLANNABLE, MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE, ProjectState

STEPS: dict[str, Any] = {
    "start_delivery": milestone_steps.start_delivery,
    "complete": milestone_steps.complete,
    "fail": milestone_steps.fail,
}
PROJECT_DONE = {
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
    return reverse("delivery:progress", args=[project.slug])


@access(PUBLIC)
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The milestones with what is accepted, and the news."""
    return _progress(request, visible_project(request, slug), VerdictForm())


def _progress(request: HttpRequest, project: Project, form: VerdictForm) -> HttpResponse:
    stages = queries.milestones(project, localdate(clock.now()))
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
def project_step(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The steward lets the work begin, or ends it."""
    project, form = visible_project(request, slug), VerdictForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if data["verb"] not in STEPS:
            raise Http404
        take = partial(STEPS[data["verb"]], reason=data["reason"], at=clock.now())
        if form.accepted(lambda: take(actor=request.user, project=project)):
            messages.success(request, PROJECT_DONE[data["verb"]])
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
    project, form = visible_project(request, slug), UpdateForm(request.POST or None)
    require(request.user, "post_update", project)
    if form.accepted(
        lambda: plans.post_update(actor=request.user, project=project, at=clock.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Posted. Everybody who follows hears of it."))
        return redirect(f"{page_of(project)}#news")
    context = {"project": project, "form": form, "back": page_of(project)}
    return render(request, "delivery/update.html", context, status=422 if form.errors else 200)


MILESTONE_DONE = {
    "start": gettext_lazy("You have begun. Show here what is done, and hand it in."),
    "submit": gettext_lazy("It is handed in. The city looks at your evidence, and we tell you its answer."),
    "accept": gettext_lazy(
        "It is accepted. The team hears of it with your reason, and so do all who follow."
    ),
    "return": gettext_lazy("It went back. The team hears what is missing."),
}


def visible_milestone(request: HttpRequest, key: UUID) -> Milestone:
    seen = Project.objects.visible_to(request.user).exclude(state__in=PRIVATE)
    found = Milestone.objects.filter(project__in=seen.values("pk")).select_related("project__call")
    return get_object_or_404(found, pk=key)


@access(PUBLIC)
@require_safe
def milestone(request: HttpRequest, key: UUID) -> HttpResponse:
    """The milestone for everybody; with forms for who has something to do."""
    return _milestone(request, visible_milestone(request, key))


def _milestone(request: HttpRequest, found: Milestone, status: int = 200, **forms: Any) -> HttpResponse:
    running = found.project.state == ProjectState.DELIVERING
    works = running and may(request.user, "work_on", found)
    decides = running and not works and may(request.user, "decide", found)
    context = {
        "milestone": found,
        "project": found.project,
        "stage": Stage(found, localdate(clock.now())),
        "evidence": list(found.evidence.all()),
        "may_start": works and found.state == MilestoneState.PLANNED,
        "may_show": works and found.state in AT_WORK,
        "may_decide": decides and found.state == MilestoneState.SUBMITTED,
        "evidence_form": EvidenceForm(),
        "verdict_form": AnswerForm(),
        **forms,
    }
    return render(request, "delivery/milestone.html", context, status=status)


@access(SIGNED_IN)
@require_POST
def evidence(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    found, form = visible_milestone(request, key), EvidenceForm(request.POST, request.FILES)
    add = partial(milestone_steps.add_evidence, actor=request.user, milestone=found, at=clock.now())
    if not form.accepted(lambda: add(upload=form.cleaned_data["file"], text=form.cleaned_data["text"])):
        return _milestone(request, found, 422, evidence_form=form)
    messages.success(request, _("It is in."))
    return redirect(found)


@access(SIGNED_IN)
@require_POST
def remove(request: AuthenticatedRequest, key: UUID, evidence: UUID) -> HttpResponse:
    found = visible_milestone(request, key)
    file = get_object_or_404(
        Evidence.objects.select_related("milestone__project"), pk=evidence, milestone=found
    )
    milestone_steps.remove_evidence(actor=request.user, evidence=file, at=clock.now())
    messages.success(request, _("It is gone."))
    return redirect(found)


@access(SIGNED_IN)
@require_POST
def milestone_step(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Start or submit (the team), accept or return with a reason (the steward)."""
    found, form = visible_milestone(request, key), AnswerForm(request.POST)
    if not form.accepted(lambda: _take(request.user, found, **form.cleaned_data)):
        return _milestone(request, found, 422, verdict_form=form)
    messages.success(request, MILESTONE_DONE[form.cleaned_data["verb"]])
    return redirect(found)


def _take(actor: Any, found: Milestone, verb: str, reason: str) -> None:
    steps: dict[str, Callable[..., Milestone]] = {
        "start": milestone_steps.start,
        "submit": milestone_steps.submit,
        "accept": partial(milestone_steps.accept, reason=reason),
        "return": partial(milestone_steps.send_back, reason=reason),
    }
    if verb not in steps:
        raise Http404
    steps[verb](actor=actor, milestone=found, at=clock.now())
