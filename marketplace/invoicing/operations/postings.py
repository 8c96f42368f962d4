"""What invoices write into the ledger (docs/money.md)."""

from datetime import datetime

from django.db.models import Sum

from marketplace.invoicing.models import Invoice, InvoicePayment, InvoicePaymentReversal
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account, Posting
from marketplace.payments import accounts

VAT = "vat"
PAID, LOSS, BORNE = "invoice.paid", "invoice.loss", "dispute.borne"


def issued(invoice: Invoice, at: datetime) -> None:
    """The buyer owes the gross: the net is due to what is billed, the VAT to the tax office."""
    net = ledger.Leg(_held(invoice, _due(invoice)), invoice.money(-invoice.net_minor))
    legs = [ledger.Leg(_receivable(invoice), invoice.gross), net, *_vat(invoice, -invoice.vat_minor)]
    _post(invoice, "invoice", f"invoice:{invoice.number}", legs, at)


def paid(payment: InvoicePayment, income: Account, at: datetime) -> None:
    """What arrived is set against the invoice, and its net becomes the income of what is billed.

    Of an invoice whose net was paid out before a dispute took it, the net makes that loss good first: what is billed
    has had this money.
    """
    invoice = payment.invoice
    made_good = min(payment.net_minor, _lost(invoice))
    legs = [
        *ledger.move(
            invoice.money(payment.amount_minor),
            source=_receivable(invoice),
            target=_held(invoice, paid_in(invoice)),
        ),
        ledger.Leg(_held(invoice, _due(invoice)), invoice.money(payment.net_minor)),
        *_leg(invoice, income, made_good - payment.net_minor),
        *_leg(invoice, _losses(invoice), -made_good),
    ]
    _post(invoice, PAID, f"invoice:{invoice.number}:{payment.charge_id}", legs, at)


def reversed_(gone: InvoicePaymentReversal, *, from_losses: int, income: Account, at: datetime) -> None:
    """The opposite of `paid` for money that a lost dispute took: the buyer owes it again; the city has not lost it.

    The dispute has booked `from_losses` of it as a loss; the rest it took from other payments of the invoice that were
    not set against it yet, which get it back. Net that the income does not have any more was paid out: that is a loss.
    """
    invoice = gone.payment.invoice
    if not gone.amount_minor:
        return
    there = min(gone.net_minor, ledger.available(income).minor)
    due, key = _held(invoice, _due(invoice)), _reversal_key(gone)
    legs = [
        ledger.Leg(_receivable(invoice), invoice.money(gone.amount_minor)),
        *_leg(invoice, _losses(invoice), -from_losses),
        *_leg(invoice, _held(invoice, paid_in(invoice)), from_losses - gone.amount_minor),
        *_moved(invoice, there, source=due, target=income),
    ]
    _post(invoice, "invoice.reversed", key, legs, at)
    # Else the net due would be less than what is open, and the invoice could neither be paid nor credited.
    short = _moved(invoice, gone.net_minor - there, source=due, target=_losses(invoice))
    if short:
        _post(invoice, LOSS, f"{key}:loss", short, at)


def make_good(invoice: Invoice, source: Account, *, key: str, at: datetime) -> None:
    """Money that has come back after it was paid out makes the loss good, as if it had been there for the dispute."""
    minor = min(_lost(invoice), ledger.available(source).minor)
    if minor > 0:
        legs = ledger.move(invoice.money(minor), source=_losses(invoice), target=source)
        _post(invoice, BORNE, key, legs, at)


def _reversal_key(gone: InvoicePaymentReversal) -> str:
    number = gone.dispute.number
    key = f"invoice:{gone.payment.invoice.number}:{gone.payment.charge_id}:reversed"
    if gone.refund_id:
        return f"{key}:refund:{gone.refund_id}"
    return f"{key}:{number}" if number > 1 else key


def _lost(invoice: Invoice) -> int:
    """What of its net was paid out before a dispute took it, and nothing since has made good."""
    known = Posting.objects.filter(
        account=_losses(invoice),
        entry__kind__in=[LOSS, PAID, BORNE],
        entry__key__startswith=f"invoice:{invoice.number}:",
    )
    return int(known.aggregate(total=Sum("amount", default=0))["total"])


def credited(note: Invoice, income: Account, *, paid_minor: int, collected_minor: int, at: datetime) -> None:
    """The opposite of the invoice, as far as the note goes; `paid_minor` of it (0 for a rest) is owed back.

    The receivable loses what is not paid, what is due what is not collected; `collected_minor` comes out of the income.
    """
    invoice = note.corrects
    assert invoice
    uncollected = -note.net_minor - collected_minor
    legs = [
        *_leg(invoice, _held(invoice, _due(invoice)), uncollected),
        *_vat(invoice, -note.vat_minor),
        # Beside what goes back to the buyer, so that the public picture counts it as given back (ledger.picture).
        *_leg(invoice, income, collected_minor),
        *_leg(invoice, _receivable(invoice), note.gross_minor + paid_minor),
        *_leg(invoice, _held(invoice, paid_in(invoice)), -paid_minor),
    ]
    _post(note, "credit-note", f"credit-note:{note.number}", legs, at)


def paid_in(invoice: Invoice) -> str:
    """Code of the account that payments of the invoice arrive on; what stays there is owed back."""
    return f"{invoice.account}/paid"


def _due(invoice: Invoice) -> str:
    return f"{invoice.account}/due"


def _receivable(invoice: Invoice) -> Account:
    return ledger.account(
        invoice.book, invoice.receivable, invoice.currency, Account.Kind.ASSET, floor_zero=True
    )


def _losses(invoice: Invoice) -> Account:
    return accounts.losses(invoice.book, invoice.currency)


def _held(invoice: Invoice, code: str) -> Account:
    return accounts.held(invoice.book, code, invoice.currency)


def _vat(invoice: Invoice, minor: int) -> list[ledger.Leg]:
    return _leg(invoice, _held(invoice, VAT), minor)


def _leg(invoice: Invoice, account: Account, minor: int) -> list[ledger.Leg]:
    """A leg, or none: no posting is of nothing."""
    return [ledger.Leg(account, invoice.money(minor))] if minor else []


def _moved(invoice: Invoice, minor: int, *, source: Account, target: Account) -> list[ledger.Leg]:
    return ledger.move(invoice.money(minor), source=source, target=target) if minor else []


def _post(invoice: Invoice, kind: str, key: str, legs: list[ledger.Leg], at: datetime) -> None:
    public = {"invoice": invoice.number}
    ledger.post(book=invoice.book, kind=kind, key=key, legs=legs, at=at, public=public)
