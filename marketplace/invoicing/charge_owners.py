"""Invoices own the charges that pay them (purpose `invoice:<id>:<number>`)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import payments
from marketplace.payments.charge_owners import ChargeOwner, charge_owners
from marketplace.payments.models import Charge, Refund
from marketplace.payments.operations.gone_after_all import taken_again
from marketplace.payments.purposes import recallers
from marketplace.payments.states import ChargeState


class InvoiceCharges(ChargeOwner):
    """What becomes of an invoice with its charges. The invoice's page shows the charges themselves."""

    slug: ClassVar[str] = "invoice"

    def started(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: an invoice is owed whether or not somebody has begun to pay it."""

    def succeeded(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The payment is set against the invoice."""
        payments.settle(Invoice.objects.get(pk=key), charge, at=at)

    def failed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: the invoice stays open and can be paid again."""

    def needs_payer(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing: whoever acts for the buyer started the payment and is on its page."""

    def disputed(self, key: UUID, charge: Charge, at: datetime) -> None:
        """Nothing here: what is billed counts payments whose charge stands, and payouts are held (payouts.disputes)."""

    def won(self, key: UUID, charge: Charge, at: datetime) -> None:
        """A payment that was disputed before it was set against the invoice is set against it now."""
        payments.settle(Invoice.objects.get(pk=key), charge, at=at)

    def lost(self, key: UUID, charge: Charge, at: datetime) -> None:
        """The payment is taken off: the buyer owes it again."""
        payments.reverse(Invoice.objects.get(pk=key), charge, at=at)

    def refunded(self, key: UUID, charge: Charge, refund: Refund, at: datetime) -> None:
        """Credit notes and overpayments have booked it before; one that has gone after all takes the payment off."""
        if taken_again(refund)[0]:
            payments.reverse(Invoice.objects.get(pk=key), charge, at=at)


def recall_payment(key: UUID, amount: Money, at: datetime) -> None:
    """Sets what has arrived against the invoice before any of it is given back.

    All payments of an invoice arrive on one account: between an arrival and the news of it, the desk's refund of one
    payment would else take another one's money, which could then not be set against the invoice any more.
    """
    invoice = Invoice.objects.get(pk=key)
    for charge in Charge.objects.filter(purpose__startswith=f"invoice:{key}", state=ChargeState.SUCCEEDED):
        payments.settle(invoice, charge, at=at)


charge_owners.register(InvoiceCharges())
recallers.register(Hook("invoice", recall_payment))
