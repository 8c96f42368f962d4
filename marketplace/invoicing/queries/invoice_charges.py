"""Which payments were asked for an invoice."""

from django.db.models import QuerySet

from marketplace.invoicing.models import Invoice
from marketplace.payments import providers
from marketplace.payments.models import Charge
from marketplace.payments.states import OVER

BANK = "bank"
KIND = "invoice"


def purpose_of(invoice: Invoice) -> str:
    """How all payments of an invoice are named; each adds a number, since one may follow the other."""
    return f"{KIND}:{invoice.pk}:"


def charges_of(invoice: Invoice) -> QuerySet[Charge]:
    """All payments that were asked for, whatever became of them."""
    return Charge.objects.filter(purpose__startswith=purpose_of(invoice))


def open_charges(invoice: Invoice) -> QuerySet[Charge]:
    """Those that can still be paid."""
    return charges_of(invoice).exclude(state__in=OVER)


def takes(provider: str, invoice: Invoice) -> bool:
    """Whether this way to pay is on and in the campaign's book."""
    return any(one.name == provider and one.book() == invoice.book for one in providers.available())
