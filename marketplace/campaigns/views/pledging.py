"""Pledging: what one would like to give, a look at what it means, and the promise itself."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import PUBLIC, SIGNED_IN, access
from marketplace.campaigns import conditions, goal
from marketplace.campaigns.forms.pledges import (
    OTHER,
    ConfirmForm,
    PledgeForm,
    chips,
    frequency_in_words,
    payment_method_choices,
)
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import pledge_payments
from marketplace.campaigns.operations.pledges import pledge, rehearse_pledge
from marketplace.campaigns.queries import campaigns as queries
from marketplace.campaigns.queries import pledges
from marketplace.campaigns.views.campaigns import visible
from marketplace.payments import providers

FIRST_CHOICE = {"frequency": Pledge.Frequency.ONCE, "months": 12}


@access(PUBLIC)
@require_safe
def wish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Amount, frequency, way to pay: the first page. It goes on by GET, so that signing in keeps what was typed."""
    campaign = visible(request, key)
    nameless = pledges.is_nameless(request.user, campaign)
    form = PledgeForm(campaign=campaign, nameless=nameless, initial=_first(campaign) | request.GET.dict())
    return render(request, "campaigns/pledge.html", _wishing(request, campaign, form))


def _first(campaign: Campaign) -> dict[str, Any]:
    amounts = [*(value for value, _label in chips(campaign)), OTHER]
    ways = [value for value, _label in payment_method_choices(campaign)]
    return FIRST_CHOICE | {"amount": amounts[min(1, len(amounts) - 1)], "provider": ways[0] if ways else ""}


def _wishing(request: HttpRequest, campaign: Campaign, form: PledgeForm) -> dict[str, Any]:
    at = clock.now()
    project = campaign.project
    return {
        "campaign": campaign,
        "project": project,
        "standing": queries.standing(campaign),
        "form": form,
        "why_not": conditions.why_no_pledge(campaign, project.state, queries.in_phase(campaign, at), at),
    }


@access(SIGNED_IN)
@method_decorator(never_cache, name="dispatch")
class Review(View):
    """GET shows what the wish means: what is charged, when, what if the goal is missed. POST promises it."""

    def get(self, request: AuthenticatedRequest, key: UUID) -> HttpResponse:
        campaign = visible(request, key)
        nameless = pledges.is_nameless(request.user, campaign)
        form = PledgeForm(request.GET, campaign=campaign, nameless=nameless)
        data: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
        rehearse = partial(rehearse_pledge, actor=request.user, campaign=campaign, at=clock.now())
        parts = ("provider", "months", "anonymous")
        if not form.accepted(lambda: rehearse(amount=data["money"], **{name: data[name] for name in parts})):
            return render(request, "campaigns/pledge.html", _wishing(request, campaign, form), status=422)
        known = {
            "minor": data["money"].minor,
            "currency": data["money"].currency,
            "months": data["months"],
            "provider": data["provider"],
            "anonymous": data["anonymous"],
            "token": uuid4(),
        }
        return self._page(request, campaign, ConfirmForm(known), known)

    def post(self, request: AuthenticatedRequest, key: UUID) -> HttpResponse:
        """One operation and nothing beside it: the campaign itself is read by the operation, under its lock."""
        form = ConfirmForm(request.POST)
        promise = partial(pledge, actor=request.user, campaign=Campaign(pk=key), at=clock.now())
        if form.accepted(lambda: promise(**form.cleaned_data)):
            started = form.made
            if started.payment is None:
                return redirect(started.pledge)
            return redirect("payments:payment", pk=started.payment.pk)
        return self._page(request, visible(request, key), form, request.POST, status=422)

    def _page(
        self,
        request: AuthenticatedRequest,
        campaign: Campaign,
        form: ConfirmForm,
        known: Any,
        status: int = 200,
    ) -> HttpResponse:
        form.is_valid()
        amount = form.cleaned_data.get("amount") or campaign.money(campaign.pledge_min_minor)
        months = form.cleaned_data.get("months") or 1
        wanted = Pledge(
            campaign=campaign,
            provider=form.cleaned_data.get("provider") or "",
            frequency=Pledge.Frequency.MONTHLY if months > 1 else Pledge.Frequency.ONCE,
        )
        context = {
            "campaign": campaign,
            "project": campaign.project,
            "form": form,
            "amount": amount,
            "months": months,
            "total": campaign.money(amount.minor * months),
            "frequency": frequency_in_words(months),
            "anonymous": form.cleaned_data.get("anonymous"),
            "at_once": pledge_payments.pays_at_once(wanted),
            "bank": providers.abilities_of(wanted.provider).by_transfer,
            "keeps": campaign.rule == Campaign.Rule.KEEP,
            **goal.previews(campaign, amount, request.user, clock.now()),
            "back": request.GET.urlencode(),
        }
        return render(request, "campaigns/review.html", context, status=status)
