"""Payments of invoices: set against what is open, given back where they are too much, taken off again when lost."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from civic.core import events
from civic.core.money import Money
from civic.core.states import lock
from marketplace.invoicing import billables
from marketplace.invoicing.locking import lock_invoice
from marketplace.invoicing.models import Invoice, InvoicePayment, InvoicePaymentReversal
from marketplace.invoicing.operations import payment_requests, postings
from marketplace.invoicing.queries import open_charges
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge, Dispute, Refund
from marketplace.payments.operations import disputes
from marketplace.payments.operations.gone_after_all import taken_again
from marketplace.payments.states import REFUNDABLE, ChargeState


def settle(invoice: Invoice, charge: Charge, *, at: datetime) -> None:
    """Sets a payment that arrived against its invoice; what is more than was open is given back. Once a charge.

    What a credit note gave back of one that was in dispute then goes back now. The net of it becomes the income of
    what was billed. After a part the rest is asked for anew; after the whole nothing is.
    """
    with transaction.atomic():
        current, thing = lock_invoice(invoice)
        if not current.payments.filter(charge=charge).exists():
            lock(charge)
            # Not what the desk has given back, or a dispute has taken, before.
            part = min(current.open_minor, charge.left.minor)
            if part:
                _set_against(current, thing, charge, part, at)
        give_back(current, charge, at=at)


def _set_against(invoice: Any, thing: Any, charge: Charge, part: int, at: datetime) -> None:
    # The net of all payments together is rounded, not each one's: parts add up to the net of the whole.
    before, net_before = invoice.payments.totals()
    net = invoice.net_of(before + part) - net_before
    payment = InvoicePayment.objects.create(
        invoice=invoice, charge=charge, amount_minor=part, net_minor=net, settled_at=at
    )
    for dispute in _lost(charge):
        # What it has left of the payment, of which nothing more is lost by it.
        InvoicePaymentReversal.objects.create(
            payment=payment, dispute=dispute, amount_minor=0, net_minor=0, reversed_at=at
        )
    postings.paid(payment, billables.of(invoice).income(thing), at)
    rest = invoice.open_minor - part
    payment_requests.release(invoice, at)
    if rest:
        payment_requests.ask_by_bank(invoice, minor=rest, at=at)
    billables.of(invoice).paid(thing, invoice, part=part, rest=rest, at=at)


def reverse(invoice: Invoice, charge: Charge, *, at: datetime) -> None:
    """Takes off what lost disputes took of a payment: the buyer owes it as before, and is asked anew. Once a dispute.

    What a credit note gives back is not owed again: of one that the dispute left, what waited goes back now.
    """
    with transaction.atomic():
        current, thing = lock_invoice(invoice)
        current = _take_off(current, thing, charge, at)
        give_back(current, charge, at=at)
        # Taken back before anybody heard that it had arrived, it was no payment that could be taken off.
        if current.open_minor > 0 and charge.state == ChargeState.LOST and not open_charges(current).exists():
            payment_requests.ask_by_bank(current, minor=current.open_minor, at=at)


def take_off_lost(invoice: Any, thing: Any, at: datetime) -> Any:
    """As `reverse`, for all payments of a locked invoice whose lost dispute was not heard of yet; returns it anew."""
    for payment in invoice.payments.select_related("charge"):
        invoice = _take_off(invoice, thing, payment.charge, at)
    return invoice


def _take_off(invoice: Any, thing: Any, charge: Charge, at: datetime) -> Any:
    # The event may be old news: the charge is looked at again under the lock.
    lock(charge)
    for dispute in _lost(charge):
        payment = invoice.payments.filter(charge=charge).exclude(reversals__dispute=dispute).first()
        if payment:
            _take_off_one(invoice, thing, payment, dispute, at)
            invoice = Invoice.objects.with_amounts().get(pk=invoice.pk)
    # While another dispute runs it waits for that one's end.
    for refund in charge.refunds.select_related("charge") if charge.state == ChargeState.LOST else []:
        gone, loss = taken_again(refund)
        payment = invoice.payments.filter(charge=charge).exclude(reversals__refund=refund).first()
        if gone and payment:
            amount = min(_stands(invoice, payment).stands_minor, gone)
            last = _lost(charge).last()
            assert last
            _reverse_one(invoice, thing, payment, (last, refund), (amount, loss), at)
            invoice = Invoice.objects.with_amounts().get(pk=invoice.pk)
    return invoice


def _stands(invoice: Any, payment: InvoicePayment) -> Any:
    return invoice.payments.standing().get(pk=payment.pk)


def _lost(charge: Charge) -> QuerySet[Dispute]:
    return charge.disputes.filter(lost_minor__gt=0).select_related("charge").order_by("number")


def _take_off_one(invoice: Any, thing: Any, payment: InvoicePayment, dispute: Dispute, at: datetime) -> None:
    charge, until_now = payment.charge, _lost(payment.charge).filter(number__lte=dispute.number)
    took = sum(disputes.booked(one, step) for one in until_now for step in ("lost", "loss"))
    # A dispute takes first what waits on the charge's account: more than the invoice asked for, or credited. A refund
    # that it has paid in its place waited there no more, and is in neither sum.
    given = payment.credits.aggregate(minor=Sum("amount_minor", default=0))["minor"]
    waited = max(0, charge.amount_minor - payment.amount_minor + given - disputes.set_aside(charge))
    before = payment.reversals.filter(refund=None).aggregate(minor=Sum("amount_minor", default=0))["minor"]
    amount = min(_stands(invoice, payment).stands_minor, max(0, took - waited - before))
    _reverse_one(invoice, thing, payment, (dispute, None), (amount, disputes.booked(dispute, "loss")), at)


def _reverse_one(
    invoice: Any,
    thing: Any,
    payment: InvoicePayment,
    by: tuple[Dispute, Refund | None],
    minor: tuple[int, int],
    at: datetime,
) -> None:
    """By a dispute, or a refund that has gone after all; `minor` is how much, and what was booked as a loss."""
    (dispute, refund), (amount, loss) = by, minor
    stands = _stands(invoice, payment)
    paid, net_paid = invoice.payments.totals()
    net = min(stands.stands_net_minor, max(0, net_paid - invoice.net_of(paid - amount))) if amount else 0
    gone = InvoicePaymentReversal.objects.create(
        payment=payment, dispute=dispute, refund=refund, amount_minor=amount, net_minor=net, reversed_at=at
    )
    income = billables.of(invoice).income(thing)
    postings.reversed_(gone, from_losses=min(amount, loss), income=income, at=at)
    if amount:
        rest = invoice.open_minor + amount
        payment_requests.release(invoice, at)
        payment_requests.ask_by_bank(invoice, minor=rest, at=at)
        events.record("invoice.payment_lost", actor=None, subject=invoice, at=at, payload={"lost": amount})
        billables.of(invoice).payment_lost(thing, invoice, rest=rest, at=at)


def give_back(invoice: Invoice, charge: Charge, *, reason: str = "", at: datetime) -> None:
    """Refunds what of a charge pays nothing of its invoice; in a dispute, which decides whose it is, it waits.

    That is what was more than was open, or what a credit note gives back; its reason stands on the refund.
    """
    kept: Any = invoice.payments.standing().filter(charge=charge).first()
    minor = lock(charge).left.minor - (kept.stands_minor if kept else 0)
    if minor > 0 and charge.state in REFUNDABLE:
        note = kept.credits.select_related("note").order_by("created_at").last() if kept else None
        told = reason or (note.note.reason if note else str(_("More than the invoice asked for.")))
        payments.request_refund(
            actor=None,
            charge=charge,
            amount=Money(minor, charge.currency),
            key=f"invoice:{charge.pk}:{charge.refunds.count() + 1}",
            reason=told[:200],
            at=at,
        )
