"""The PDF of an invoice: made once, kept with its digest, mailed to the sponsor's accounts department."""

import hashlib
from datetime import datetime

from django.conf import settings

from civic.accounts import mail
from civic.core.money import Money
from marketplace.invoicing import billables
from marketplace.invoicing.letter import pdf_of
from marketplace.invoicing.models import Invoice, InvoiceDocument

MIME = "application/pdf"


def document_of(invoice: Invoice, *, at: datetime) -> InvoiceDocument:
    """The document as it was made first; made now where nobody has asked for it yet."""
    existing = InvoiceDocument.objects.filter(invoice=invoice).first()
    if existing:
        return existing
    content = pdf_of(invoice)
    made = InvoiceDocument(
        invoice=invoice, content=content, digest=hashlib.sha256(content).hexdigest(), made_at=at
    )
    InvoiceDocument.objects.bulk_create([made], ignore_conflicts=True)
    return InvoiceDocument.objects.get(invoice=invoice)


def mail_invoice(invoice: Invoice, letter: str, *, at: datetime, **said: object) -> None:
    """Writes a letter (`invoicing/mail/<letter>`) to the address for invoices; its PDF is made when it is sent."""
    context = {"invoice": invoice, "amount": Money(abs(invoice.gross_minor), invoice.currency), **said}
    mail.write(
        f"invoicing/mail/{letter}",
        to=invoice.buyer["email"],
        context=context | {"page": f"{settings.SITE_URL}{billables.of(invoice).describe(invoice).href}"},
        content="invoice",
        about=invoice.pk,
        at=at,
    )
