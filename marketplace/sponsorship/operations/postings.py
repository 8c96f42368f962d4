"""What invoices write into the ledger (docs/money.md)."""

from datetime import datetime

from marketplace.campaigns.models import Campaign
from marketplace.campaigns.states import CampaignState
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.payments import accounts
from marketplace.sponsorship.models import Invoice, InvoicePayment

VAT = "vat"


def issued(invoice: Invoice, at: datetime) -> None:
    """The buyer owes the gross: the net is due to the sponsorship, the VAT to the tax office."""
    net = ledger.Leg(_held(invoice, _due(invoice)), invoice.money(-invoice.net_minor))
    legs = [ledger.Leg(_receivable(invoice), invoice.gross), net, *_vat(invoice, -invoice.vat_minor)]
    _post(invoice, "invoice", f"invoice:{invoice.number}", legs, at)


def paid(payment: InvoicePayment, at: datetime) -> None:
    """What arrived is set against the invoice, and its net becomes the campaign's."""
    invoice = payment.invoice
    legs = [
        *ledger.move(
            invoice.money(payment.amount_minor),
            source=_receivable(invoice),
            target=_held(invoice, paid_in(invoice)),
        ),
        *_moved(invoice, payment.net_minor, source=campaigns(invoice), target=_held(invoice, _due(invoice))),
    ]
    _post(invoice, "invoice.paid", f"invoice:{invoice.number}:{payment.charge_id}", legs, at)


def credited(note: Invoice, *, paid_minor: int, collected_minor: int, at: datetime) -> None:
    """The opposite of the invoice, as far as the note goes; `paid_minor` of it (0 for a rest) is owed back.

    The receivable loses what is not paid, what is due to the sponsorship what is not collected; `collected_minor`
    comes out of the campaign's money.
    """
    invoice = note.corrects
    assert invoice
    uncollected = -note.net_minor - collected_minor
    legs = [
        *_leg(invoice, _held(invoice, _due(invoice)), uncollected),
        *_leg(invoice, campaigns(invoice), collected_minor),
        *_vat(invoice, -note.vat_minor),
        *_leg(invoice, _receivable(invoice), note.gross_minor + paid_minor),
        *_leg(invoice, _held(invoice, paid_in(invoice)), -paid_minor),
    ]
    _post(note, "credit-note", f"credit-note:{note.number}", legs, at)


def paid_in(invoice: Invoice) -> str:
    """Code of the account that payments of the invoice arrive on; what stays there is owed back."""
    return invoice.sponsorship.account("paid")


def campaigns(invoice: Invoice) -> Account:
    """Where the campaign's money is now."""
    campaign: Campaign = invoice.sponsorship.campaign
    part = "committed" if campaign.state == CampaignState.SUCCEEDED else "held"
    return accounts.held(campaign.book, campaign.account(part), invoice.currency)


def _due(invoice: Invoice) -> str:
    return invoice.sponsorship.account("due")


def _receivable(invoice: Invoice) -> Account:
    book = invoice.sponsorship.campaign.book
    return ledger.account(book, invoice.receivable, invoice.currency, Account.Kind.ASSET, floor_zero=True)


def _held(invoice: Invoice, code: str) -> Account:
    return accounts.held(invoice.sponsorship.campaign.book, code, invoice.currency)


def _vat(invoice: Invoice, minor: int) -> list[ledger.Leg]:
    return _leg(invoice, _held(invoice, VAT), minor)


def _leg(invoice: Invoice, account: Account, minor: int) -> list[ledger.Leg]:
    """A leg, or none: no posting is of nothing."""
    return [ledger.Leg(account, invoice.money(minor))] if minor else []


def _moved(invoice: Invoice, minor: int, *, source: Account, target: Account) -> list[ledger.Leg]:
    return ledger.move(invoice.money(minor), source=source, target=target) if minor else []


def _post(invoice: Invoice, kind: str, key: str, legs: list[ledger.Leg], at: datetime) -> None:
    book, public = invoice.sponsorship.campaign.book, {"invoice": invoice.number}
    ledger.post(book=book, kind=kind, key=key, legs=legs, at=at, public=public)
