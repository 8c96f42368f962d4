"""Invoices go out by mail: the PDF when it is issued, reminded of, credited, or to be paid again after a dispute.

What of a payment came back twice, by a credit note and by a dispute, is asked for so, too.
"""

from civic.core import events
from civic.core.models import Event
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import documents
from marketplace.invoicing.queries import KIND, new_reference
from marketplace.payments import operations as payments
from marketplace.payments.models import Claim
from marketplace.payments.purposes import key_in

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


@events.handler("claim.opened")
def on_claim(event: Event) -> None:
    """Asks the buyer for what a credit note gave back of a payment that its bank took back as well."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    if slug != KIND or not key:
        return
    claim = Claim.objects.select_related("dispute__charge").get(pk=event.subject_id)
    # The organisation owes it, not who paid by card for it.
    how = payments.how_to_pay(payments.ask_claim(claim, payer=None, at=event.at))
    invoice = Invoice.objects.get(pk=key)
    documents.mail_invoice(invoice, "claim", at=event.at, twice=claim.amount, **how)
