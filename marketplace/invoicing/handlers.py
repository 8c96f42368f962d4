"""Invoices go out by mail: the PDF when it is issued, reminded of, credited, or to be paid again after a dispute."""

from civic.core import events
from civic.core.models import Event
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import documents
from marketplace.invoicing.queries import new_reference

LETTERS = {
    "invoice.issued": "invoice",
    "invoice.credited": "credit_note",
    "invoice.reminded": "reminder",
    "invoice.payment_lost": "payment_lost",
}


@events.handler(*LETTERS)
def on_invoice(event: Event) -> None:
    """Writes the letter."""
    rows = Invoice.objects.with_amounts().select_related("corrects")
    invoice = rows.get(pk=event.subject_id)
    open_now = invoice.money(invoice.open_minor)  # type: ignore[attr-defined]
    documents.mail_invoice(
        invoice,
        LETTERS[event.kind],
        at=event.at,
        level=event.payload.get("level", 0),
        lost=invoice.money(event.payload.get("lost", 0)),
        open=open_now,
        reference=new_reference(invoice),
    )
