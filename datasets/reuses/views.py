"""What was built with data: the list, one of them, the page to propose one and the page to take it back."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from civic.core.policies import may, require
from civic.core.steps import Step
from datasets.catalogue.models import Dataset
from datasets.reuses import conditions, operations, queries
from datasets.reuses.forms import ReuseForm
from datasets.reuses.models import Kind, Reuse

WITHDRAW = Step(
    gettext_lazy("Take it back"),
    gettext_lazy("Take this back?"),
    gettext_lazy("Nobody finds it here any more. What is at its address stays. You can propose it again."),
    gettext_lazy("It is taken back."),
    danger=True,
)


@access(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All that is shown, or what is of one kind, or built with one dataset; the newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    dataset = Dataset.objects.listed().filter(slug=request.GET.get("dataset", "")[:140]).first()
    slug = dataset.slug if dataset else ""
    found = queries.page(kind, slug, request.GET.get("after", ""))
    tabs = [("", _("All")), *Kind.choices]
    context = {
        "page": found,
        "tabs": [
            {"title": title, "href": f"?kind={name}&dataset={slug}", "current": name == kind}
            for name, title in tabs
        ],
        "dataset": dataset,
        "next": f"?kind={kind}&dataset={slug}&after={found.next}" if found.next else "",
    }
    return render(request, "reuses/reuses.html", context)


@access(PUBLIC)
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them; what is not public for whose it is and data stewards, 404 for everybody else."""
    reuse = get_object_or_404(queries.with_datasets(Reuse.objects.all()), pk=key)
    public = Reuse.objects.public().filter(pk=key).exists()
    if not public and not may(request.user, "see", reuse):
        raise Http404
    context = {
        "reuse": reuse,
        "public": public,
        "decides": reuse.can("approve") and may(request.user, "approve", reuse),
        "may_withdraw": reuse.can("withdraw") and may(request.user, "withdraw", reuse),
    }
    return render(request, "reuses/reuse.html", context)


@access(SIGNED_IN)
def propose(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Proposes what was built with a dataset that everybody finds."""
    dataset = get_object_or_404(Dataset.objects.visible_to(request.user), slug=slug)
    form = ReuseForm(request.POST or None, dataset=dataset, actor=request.user)
    tell = partial(operations.propose, actor=request.user, at=clock.now())
    if form.accepted(
        lambda: tell(datasets=form.datasets(), said=form.said(), token=form.cleaned_data["token"])
    ):
        messages.success(request, _("Thank you! A data steward looks at it, and we tell you then."))
        return redirect(form.made)
    context = {"dataset": dataset, "form": form, "why_not": conditions.why_not_proposed(dataset)}
    return render(request, "reuses/propose.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def withdraw(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Asks whether it is meant, and takes it back."""
    reuse = get_object_or_404(Reuse.objects.of(request.user).with_names(), pk=key)
    require(request.user, "withdraw", reuse)
    if not reuse.can("withdraw"):
        return redirect(reuse)
    form = WITHDRAW.form(request)
    take = partial(operations.withdraw, actor=request.user, reuse=reuse, at=clock.now())
    if form.accepted(take):
        messages.success(request, str(WITHDRAW.done))
        return redirect(reuse)
    context = {**WITHDRAW.context(form), "reuse": reuse, "cancel_href": reuse.get_absolute_url()}
    return render(request, "reuses/withdraw.html", context, status=422 if form.errors else 200)
