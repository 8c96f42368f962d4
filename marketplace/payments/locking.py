"""Locks of what leaves by bank (`campaigns.locking` has the whole order).

Whoever writes a row twice shares the keys of the rows that it points to: its foreign keys are looked up again. So a
refund's charge is locked before the refund, as whoever loses a payment locks them, and a payment file without its key.
"""

from typing import TypeVar

from django.db.models import QuerySet

from civic.core.locking import lock_row, lock_rows
from civic.core.states import lock
from marketplace.payments.models import BankOrder, Charge, Refund, Transfer

Payment = TypeVar("Payment", Refund, Transfer, Refund | Transfer)


def lock_order(order: BankOrder) -> BankOrder:
    """The file as it is now, before its payments."""
    return lock_row(BankOrder.objects, pk=order.pk, no_key=True)


def lock_payment(payment: Payment) -> Payment:
    """Brings its state up to date, and that of a refund's charge."""
    if isinstance(payment, Refund):
        lock(payment.charge)
    return lock(payment)


def lock_refunds(refunds: QuerySet[Refund]) -> list[Refund]:
    """The rows as they are now; transfers are locked already."""
    lock_rows(Charge.objects.filter(pk__in=refunds.order_by().values("charge")))
    return lock_rows(refunds)
