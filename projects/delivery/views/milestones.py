"""One milestone: what was promised, the evidence, and the next step for team and steward."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may
from projects.delivery.forms import AnswerForm, EvidenceForm
from projects.delivery.models import Evidence, Milestone
from projects.delivery.operations import milestone_steps
from projects.delivery.queries import Stage
from projects.delivery.states import AT_WORK, MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE, ProjectState

DONE = {
    "start": gettext_lazy("You have begun. Show here what is done, and hand it in."),
    "submit": gettext_lazy("It is handed in. The city looks at your evidence, and we tell you its answer."),
    "accept": gettext_lazy(
        "It is accepted. The team hears of it with your reason, and so do all who follow."
    ),
    "return": gettext_lazy("It went back. The team hears what is missing."),
}


def _visible(request: HttpRequest, key: UUID) -> Milestone:
    seen = Project.objects.visible_to(request.user).exclude(state__in=PRIVATE)
    found = Milestone.objects.filter(project__in=seen.values("pk")).select_related("project__call")
    return get_object_or_404(found, pk=key)


@access(PUBLIC)
@require_safe
def milestone(request: HttpRequest, key: UUID) -> HttpResponse:
    """The milestone for everybody; with forms for who has something to do."""
    return _page(request, _visible(request, key))


def _page(request: HttpRequest, found: Milestone, status: int = 200, **forms: Any) -> HttpResponse:
    running = found.project.state == ProjectState.DELIVERING
    works = running and may(request.user, "work_on", found)
    decides = running and not works and may(request.user, "decide", found)
    context = {
        "milestone": found,
        "project": found.project,
        "stage": Stage(found, clock.now().date()),
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
    """The team adds a picture or document."""
    found, form = _visible(request, key), EvidenceForm(request.POST, request.FILES)
    if not form.accepted(
        lambda: milestone_steps.add_evidence(
            actor=request.user,
            milestone=found,
            upload=form.cleaned_data["file"],
            text=form.cleaned_data["text"],
            at=clock.now(),
        )
    ):
        return _page(request, found, 422, evidence_form=form)
    messages.success(request, _("It is in."))
    return redirect(found)


@access(SIGNED_IN)
@require_POST
def remove(request: AuthenticatedRequest, key: UUID, evidence: UUID) -> HttpResponse:
    """The team takes a file away again."""
    found = _visible(request, key)
    file = get_object_or_404(
        Evidence.objects.select_related("milestone__project"), pk=evidence, milestone=found
    )
    milestone_steps.remove_evidence(actor=request.user, evidence=file, at=clock.now())
    messages.success(request, _("It is gone."))
    return redirect(found)


@access(SIGNED_IN)
@require_POST
def step(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Start or submit (the team), accept or return with a reason (the steward)."""
    found, form = _visible(request, key), AnswerForm(request.POST)
    if not form.accepted(lambda: _take(request.user, found, **form.cleaned_data)):
        return _page(request, found, 422, verdict_form=form)
    messages.success(request, DONE[form.cleaned_data["verb"]])
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
