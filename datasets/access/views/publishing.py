"""What the publisher of a dataset sees: who asks, who holds grants, who has read, and what it asks of readers."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.errors import Forbidden
from civic.core.policies import may, require
from datasets.access import queries
from datasets.access.forms import TermsForm
from datasets.access.operations.terms import set_terms
from datasets.access.reads import around, table
from datasets.access.views.asking import visible
from datasets.catalogue.models import Dataset


def _looked_after(request: HttpRequest, slug: str) -> Dataset:
    """One that the reader publishes or looks after for the city. Raises Forbidden."""
    found = visible(request, slug)
    if not may(request.user, "steward", found):
        require(request.user, "decide_access", found)
    return found


@access(SIGNED_IN)
@require_safe
def requests(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who asks for it, and who holds grants."""
    dataset = _looked_after(request, slug)
    context = {"dataset": dataset, **queries.of_dataset(dataset)}
    context["decides"] = may(request.user, "decide_access", dataset)
    return render(request, "access/requests.html", context)


@access(SIGNED_IN)
@require_safe
def reads(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who has read what of it, when and why."""
    dataset = _looked_after(request, slug)
    after = request.GET.get("after", "")
    found = queries.reads_of_dataset(dataset, after=after)
    context = {"dataset": dataset, "table": table(found, of_one=True), **around(found, after)}
    return render(request, "access/reads.html", context)


@access(SIGNED_IN)
def terms(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What it asks of its readers."""
    dataset = visible(request, slug)
    require(request.user, "set_terms", dataset)
    if dataset.is_open:
        raise Forbidden(_("This dataset is open: its licence says all that there is to say."))
    form = TermsForm.of(dataset, request.POST or None)
    change = partial(set_terms, actor=request.user, dataset=dataset, at=clock.now())

    def save() -> object:
        data = form.cleaned_data
        return change(
            terms=data["terms"],
            questions=data["questions"].splitlines(),
            longest_days=data["longest_days"],
        )

    if form.accepted(save):
        messages.success(request, _("It is changed. Agreements that were made stay as they are."))
        return redirect("access:requests", dataset.slug)
    context = {"dataset": dataset, "form": form}
    return render(request, "access/terms.html", context, status=422 if form.errors else 200)
