"""What invoices write into the ledger (docs/money.md)."""

from datetime import datetime

from marketplace.invoicing.models import Invoice, InvoicePayment
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.payments import accounts

VAT = "vat"


def issued(invoice: Invoice, at: datetime) -> None:
    """The buyer owes the gross: the net is due to what is billed, the VAT to the tax office."""
    net = ledger.Leg(_held(invoice, _due(invoice)), invoice.money(-invoice.net_minor))
    legs = [ledger.Leg(_receivable(invoice), invoice.gross), net, *_vat(invoice, -invoice.vat_minor)]
    _post(invoice, "invoice", f"invoice:{invoice.number}", legs, at)


def paid(payment: InvoicePayment, income: Account, at: datetime) -> None:
    """What arrived is set against the invoice, and its net becomes the income of what is billed."""
    invoice = payment.invoice
    legs = [
        *ledger.move(
            invoice.money(payment.amount_minor),
            source=_receivable(invoice),
            target=_held(invoice, paid_in(invoice)),
        ),
        *_moved(invoice, payment.net_minor, source=income, target=_held(invoice, _due(invoice))),
    ]
    _post(invoice, "invoice.paid", f"invoice:{invoice.number}:{payment.charge_id}", legs, at)


def reversed_(payment: InvoicePayment, income: Account, at: datetime) -> None:
    """The opposite of `paid` for money that a lost dispute took: the buyer owes it again; the city has not lost it.

    The net comes back out of the income as far as it is still there; what has been paid out already stays a loss.
    """
    invoice = payment.invoice
    net = min(payment.net_minor, ledger.available(income).minor)
    legs = [
        *ledger.move(
            invoice.money(payment.amount_minor),
            source=accounts.losses(invoice.book, invoice.currency),
            target=_receivable(invoice),
        ),
        *_moved(invoice, net, source=_held(invoice, _due(invoice)), target=income),
    ]
    _post(invoice, "invoice.reversed", f"invoice:{invoice.number}:{payment.charge_id}:reversed", legs, at)


def credited(note: Invoice, income: Account, *, paid_minor: int, collected_minor: int, at: datetime) -> None:
    """The opposite of the invoice, as far as the note goes; `paid_minor` of it (0 for a rest) is owed back.

    The receivable loses what is not paid, what is due what is not collected; `collected_minor` comes out of the income.
    """
    invoice = note.corrects
    assert invoice
    uncollected = -note.net_minor - collected_minor
    legs = [
        *_leg(invoice, _held(invoice, _due(invoice)), uncollected),
        *_leg(invoice, income, collected_minor),
        *_vat(invoice, -note.vat_minor),
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
