"""A person's own pledges: the list, one of them, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.paging import page
from marketplace.campaigns import conditions, wording
from marketplace.campaigns.forms.pledges import AmountForm
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.operations import collection, instalments, pledges
from marketplace.campaigns.queries import pledges as queries
from marketplace.campaigns.queries.campaigns import reason_of
from marketplace.campaigns.states import InstalmentState, PledgeState
from marketplace.payments.models import Charge
from marketplace.payments.operations import returnable
from marketplace.payments.queries import claims, refunds
from marketplace.payments.states import ChargeState, RefundState

ENDED = [PledgeState.CANCELLED, PledgeState.DROPPED, PledgeState.CAMPAIGN_FAILED]


def own(request: HttpRequest, key: UUID) -> Pledge:
    """One of the actor's own pledges; 404 for anybody else's."""
    return get_object_or_404(queries.own(request.user), pk=key)


@access(SIGNED_IN)
@never_cache
@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """All of them, newest first."""
    found = page(queries.own(request.user), after=request.GET.get("after", ""))
    return render(request, "campaigns/pledges.html", {"pledges": found.items, "next": found.next})


@access(SIGNED_IN)
@never_cache
@require_safe
def show(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """One pledge with its payments, and the one thing to do."""
    return render(request, "campaigns/own_pledge.html", _context(own(request, key)))


@access(SIGNED_IN)
@never_cache
@require_safe
def thanks(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Where the payer comes back to."""
    pledge = own(request, key)
    # Nobody is thanked for what has ended meanwhile: its own page says how.
    return (
        redirect(pledge)
        if pledge.state in ENDED
        else render(request, "campaigns/thanks.html", _context(pledge))
    )


def _context(pledge: Pledge) -> dict[str, Any]:
    at, campaign = clock.now(), pledge.campaign
    charges, months = queries.charges_of(pledge), list(pledge.instalments.all())
    latest = charges[0].state if charges else None
    # Only a lost dispute brings claims; its charge may be disputed again since.
    lost = any(one.state in wording.DISPUTED_ONCE for one in charges)
    return {
        "pledge": pledge,
        "campaign": campaign,
        "project": campaign.project,
        "charges": charges,
        "claims": claims.standings({one.purpose for one in charges}) if lost else [],
        "kept": refunds.kept([one.purpose for one in charges])
        if any(_came_back(one) for one in charges)
        else [],
        "bank_steps": wording.bank_steps(charges),
        # A name leaves the list with the day on which its gift ended (queries.campaigns.LISTED).
        "is_over": pledge.state in ENDED,
        "may_be_named": pledge.state not in ENDED or _ended_today(pledge, at),
        # What a bank took by itself can be given once more, as a pledge of its own.
        "pledges_again": pledge.state == PledgeState.DROPPED
        and conditions.open_still(campaign, at)
        and wording.is_taken_back(charges),
        "months": months,
        "next_month": next((one for one in months if one.state == InstalmentState.DUE), None),
        "on_its_way": latest in (ChargeState.CONFIRMING, ChargeState.PROCESSING)
        or (pledge.state == PledgeState.COLLECTING and latest != ChargeState.FAILED),
        "declined": latest == ChargeState.FAILED,
        "ending": reason_of(campaign),
        "disputed": any(one.state == ChargeState.DISPUTED for one in charges),
        "may_change": conditions.can_change(pledge, at),
        "may_cancel": conditions.can_cancel(pledge, at),
        "may_finish": conditions.can_finish(pledge, at),
        "may_pay": conditions.can_pay(pledge),
        "may_stop": conditions.can_stop(pledge),
        "late": pledge.instalments.filter(state=InstalmentState.NEEDS_PAYER).first(),
        "payable": campaign.grace_ends_at,
    }


def _came_back(charge: Charge) -> bool:
    return any(refund.state == RefundState.ALTERNATIVE_DUE for refund in charge.refunds.all())


def _ended_today(pledge: Pledge, at: datetime) -> bool:
    return pledge.state_since is not None and localdate(pledge.state_since) == localdate(at)


@access(SIGNED_IN)
@never_cache
def change(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Another amount."""
    pledge = own(request, key)
    form = AmountForm(request.POST or None, currency=pledge.currency, initial={"amount": pledge.amount.major})
    change_it = partial(pledges.change_pledge, actor=request.user, pledge=pledge, at=clock.now())
    if form.accepted(lambda: change_it(**form.cleaned_data)):
        messages.success(request, _("Your pledge is changed."))
        return redirect(pledge)
    context = {"pledge": pledge, "project": pledge.campaign.project, "form": form}
    return render(request, "campaigns/change.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@never_cache
@require_safe
def cancel(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """Asks whether the pledge, or the monthly payments, shall really end."""
    context = _context(own(request, key))
    if not context["may_cancel"] and not context["may_stop"]:
        return redirect(context["pledge"])
    # What a cancelled pledge gives back: less what went back before, or was lost in a dispute.
    back = sum(returnable(charge).minor for charge in context["charges"])
    return render(request, "campaigns/cancel.html", context | {"back": context["campaign"].money(back)})


def _cancel(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    pledges.cancel_pledge(actor=request.user, pledge=pledge, at=clock.now())
    if any(charge.state == ChargeState.DISPUTED for charge in queries.charges_of(pledge)):
        text = _("Your pledge is cancelled. What your bank leaves of the disputed payment comes back to you.")
    else:
        text = _("Your pledge is cancelled. What is left of your payments comes back to you.")
    messages.success(request, text)
    return redirect(pledge)


def _stop(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    pledges.stop_monthly(actor=request.user, pledge=pledge, at=clock.now())
    messages.success(request, _("Your monthly payments have ended. Thank you for what you gave."))
    return redirect(pledge)


def _pay(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    charge = collection.pay_now(actor=request.user, pledge=pledge, at=clock.now())
    return redirect("payments:payment", pk=charge.pk)


def _pay_month(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    charge = instalments.pay_now(actor=request.user, pledge=pledge, at=clock.now())
    return redirect("payments:payment", pk=charge.pk)


def _finish(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    payment = pledges.finish(actor=request.user, pledge=pledge, at=clock.now())
    return redirect("payments:payment", pk=payment.pk)


def _hide_name(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    pledges.show_name(actor=request.user, pledge=pledge, shown=False, at=clock.now())
    messages.success(request, _("Your name is no longer in the list of backers of this project."))
    return redirect(pledge)


def _show_name(request: AuthenticatedRequest, pledge: Pledge) -> HttpResponse:
    pledges.show_name(actor=request.user, pledge=pledge, shown=True, at=clock.now())
    messages.success(request, _("Your name is shown in the list of backers of this project."))
    return redirect(pledge)


STEPS: dict[str, Callable[[AuthenticatedRequest, Pledge], HttpResponse]] = {
    "cancel": _cancel,
    "stop": _stop,
    "pay": _pay,
    "pay_month": _pay_month,
    "finish": _finish,
    "hide_name": _hide_name,
    "show_name": _show_name,
}


@access(SIGNED_IN)
@require_POST
def step(request: AuthenticatedRequest, key: UUID) -> HttpResponse:
    """What is done with a pledge by a button; without one the pledge is shown as it is."""
    pledge, verb = own(request, key), STEPS.get(request.POST.get("verb", ""))
    return verb(request, pledge) if verb else redirect(pledge)
