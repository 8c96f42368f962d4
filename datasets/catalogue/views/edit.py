"""What writers do with a dataset: begin it, describe it, publish it, take it away and bring it back."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.errors import Invalid
from civic.core.policies import require
from datasets.catalogue import queries
from datasets.catalogue.forms import DescriptionForm, WithdrawForm
from datasets.catalogue.operations import datasets
from datasets.catalogue.views.seen import visible, written


@access(SIGNED_IN)
def create(request: AuthenticatedRequest) -> HttpResponse:
    """Begins a dataset of an organisation that the person writes for; says how to come to one."""
    publishers = queries.publishers_of(request.user)
    form = DescriptionForm(request.POST or None, publishers=publishers)
    if not publishers.exists():
        return render(request, "catalogue/no_publisher.html")
    if form.accepted(
        lambda: datasets.create_dataset(
            actor=request.user,
            publisher=form.cleaned_data["publisher"],
            key=form.cleaned_data["key"],
            said=form.said(),
            at=clock.now(),
        )
    ):
        messages.success(request, _("It is begun, as a draft. Now upload its first file."))
        return redirect("catalogue:upload-new", form.made.slug)
    return _form_page(request, form)


@access(SIGNED_IN)
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Changes what a dataset says about itself; what was typed stays when something is wrong."""
    found = written(request, slug)
    form = DescriptionForm.of(found, request.POST or None)
    describe = partial(datasets.describe, actor=request.user, dataset=found, at=clock.now())
    if form.accepted(lambda: describe(said=form.said())):
        messages.success(request, _("It is changed."))
        return redirect(found)
    return _form_page(request, form, dataset=found)


def _form_page(request: HttpRequest, form: DescriptionForm, **more: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "catalogue/describe.html", {"form": form, **more}, status=status)


@access(SIGNED_IN)
@require_POST
def step(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Publishes a draft, or brings a withdrawn dataset back. Raises Invalid for anything else."""
    found, verb = written(request, slug), request.POST.get("verb", "")
    steps = {"publish": datasets.publish, "restore": datasets.restore}
    if verb not in steps:
        raise Invalid(_("Choose what is to be done with the dataset."))
    steps[verb](actor=request.user, dataset=found, at=clock.now())
    messages.success(request, _("It is there for everybody."))
    return redirect(found)


@access(SIGNED_IN)
def withdraw(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks for the reason, and takes the dataset away."""
    found = visible(request, slug)
    require(request.user, "withdraw", found)
    form = WithdrawForm(request.POST or None)
    take = partial(datasets.withdraw, actor=request.user, dataset=found, at=clock.now())
    if form.accepted(lambda: take(reason=form.cleaned_data["reason"])):
        messages.success(request, _("It is withdrawn. Its page says why."))
        return redirect(found)
    context = {
        "dataset": found,
        "form": form,
        "confirm": _("Withdraw it"),
        "danger": True,
        "cancel_href": found.get_absolute_url(),
    }
    return render(request, "catalogue/withdraw.html", context, status=422 if form.errors else 200)
