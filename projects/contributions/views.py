"""The wanted list of a project, what is offered for it, and what becomes of an offer."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from projects.contributions import conditions, queries
from projects.contributions.forms import AnswerForm, OfferForm, WantForm
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import offer_steps, wants
from projects.contributions.words import STEPS, step_words
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE


def visible_project(request: HttpRequest, slug: str) -> Project:
    """A project that has been opened and that the actor may see; 404 otherwise."""
    seen = Project.objects.visible_to(request.user).exclude(state__in=PRIVATE)
    return get_object_or_404(seen.select_related("call"), slug=slug)


def page_of(project: Project) -> str:
    return reverse("contributions:wanted", args=[project.slug])


@access(PUBLIC)
@require_safe
def wanted(request: HttpRequest, slug: str) -> HttpResponse:
    """What the project wants, and who has helped."""
    project = visible_project(request, slug)
    context = {
        "project": project,
        "lines": queries.wanted(project),
        "helpers": queries.helpers(project),
        "manages": may(request.user, "want_help", project),
        "why_not": conditions.why_not_offer(project),
        "today": localdate(clock.now()),
    }
    return render(request, "contributions/wanted.html", context)


def _managed(request: HttpRequest, slug: str) -> Project:
    project = visible_project(request, slug)
    require(request.user, "want_help", project)
    return project


@access(SIGNED_IN)
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    project, form = _managed(request, slug), WantForm(request.POST or None)
    if form.accepted(
        lambda: wants.add_want(actor=request.user, project=project, wish=form.wish(), at=clock.now())
    ):
        messages.success(request, _("It is on the list."))
        return redirect(page_of(project))
    return _form_page(request, project, form)


@access(SIGNED_IN)
def change(request: AuthenticatedRequest, slug: str, want: UUID) -> HttpResponse:
    project = _managed(request, slug)
    line = get_object_or_404(Want.objects.open().filter(project=project), pk=want)
    form = WantForm.of(line, request.POST or None)
    if form.accepted(
        lambda: wants.change_want(actor=request.user, want=line, wish=form.wish(), at=clock.now())
    ):
        messages.success(request, _("The list is changed."))
        return redirect(page_of(project))
    return _form_page(request, project, form, line=line)


def _form_page(request: HttpRequest, project: Project, form: WantForm, **more: Any) -> HttpResponse:
    context = {"project": project, "form": form, "back": page_of(project), **more}
    return render(request, "contributions/want.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def close(request: AuthenticatedRequest, slug: str, want: UUID) -> HttpResponse:
    project = _managed(request, slug)
    line = get_object_or_404(Want.objects.open().filter(project=project), pk=want)
    wants.close_want(actor=request.user, want=line, at=clock.now())
    messages.success(request, _("It is off the list. What people promised already still stands."))
    return redirect(page_of(project))


@access(SIGNED_IN)
def offer(request: AuthenticatedRequest, slug: str, want: UUID) -> HttpResponse:
    """Offers help for one line of the wanted list."""
    project = visible_project(request, slug)
    line: Any = get_object_or_404(Want.objects.open().filter(project=project).with_amounts(), pk=want)
    left = max(0, line.amount - line.taken)
    form = OfferForm(request.POST or None, want=line, left=left, actor=request.user)
    offer_it = partial(offer_steps.offer, actor=request.user, want=line, at=clock.now())
    if form.accepted(lambda: offer_it(offered=form.offer(), token=form.cleaned_data["token"])):
        messages.success(request, _("Thank you! The team answers soon, and we tell you then."))
        return redirect(form.made)
    taken = "" if left else _("Others have offered all of it already.")
    context = {
        "project": project,
        "want": line,
        "left": left,
        "form": form,
        "why_not": conditions.why_not_offer(project) or taken,
        "back": page_of(project),
    }
    return render(request, "contributions/offer.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_safe
def offers(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Everything that was offered to a project; for its team and who runs the call."""
    project = visible_project(request, slug)
    require(request.user, "see_offers", project)
    context = {"project": project, "offers": queries.to_project(project), "back": page_of(project)}
    return render(request, "contributions/offers.html", context)


@access(SIGNED_IN)
def contribution(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """One offer for both sides: where it stands, and the next step. 404 for everybody else."""
    found = get_object_or_404(Contribution.objects.with_things(), pk=key)
    if not may(request.user, "see", found):
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        verb = form.cleaned_data["verb"]
        if verb not in offer_steps.VERBS:
            raise Http404
        take = partial(offer_steps.VERBS[verb], reason=form.cleaned_data["reason"], at=clock.now())
        if form.accepted(lambda: take(actor=request.user, contribution=found)):
            messages.success(request, str(STEPS[verb].done))
            return redirect(found)
        found = Contribution.objects.with_things().get(pk=key)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Contribution, form: AnswerForm) -> HttpResponse:
    verbs = [verb for verb in STEPS if found.can(verb) and may(request.user, verb, found)]
    context = {
        "contribution": found,
        "project": found.want.project,
        "form": form,
        "steps": [STEPS[verb] for verb in verbs],
        "words_wanted": form.asks_for_words(verbs),
        "stages": step_words(found),
    }
    return render(request, "contributions/contribution.html", context, status=422 if form.errors else 200)
