"""Invoices go out by mail: the PDF when it is issued, reminded of, credited, or to be paid again after a dispute.

What becomes of a payment is told so, too: it is disputed, stands, comes back, or came back twice.
"""

from uuid import UUID

from civic.core import events
from civic.core.models import Event
from civic.core.money import Money
from marketplace.invoicing.models import Invoice, InvoicePaymentReversal
from marketplace.invoicing.operations import documents
from marketplace.invoicing.queries import KIND, new_reference
from marketplace.payments import operations as payments
from marketplace.payments.models import Claim, Refund
from marketplace.payments.purposes import key_in
from marketplace.payments.queries import claims, disputes
from marketplace.payments.states import RefundState

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
        **_taken_by(invoice, event),
    )


def _taken_by(invoice: Invoice, event: Event) -> dict[str, object]:
    """Whether the bank took a transfer back, or decided a dispute, and how much that one left; else nothing."""
    if event.kind != "invoice.payment_lost":
        return {}
    lost = InvoicePaymentReversal.objects.filter(
        payment__invoice=invoice, reversed_at=event.at, amount_minor__gt=0
    )
    dispute = lost.select_related("dispute__charge").latest("pk").dispute
    return {
        "by_transfer": disputes.is_by_transfer(dispute.charge),
        "looked": dispute.amount,
        "left": dispute.amount - dispute.lost,
    }


def _paid_by(event: Event) -> Invoice | None:
    """The invoice that the payment of an event is for."""
    slug, key = key_in(str(event.payload.get("purpose", "")))
    return Invoice.objects.get(pk=key) if slug == KIND and key else None


@events.handler("charge.disputed", "charge.won")
def on_dispute(event: Event) -> None:
    """Tells the buyer what the bank does with a payment: who paid by card for it may not be who reads invoices.

    A transfer is taken back at once: that is told by what is owed again.
    """
    invoice = _paid_by(event)
    dispute = disputes.dispute_of(UUID(event.subject_id), event.kind, event.at) if invoice else None
    if invoice and dispute and not disputes.is_by_transfer(dispute.charge):
        letter, charge = event.kind.replace("charge.", "payment_"), dispute.charge
        amounts = {
            "minor": dispute.amount,
            "whole": charge.amount,
            "back": charge.refunded,
            "left": charge.left,
        }
        documents.mail_invoice(invoice, letter, at=event.at, **amounts)


@events.handler("refund.requested")
def on_refund(event: Event) -> None:
    """Tells the buyer that money comes back, by a credit note or as more than the invoice asked for, and why.

    What waits for what they owe is told as it is kept.
    """
    if not event.payload.get("waits") and (invoice := _paid_by(event)):
        refund = Refund.objects.get(pk=event.subject_id)
        documents.mail_invoice(
            invoice, "payment_returned", at=event.at, minor=refund.amount, reason=refund.reason
        )


@events.handler("refund.alternative_sought")
def on_refund_returned(event: Event) -> None:
    """Asks the buyer for an account, where what came back has settled no claim of the same payment by now."""
    refund = Refund.objects.get(pk=event.subject_id)
    if refund.state == RefundState.ALTERNATIVE_DUE and (invoice := _paid_by(event)):
        is_claimed = claims.is_claimed(refund.charge_id)
        documents.mail_invoice(
            invoice, "refund_returned", at=event.at, minor=refund.amount, is_claimed=is_claimed
        )


@events.handler("refund.paid_otherwise")
def on_refund_paid(event: Event) -> None:
    """Tells the buyer that the money which had come back has been paid all the same."""
    if invoice := _paid_by(event):
        minor = Refund.objects.get(pk=event.subject_id).amount
        documents.mail_invoice(invoice, "refund_paid", at=event.at, minor=minor)


@events.handler("refund.covered")
def on_refund_covered(event: Event) -> None:
    """Tells the buyer that what was announced does not come. What has settled a claim is told by the claim."""
    minor = event.payload.get("covered_minor")
    if minor and (invoice := _paid_by(event)):
        amount = Money(minor, invoice.currency)
        documents.mail_invoice(invoice, "refund_covered", at=event.at, minor=amount)


@events.handler("claim.opened", "claim.reopened")
def on_claim(event: Event) -> None:
    """Asks the buyer for what a credit note gave back of a payment that its bank took back as well."""
    invoice = _paid_by(event)
    if invoice is None:
        return
    claim = Claim.objects.select_related("dispute__charge").get(pk=event.subject_id)
    # The organisation owes it, not who paid by card for it.
    how = claims.how_to_pay(payments.ask_claim(claim, payer=None, at=event.at))
    documents.mail_invoice(invoice, "claim", at=event.at, twice=claim.owed, **how)


@events.handler("claim.paid", "claim.written_off")
def on_claim_settled(event: Event) -> None:
    """Tells the buyer that they owe it no more, and why."""
    if invoice := _paid_by(event):
        claim = Claim.objects.select_related("dispute__charge").get(pk=event.subject_id)
        ending, amount = claims.ending_of(claim, event.kind)
        documents.mail_invoice(invoice, "claim_settled", at=event.at, twice=amount, ending=ending)
