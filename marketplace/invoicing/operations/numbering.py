"""Invoice numbers without a gap: taken under the lock of their series, given back with the transaction."""

from datetime import datetime

from django.utils.timezone import localdate

from civic.core.locking import lock_row
from marketplace.invoicing.models import Invoice, InvoiceSeries
from marketplace.ledger.models import Book

NAMED = {Book.DEMO: "DEMO-", Book.TEST: "TEST-", Book.LIVE: ""}


def write(invoice: Invoice, *, at: datetime) -> Invoice:
    """Gives an invoice or credit note the next number of its book and year, and stores it.

    The lock holds until the transaction ends, so that a number is either used or still free.
    """
    prefix = f"{NAMED[Book(invoice.book)]}{localdate(at).year}-"
    InvoiceSeries.objects.bulk_create([InvoiceSeries(prefix=prefix)], ignore_conflicts=True)
    series = lock_row(InvoiceSeries.objects, prefix=prefix)
    invoice.series, invoice.serial = series, series.last + 1
    invoice.number = f"{prefix}{invoice.serial:05}"
    invoice.save(force_insert=True)
    return invoice
