"""Where a payment stands, for the one who pays: on to the provider, waiting, done or failed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core.access import SIGNED_IN, access
from marketplace.payments import queries
from marketplace.payments.models import Charge, MethodSetup
from marketplace.payments.references import spaced

DONE = ("succeeded", "won", "saved")
FAILED = ("failed", "lost")
WITH_PAYER = ("prepared", "needs_payer")


@access(SIGNED_IN)
@never_cache
@require_safe
def payment(request: AuthenticatedRequest, pk: Any) -> HttpResponse:
    """Sends the payer on to the provider; who comes back (`?back`) waits here for what the provider says.

    To another site by a page of ours: the content security policy lets no form redirect there.
    """
    wanted = queries.own_payment(request.user, pk)
    if wanted is None:
        raise Http404
    back = "back" in request.GET
    onward = wanted.payer_url if wanted.state in WITH_PAYER and not back else ""
    if onward.startswith("/"):
        return redirect(onward)
    context = {
        "payment": wanted,
        "phase": phase(wanted),
        "saving": isinstance(wanted, MethodSetup),
        "back": back,
        "onward": onward,
    }
    return render(request, "payments/payment.html", context)


@access(SIGNED_IN)
@never_cache
@require_safe
def transfer(request: AuthenticatedRequest, pk: Any) -> HttpResponse:
    """What to write on a bank transfer."""
    wanted = queries.own_payment(request.user, pk)
    if not isinstance(wanted, Charge) or wanted.provider != "bank":
        raise Http404
    if wanted.state != "prepared":
        return redirect("payments:payment", pk=pk)
    context = {
        "charge": wanted,
        "reference": spaced(wanted.provider_ref),
        "holder": settings.BANK_HOLDER,
        "account": spaced(settings.BANK_ACCOUNT.replace(" ", "")),
    }
    return render(request, "payments/transfer.html", context)


def phase(wanted: Charge | MethodSetup) -> str:
    """`done`, `failed`, or `waiting`; waiting pages look again by themselves."""
    if wanted.state in DONE:
        return "done"
    return "failed" if wanted.state in FAILED else "waiting"
