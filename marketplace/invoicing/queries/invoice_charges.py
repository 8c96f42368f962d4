"""Which payments were asked for an invoice."""

from django.db.models import QuerySet

from marketplace.invoicing.models import Invoice
from marketplace.payments import providers
from marketplace.payments.models import Charge
from marketplace.payments.states import OVER

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


def online_for(invoice: Invoice) -> list[providers.Provider]:
    """The providers by which it can be paid online: those that are on, in its book."""
    on = (one for one in providers.available() if not one.abilities.by_transfer)
    return [one for one in on if one.book() == invoice.book]
