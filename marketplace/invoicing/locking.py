"""The lock of an invoice: what it bills first, then the invoice. `campaigns.locking` has the whole order."""

from typing import Any

from marketplace.invoicing import billables
from marketplace.invoicing.models import Invoice


def lock_invoice(invoice: Invoice) -> tuple[Any, Any]:
    """The invoice with what of it is open (`with_amounts`), and what it bills, locked before the invoice is read.

    The lock of the billed thing guards its invoices too: they are never updated, and every payment, credit note and
    reminder comes through here. Without it two payments at once would both be set against the same open amount.
    """
    thing = billables.of(invoice).lock(invoice)
    return Invoice.objects.with_amounts().get(pk=invoice.pk), thing
