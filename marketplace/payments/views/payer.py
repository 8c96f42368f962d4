"""Where a payment stands, for the one who pays, and the demo provider's page, which looks like a hosted one."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from civic.accounts.requests import AuthenticatedRequest
from civic.core.access import SIGNED_IN, access
from marketplace.payments import queries
from marketplace.payments.forms import DemoChargeForm, DemoSecondStepForm, DemoSetupForm
from marketplace.payments.models import Charge, Claim, DemoPayment, MethodSetup
from marketplace.payments.providers.demo import BEHAVIOURS, decide
from marketplace.payments.purposes import describe, key_in
from marketplace.payments.references import spaced
from marketplace.payments.states import CLAIMED

DONE = ("succeeded", "won", "saved")
# What nobody has to do anything about: it is over, or the payer's bank decides.
ENDED = ("lost", "disputed")
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
    if newer := _asked_anew(wanted):
        return redirect("payments:payment", pk=newer.pk)
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
        "purpose": describe([wanted.purpose])[wanted.purpose],
        "is_claim": wanted.purpose.startswith("claim:"),
        "reference": spaced(wanted.provider_ref),
        "holder": settings.BANK_HOLDER,
        "account": spaced(settings.BANK_ACCOUNT.replace(" ", "")),
    }
    return render(request, "payments/transfer.html", context)


def phase(wanted: Charge | MethodSetup) -> str:
    """`done`, `failed` (the payer may try again), `waiting`, or what has become of it since.

    `settled`: a claim that nobody owes any more. Waiting pages look again by themselves.
    """
    if wanted.state in DONE:
        return "done"
    if wanted.state in ENDED:
        return str(wanted.state)
    if wanted.state != "failed":
        return "waiting"
    claim = _claim_of(wanted)
    return "settled" if claim and claim.state not in CLAIMED else "failed"


def _claim_of(wanted: Charge | MethodSetup) -> Claim | None:
    """The claim that an ended payment was to pay."""
    slug, key = key_in(wanted.purpose)
    if slug != "claim" or wanted.state != "failed" or key is None:
        return None
    return Claim.objects.select_related("dispute__charge").get(pk=key)


def _asked_anew(wanted: Charge | MethodSetup) -> Charge | None:
    """The payment that a claim waits for now, where this one of it has ended: less is owed since."""
    claim = _claim_of(wanted)
    last = claim.payments.last() if claim else None
    return last if last and last.pk != wanted.pk else None


@access(SIGNED_IN)
@method_decorator(never_cache, name="dispatch")
class DemoPage(View):
    """GET asks what shall happen; POST makes it happen."""

    def get(self, request: AuthenticatedRequest, pk: Any) -> HttpResponse:
        payment, wanted = _own(request, pk)
        form_class = _form(payment)
        return self._page(request, payment, wanted, form_class()) if form_class else _back(wanted)

    def post(self, request: AuthenticatedRequest, pk: Any) -> HttpResponse:
        payment, wanted = _own(request, pk)
        form_class = _form(payment)
        if form_class is None:
            return _back(wanted)
        form = form_class(request.POST)
        if not form.is_valid():
            return self._page(request, payment, wanted, form)
        _decide(payment, form.cleaned_data["outcome"])
        again = payment.status == DemoPayment.Status.SECOND_STEP
        return redirect("payments:demo", pk=pk) if again else _back(wanted)

    def _page(
        self,
        request: AuthenticatedRequest,
        payment: DemoPayment,
        wanted: Charge | MethodSetup,
        form: forms.Form,
    ) -> HttpResponse:
        context = {
            "payment": payment,
            "wanted": wanted,
            "form": form,
            "saving": payment.kind == DemoPayment.Kind.SETUP,
            "second": payment.status == DemoPayment.Status.SECOND_STEP,
        }
        return render(request, "payments/demo.html", context, status=422 if form.errors else 200)


def _own(request: AuthenticatedRequest, pk: Any) -> tuple[DemoPayment, Charge | MethodSetup]:
    found = queries.demo_payment(request.user, pk)
    if found is None:
        raise Http404
    return found


def _form(payment: DemoPayment) -> type[forms.Form] | None:
    """The form for where the payment stands; None where there is nothing left to choose."""
    if payment.status == DemoPayment.Status.SECOND_STEP:
        return DemoSecondStepForm
    if payment.status != DemoPayment.Status.OPEN:
        return None
    return DemoSetupForm if payment.kind == DemoPayment.Kind.SETUP else DemoChargeForm


def _decide(payment: DemoPayment, outcome: str) -> None:
    if outcome == "cancel":
        decide(payment, DemoPayment.Status.CANCELLED)
    elif payment.kind == DemoPayment.Kind.SETUP:
        decide(payment, DemoPayment.Status.PAID, behaviour=outcome)
    else:
        decide(payment, BEHAVIOURS[outcome])


def _back(wanted: Charge | MethodSetup) -> HttpResponse:
    return redirect(f"{reverse('payments:payment', args=[wanted.pk])}?back=1")
