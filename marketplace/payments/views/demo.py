"""The demo provider's own page: it looks like a hosted one, says that it is none, and lets the visitor choose."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from civic.accounts.requests import AuthenticatedRequest
from civic.core.access import SIGNED_IN, access
from marketplace.payments import queries
from marketplace.payments.forms import DemoChargeForm, DemoSecondStepForm, DemoSetupForm
from marketplace.payments.models import Charge, DemoPayment, MethodSetup
from marketplace.payments.providers.demo import BEHAVIOURS, decide

Status = DemoPayment.Status


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
        again = payment.status == Status.SECOND_STEP
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
            "second": payment.status == Status.SECOND_STEP,
        }
        return render(request, "payments/demo.html", context)


def _own(request: AuthenticatedRequest, pk: Any) -> tuple[DemoPayment, Charge | MethodSetup]:
    found = queries.demo_payment(request.user, pk)
    if found is None:
        raise Http404
    return found


def _form(payment: DemoPayment) -> type[forms.Form] | None:
    """The form for where the payment stands; None where there is nothing left to choose."""
    if payment.status == Status.SECOND_STEP:
        return DemoSecondStepForm
    if payment.status != Status.OPEN:
        return None
    return DemoSetupForm if payment.kind == DemoPayment.Kind.SETUP else DemoChargeForm


def _decide(payment: DemoPayment, outcome: str) -> None:
    if outcome == "cancel":
        decide(payment, Status.CANCELLED)
    elif payment.kind == DemoPayment.Kind.SETUP:
        decide(payment, Status.PAID, behaviour=outcome)
    else:
        decide(payment, BEHAVIOURS[outcome])


def _back(wanted: Charge | MethodSetup) -> HttpResponse:
    return redirect(f"{reverse('payments:payment', args=[wanted.pk])}?back=1")
