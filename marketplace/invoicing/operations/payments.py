"""Payments of invoices: set against what is open, given back where they are too much, taken off again when lost."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from civic.core.money import Money
from civic.core.states import lock
from marketplace.invoicing import billables
from marketplace.invoicing.locking import lock_invoice
from marketplace.invoicing.models import Invoice, InvoicePayment, InvoicePaymentReversal
from marketplace.invoicing.operations import payment_requests, postings
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import REFUNDABLE, ChargeState


def settle(invoice: Invoice, charge: Charge, *, at: datetime) -> None:
    """Sets a payment that arrived against its invoice; what is more than was open is given back. Once a charge.

    The net of it becomes the income of what was billed. After a part the rest is asked for anew; after the whole
    nothing is.
    """
    with transaction.atomic():
        current, thing = lock_invoice(invoice)
        if InvoicePayment.objects.filter(charge=charge).exists():
            return
        part = min(current.open_minor, charge.amount_minor)
        if part:
            _set_against(current, thing, charge, part, at)
        over = charge.amount_minor - part
        give_back(charge, over, key="over", reason=str(_("More than the invoice asked for.")), at=at)


def _set_against(invoice: Any, thing: Any, charge: Charge, part: int, at: datetime) -> None:
    # The net of all payments together is rounded, not each one's: parts add up to the net of the whole.
    before = invoice.payments.standing().aggregate(total=Sum("amount_minor"))["total"] or 0
    net = invoice.net_of(before + part) - invoice.net_of(before)
    payment = InvoicePayment.objects.create(
        invoice=invoice, charge=charge, amount_minor=part, net_minor=net, settled_at=at
    )
    postings.paid(payment, billables.of(invoice).income(thing), at)
    rest = invoice.open_minor - part
    payment_requests.release(invoice, at)
    if rest:
        payment_requests.ask_by_bank(invoice, minor=rest, at=at)
    billables.of(invoice).paid(thing, invoice, part=part, rest=rest, at=at)


def reverse(invoice: Invoice, charge: Charge, *, at: datetime) -> None:
    """Takes a payment off again whose dispute was lost: the buyer owes it as before, and is asked anew. Once a charge.

    What a credit note has given up or given back already stays as it is.
    """
    with transaction.atomic():
        current, thing = lock_invoice(invoice)
        payment = InvoicePayment.objects.standing().filter(charge=charge, invoice=current).first()
        # The event may be old news: the charge is looked at again under the lock.
        if payment is None or lock(charge).state != ChargeState.LOST or current.credited_minor:
            return
        InvoicePaymentReversal.objects.create(payment=payment, reversed_at=at)
        postings.reversed_(payment, billables.of(current).income(thing), at)
        rest = current.open_minor + payment.amount_minor
        payment_requests.release(current, at)
        payment_requests.ask_by_bank(current, minor=rest, at=at)
        billables.of(current).payment_lost(thing, current, rest=rest, at=at)


def give_back(charge: Charge, minor: int, *, key: str, reason: str, at: datetime) -> None:
    """Refunds so much of a payment, once a `key`; in a dispute, which decides whose it is, it waits on its account."""
    if minor and lock(charge).state in REFUNDABLE:
        payments.request_refund(
            actor=None,
            charge=charge,
            amount=Money(minor, charge.currency),
            key=f"invoice.{key}:{charge.pk}",
            reason=reason[:200],
            at=at,
        )
