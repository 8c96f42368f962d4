"""Asking for a dataset, and what has become of it for who asked."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.policies import may
from datasets.access import queries
from datasets.access.conditions import why_not_given
from datasets.access.forms import AcceptForm, RequestForm
from datasets.access.models import AccessRequest, Grant, Policy
from datasets.access.operations import grants, requests
from datasets.access.reads import around, table
from datasets.catalogue.models import Dataset
from datasets.catalogue.vocabularies import AccessLevel


def visible(request: HttpRequest, slug: str) -> Dataset:
    """A dataset that the reader may know of; 404 otherwise."""
    found = Dataset.objects.visible_to(request.user).select_related("publisher")
    return get_object_or_404(found, slug=slug)


@access(SIGNED_IN)
def ask(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """How this reader gets the dataset: terms to accept, a request to write, or why there is nothing to do."""
    dataset = visible(request, slug)
    if dataset.access_level == AccessLevel.REGISTERED:
        return _accept(request, dataset)
    if why_not := why_not_given(dataset, AccessLevel.ON_REQUEST):
        return render(request, "access/ask.html", {"dataset": dataset, "why_not": why_not})
    if mine := queries.under_way(dataset, request.user):
        return redirect(mine[0])
    renews = _renewed(request, dataset)
    initial = (
        {name: getattr(renews, name) for name in ("organisation", "purpose", "scopes")} if renews else None
    )
    form = RequestForm(Policy.of(dataset), request.user, request.POST or None, initial=initial)
    form.renews = renews
    begin = partial(requests.start_request, actor=request.user, dataset=dataset, at=clock.now())
    if form.accepted(lambda: begin(wish=form.wish())):
        return redirect(form.made)
    return _form_page(request, dataset, form)


def _accept(request: AuthenticatedRequest, dataset: Dataset) -> HttpResponse:
    form = AcceptForm(request.POST or None)
    why_not = why_not_given(dataset, AccessLevel.REGISTERED)
    accept = partial(grants.accept_terms, actor=request.user, dataset=dataset, at=clock.now())
    if form.accepted(
        lambda: accept(purpose=form.cleaned_data["purpose"], terms=request.POST.get("terms", ""))
    ):
        messages.success(request, _("You can read it now."))
        return redirect(dataset)
    context = {"dataset": dataset, "form": form, "policy": Policy.of(dataset), "why_not": why_not}
    return render(request, "access/ask.html", context, status=422 if form.errors else 200)


def _renewed(request: AuthenticatedRequest, dataset: Dataset) -> Grant | None:
    """The grant that is to be renewed, where the address names one of the reader's."""
    try:
        key = UUID(request.GET.get("renews", ""))
    except ValueError:
        return None
    found = queries.grants().filter(dataset=dataset, pk=key).first()
    return found if found and may(request.user, "renew", found) else None


def _form_page(request: HttpRequest, dataset: Dataset, form: RequestForm, **more: Any) -> HttpResponse:
    context = {"dataset": dataset, "form": form, "policy": Policy.of(dataset), **more}
    return render(request, "access/ask.html", context, status=422 if form.errors else 200)


def seen(request: HttpRequest, key: UUID) -> AccessRequest:
    """A request of either side; 404 for everybody else."""
    found = get_object_or_404(queries.requests(), pk=key)
    if not may(request.user, "see", found):
        raise Http404
    return found


@access(SIGNED_IN)
def edit(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Changes a draft, or what was returned."""
    found = seen(request, key)
    if not may(request.user, "write", found):
        raise Http404
    form = RequestForm.of(found, request.user, request.POST or None)
    change = partial(requests.edit_request, actor=request.user, request=found, at=clock.now())
    if form.accepted(lambda: change(wish=form.wish())):
        messages.success(request, _("It is changed, and not sent yet."))
        return redirect(found)
    return _form_page(request, found.dataset, form, request_under_way=found)


@access(SIGNED_IN)
@require_safe
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """What somebody has asked for, holds, and has read."""
    after = request.GET.get("after", "")
    reads = queries.reads_of_person(request.user, after=after)
    context = {**queries.of_person(request.user), "table": table(reads, of_one=False), **around(reads, after)}
    return render(request, "access/mine.html", context)
