"""The wanted list of a project: to read, and for its team to keep."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from projects.contributions import conditions, queries
from projects.contributions.forms import WantForm
from projects.contributions.models import Want
from projects.contributions.operations import wants
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE


def visible_project(request: HttpRequest, slug: str) -> Project:
    """A project that has been opened and that the actor may see; 404 otherwise."""
    seen = Project.objects.visible_to(request.user).exclude(state__in=PRIVATE)
    return get_object_or_404(seen.select_related("call"), slug=slug)


def page_of(project: Project) -> str:
    """The address of the wanted list."""
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
        "today": clock.now().date(),
    }
    return render(request, "contributions/wanted.html", context)


def _managed(request: HttpRequest, slug: str) -> Project:
    project = visible_project(request, slug)
    require(request.user, "want_help", project)
    return project


@access(SIGNED_IN)
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Adds a line."""
    project, form = _managed(request, slug), WantForm(request.POST or None)
    if form.accepted(
        lambda: wants.add_want(actor=request.user, project=project, wish=form.wish(), at=clock.now())
    ):
        messages.success(request, _("It is on the list."))
        return redirect(page_of(project))
    return _form_page(request, project, form)


@access(SIGNED_IN)
def change(request: AuthenticatedRequest, slug: str, want: UUID) -> HttpResponse:
    """Changes a line."""
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
    """Takes a line off the list."""
    project = _managed(request, slug)
    line = get_object_or_404(Want.objects.open().filter(project=project), pk=want)
    wants.close_want(actor=request.user, want=line, at=clock.now())
    messages.success(request, _("It is off the list. What people promised already still stands."))
    return redirect(page_of(project))
