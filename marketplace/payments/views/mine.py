"""What somebody paid (the list, receipts, the statement of each year as PDF), and the payment methods they saved."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from civic.core.paging import page
from marketplace.payments import documents, operations, providers, purposes, queries, receipts
from marketplace.payments.models import Charge
from marketplace.payments.receipts import Movement
from marketplace.payments.states import PAID

ON_A_PAGE = 20
# What a state means for the one who pays, as colours of badges.
KINDS = {
    "succeeded": "positive",
    "won": "positive",
    "failed": "danger",
    "needs_payer": "warning",
    "disputed": "warning",
}


@access(SIGNED_IN)
@never_cache
@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """All payments of the visitor, newest first, and the years that there are statements of."""
    charges = page(queries.own_charges(request.user), after=request.GET.get("after", ""), size=ON_A_PAGE)
    words = purposes.describe(charge.purpose for charge in charges)
    context = {
        "rows": [
            {
                "charge": charge,
                "purpose": words[charge.purpose],
                "paid": charge.state in PAID,
                "kind": KINDS.get(charge.state, ""),
            }
            for charge in charges
        ],
        "next": charges.next,
        "years": receipts.years(request.user),
    }
    return render(request, "payments/mine.html", context)


@access(SIGNED_IN)
@never_cache
@require_safe
def receipt(request: AuthenticatedRequest, pk: Any) -> HttpResponse:
    """The receipt for one payment, with what went back of it and where the public ledger has it."""
    charge, movements = _receipt(request, pk)
    context = {
        "charge": charge,
        "movements": movements,
        "purpose": purposes.describe([charge.purpose])[charge.purpose],
        "number": documents.number_of(charge),
        "by": documents.provider_label(charge),
        "ledger_book": settings.LEDGER_BOOK,
    }
    return render(request, "payments/receipt.html", context)


@access(SIGNED_IN)
@never_cache
@require_safe
def receipt_file(request: AuthenticatedRequest, pk: Any) -> HttpResponse:
    charge, movements = _receipt(request, pk)
    pdf = documents.receipt_pdf(charge, movements, payer=str(request.user), at=clock.now())
    return _pdf(pdf, f"receipt-{localdate(charge.created_at)}.pdf")


@access(SIGNED_IN)
@never_cache
@require_safe
def year(request: AuthenticatedRequest, year: int) -> HttpResponse:
    """The statement of a year as PDF; 404 where nothing was paid in it."""
    found = next((one for one in receipts.years(request.user) if one.number == year), None)
    if found is None:
        raise Http404
    pdf = documents.year_pdf(found, payer=str(request.user), at=clock.now())
    return _pdf(pdf, f"payments-{year}.pdf")


def _receipt(request: AuthenticatedRequest, pk: Any) -> tuple[Charge, list[Movement]]:
    found = receipts.receipt(request.user, pk)
    if found is None:
        raise Http404
    return found


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@access(SIGNED_IN)
@never_cache
@require_safe
def methods(request: AuthenticatedRequest) -> HttpResponse:
    """All of the visitor's, with what each will still be charged for."""
    saved = list(queries.own_methods(request.user))
    uses = purposes.uses_of(method.pk for method in saved)
    rows = [
        {"method": method, "uses": uses[method.pk], "provider": providers.get(method.provider).label}
        for method in saved
    ]
    return render(request, "payments/methods.html", {"rows": rows})


@access(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_method(request: AuthenticatedRequest, pk: Any) -> HttpResponse:
    """Asks, and removes."""
    method = get_object_or_404(queries.own_methods(request.user), pk=pk)
    if request.method == "POST":
        operations.remove_method(actor=request.user, method=method, at=clock.now())
        messages.success(request, _("%(label)s is removed.") % {"label": method.label})
        return redirect("payments:methods")
    context = {
        "method": method,
        "uses": purposes.uses_of([method.pk])[method.pk],
        "confirm": _("Remove it"),
        "danger": True,
        "cancel_href": reverse("payments:methods"),
    }
    return render(request, "payments/method_remove.html", context)
