"""The three ways to confirm that one lives here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from civic.accounts import operations, queries
from civic.accounts.forms import CodeForm, LetterForm, RegistryForm
from civic.accounts.models import Residency
from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access


@access(SIGNED_IN)
def overview(request: AuthenticatedRequest) -> HttpResponse:
    """Where the person stands and what they can do next; typing the letter's code is part of this page."""
    residency = queries.residency_of(request.user)
    form = CodeForm(request.POST or None)
    if form.accepted_by(operations.confirm_code, actor=request.user, at=clock.now()):
        messages.success(request, _("Thank you. You are now a verified resident."))
        return redirect("accounts:residency")
    reason = queries.reason_of(residency, "reject") if residency and residency.state == "rejected" else ""
    context = {"residency": residency, "form": form, "reason": reason}
    return render(request, "accounts/residency.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def letter(request: AuthenticatedRequest) -> HttpResponse:
    """Asks for a letter with a code."""
    form = LetterForm(request.POST or None)
    if form.accepted_by(operations.request_letter, actor=request.user, at=clock.now()):
        messages.success(request, _("We will send you a letter."))
        return redirect("accounts:residency")
    return render(
        request, "accounts/residency_letter.html", {"form": form}, status=422 if form.errors else 200
    )


@access(SIGNED_IN)
def registry(request: AuthenticatedRequest) -> HttpResponse:
    """Compares what the person enters with the residents' register."""
    form = RegistryForm(request.POST or None)
    if form.accepted_by(operations.match_registry, actor=request.user, at=clock.now()):
        messages.success(request, _("Thank you. You are now a verified resident."))
        return redirect("accounts:residency")
    return render(
        request, "accounts/residency_registry.html", {"form": form}, status=422 if form.errors else 200
    )


@access(SIGNED_IN)
def withdraw(request: AuthenticatedRequest) -> HttpResponse:
    """Asks whether to end the request or the verification, and does it."""
    residency = get_object_or_404(Residency.objects.live().select_related("area"), person=request.user)
    if request.method == "POST":
        operations.withdraw_residency(actor=request.user, residency=residency, at=clock.now())
        messages.success(request, _("Done. We forgot your address."))
        return redirect("accounts:residency")
    context = {
        "residency": residency,
        "confirm": _("Yes, end it"),
        "cancel_href": reverse("accounts:residency"),
    }
    return render(request, "accounts/residency_withdraw.html", context)
