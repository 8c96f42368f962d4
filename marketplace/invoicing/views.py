"""An invoice as a page and as its PDF, for those who act for the buyer and for the desk."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.accounts.requests import AuthenticatedRequest
from civic.core import clock
from civic.core.access import SIGNED_IN, access
from marketplace.invoicing import billables, queries
from marketplace.invoicing.operations import documents


@access(SIGNED_IN)
@never_cache
@require_safe
def invoice(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """What it says, what of it is paid, and the PDF."""
    found = get_object_or_404(queries.seen(request.user), number=number)
    context = {
        "invoice": found,
        "billed": billables.of(found).describe(found),
        "net": found.money(found.net_minor),
        "vat": found.money(found.vat_minor),
        "rate": f"{found.vat_rate_bp / 100:g} %",
        "shown": queries.Shown(found, localdate(clock.now())),
        "payments": queries.payments_of(found),
        "claims": queries.claims_on(found),
        "kept": queries.kept_of(found),
        "reminders": list(found.reminders.order_by("level")),
        "transfer": queries.transfer_for(found) if found.open_minor else None,
        "credit_notes": list(found.credit_notes.order_by("serial")),
    }
    return render(request, "invoicing/invoice.html", context)


@access(SIGNED_IN)
@never_cache
@require_safe
def pdf(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """The PDF as it was sent, with its digest as the entity tag; always a download."""
    found = get_object_or_404(queries.seen(request.user), number=number)
    document = documents.document_of(found, at=clock.now())
    response = HttpResponse(bytes(document.content), content_type=documents.MIME)
    response["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    response["ETag"] = f'"{document.digest}"'
    return response
