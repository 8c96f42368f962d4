"""Series of datasets, and the button to follow a dataset."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from datasets.catalogue import queries
from datasets.catalogue.forms import SeriesForm
from datasets.catalogue.models import Series
from datasets.catalogue.operations import follows, series
from datasets.catalogue.views.seen import visible


@access(PUBLIC)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A series with its datasets in order of time."""
    found = get_object_or_404(Series.objects.select_related("publisher"), slug=slug)
    context = {
        "series": found,
        "datasets": queries.in_series(found),
        "writes": may(request.user, "edit", found),
    }
    return render(request, "catalogue/series.html", context)


@access(SIGNED_IN)
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Changes its words; what was typed stays when something is wrong."""
    found = get_object_or_404(Series.objects.select_related("publisher"), slug=slug)
    require(request.user, "edit", found)
    form = SeriesForm(request.POST or None, initial={"title": found.title, "description": found.description})
    describe = partial(series.describe_series, actor=request.user, series=found, at=clock.now())
    if form.accepted(lambda: describe(**form.cleaned_data)):
        messages.success(request, _("It is changed."))
        return redirect(found)
    context = {"series": found, "form": form}
    return render(request, "catalogue/series_edit.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def follow(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Follows (`follow=yes`) or follows no longer."""
    found, wanted = visible(request, slug), request.POST.get("follow") == "yes"
    operation = follows.follow if wanted else follows.unfollow
    operation(actor=request.user, dataset=found, at=clock.now())
    said = _("You follow this dataset.") if wanted else _("You no longer follow this dataset.")
    messages.success(request, said)
    return redirect(found)
