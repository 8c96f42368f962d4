"""Giving to a bounty, offering data, choosing, delivering and answering."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.policies import may
from marketplace.exchange import conditions
from marketplace.exchange.forms import DeliveryForm, GiftForm, OfferForm
from marketplace.exchange.labels import ANSWERS, OFFER_STEPS
from marketplace.exchange.models import DataNeed, Delivery, Offer
from marketplace.exchange.operations import deliveries, gifts, offers
from marketplace.exchange.queries import needs as queries
from marketplace.exchange.queries.checks import run_checks
from marketplace.exchange.views.needs import confirm, visible
from marketplace.payments.queries.charges import charge_for
from projects.proposals.roles import in_team

DO_OFFER: dict[str, Callable[..., Any]] = {
    "award": offers.award_offer,
    "release": offers.release_award,
    "withdraw": offers.withdraw_offer,
}
DO_ANSWER: dict[str, Callable[..., Any]] = {
    "accept": deliveries.accept_delivery,
    "return": deliveries.return_delivery,
}


@access(SIGNED_IN)
@never_cache
def give(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """How much, in whose name, and what happens with it; from here to the page of the payment."""
    need = visible(request, key)
    nameless = queries.is_nameless(request.user, need)
    form = GiftForm(need, request.user, nameless, request.POST or None)
    act = partial(gifts.give, actor=request.user, need=need, at=clock.now())
    if form.accepted(lambda: act(**form.cleaned_data)):
        charge = charge_for(form.made.purpose)
        return redirect("payments:payment", pk=charge.pk) if charge else redirect(need)
    context = {
        "need": need,
        "form": form,
        "bounty": queries.bounty_of(need),
        "why_not": conditions.why_no_gift(need, clock.now()),
    }
    return render(request, "exchange/give.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@never_cache
def offer(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Which dataset an organisation offers, and for what."""
    need = visible(request, key)
    form = OfferForm(need, request.user, request.POST or None)
    act = partial(offers.make_offer, actor=request.user, need=need, at=clock.now())
    if form.accepted(lambda: act(**form.said())):
        messages.success(request, _("The offer is made. We tell you what the project's team says."))
        return redirect(need)
    context = {"need": need, "form": form, "why_not": conditions.why_no_offer(need, clock.now())}
    return render(request, "exchange/offer.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def offer_step(request: AuthenticatedRequest, key: UUID, verb: str) -> HttpResponse:
    """Chooses an offer, takes the choice back, or takes the offer back."""
    found = _offer(request, key)
    if verb not in DO_OFFER or not may(request.user, verb, found):
        raise Http404
    return confirm(request, OFFER_STEPS[verb], found.need, partial(DO_OFFER[verb], offer=found), offer=found)


@access(SIGNED_IN)
@never_cache
def deliver(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Which revision is what was offered."""
    found = _offer(request, key)
    if not may(request.user, "deliver", found):
        raise Http404
    form = DeliveryForm(found, request.POST or None)
    act = partial(deliveries.deliver, actor=request.user, offer=found, at=clock.now())
    if form.accepted(lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is delivered. The project's team checks it and answers."))
        return redirect(found.need)
    context = {"need": found.need, "offer": found, "form": form}
    return render(request, "exchange/deliver.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def answer(request: AuthenticatedRequest, key: UUID, verb: str) -> HttpResponse:
    """Accepts what was delivered, or returns it; the checks stand above the button."""
    rows = Delivery.objects.select_related("offer__organisation", "revision__dataset")
    found = get_object_or_404(rows.filter(offer__need__in=_seen(request)), pk=key)
    found.offer.need = visible(request, found.offer.need_id)
    if verb not in DO_ANSWER or not may(request.user, "answer", found.offer):
        raise Http404
    checks = run_checks(found.offer.need, found, clock.now())
    act = partial(DO_ANSWER[verb], delivery=found)
    need = found.offer.need
    city = not in_team(request.user, need.project)
    return confirm(request, ANSWERS[verb], need, act, for_city=city, checks=checks, delivery=found)


def _seen(request: HttpRequest) -> Any:
    return DataNeed.objects.visible_to(request.user).values("pk")


def _offer(request: HttpRequest, key: UUID) -> Offer:
    rows = Offer.objects.select_related("organisation", "dataset").filter(need__in=_seen(request))
    found = get_object_or_404(rows, pk=key)
    found.need = visible(request, found.need_id)
    return found
