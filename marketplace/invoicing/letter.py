"""An invoice as a letter: what a person reads says the same as the XML in it."""

from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from marketplace.invoicing import facturx
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.vat import explained
from marketplace.payments import documents
from marketplace.payments.references import spaced

TEMPLATE = Path(__file__).with_name("invoice.typ")


def pdf_of(invoice: Invoice) -> bytes:
    """The letter with the XML in it (Factur-X); the same invoice gives the same letter."""
    with translation.override(settings.LANGUAGE_CODE):
        attached = documents.Attachment(
            facturx.NAME, facturx.xml_of(invoice), "text/xml", _("The same invoice for programs (Factur-X)")
        )
        made = documents.render(TEMPLATE, _content(invoice), attachments=[attached])
    return facturx.declare(made, invoice.currency)


def _content(invoice: Invoice) -> dict[str, Any]:
    kind = _("Credit note") if invoice.is_credit_note else _("Invoice")
    letter = documents.frame(
        title=f"{kind} {invoice.number}",
        at=datetime.combine(invoice.issued_on, time(12), UTC),
        recipient=_address(invoice.buyer),
        facts=_facts(invoice),
        footer=[
            ", ".join(_address(invoice.seller)),
            _("VAT number %(id)s") % {"id": invoice.seller["vat_id"]},
        ],
    )
    letter["letterhead"] |= {"name": invoice.seller["name"], "lines": []}
    letter["words"] |= {"pay": _("How to pay"), "late": _late(invoice)}
    return letter | {
        "subject": invoice.line,
        "columns": [[_("What for"), "wide"], [_("VAT"), "right"], [_("Amount before tax"), "right"]],
        "rows": [[invoice.line, _rate(invoice), _money(invoice, invoice.net_minor)]],
        "totals": _totals(invoice),
        "notes": [text for text in (invoice.reason, explained(invoice.vat_category)) if text],
        "pay": _how_to_pay(invoice),
    }


def _address(party: dict[str, str]) -> list[str]:
    town = f"{party['country']}-{party['postcode']} {party['city']}"
    return [party["name"], party["street"], town]


def _facts(invoice: Invoice) -> list[tuple[str, str]]:
    shown = [
        (_("Number"), invoice.number),
        (_("Date"), _day(invoice.issued_on)),
        (_("For services on"), _day(invoice.issued_on)),
        (_("Your order number"), invoice.purchase_order),
        (_("Your VAT number"), invoice.buyer["vat_id"]),
        (_("Corrects invoice"), invoice.corrects.number if invoice.corrects else ""),
    ]
    return [(label, value) for label, value in shown if value]


def _totals(invoice: Invoice) -> list[list[str]]:
    vat = _("VAT %(rate)s") % {"rate": _rate(invoice)}
    whole = _("Credited to you") if invoice.is_credit_note else _("To pay")
    return [
        [_("Total before tax"), _money(invoice, invoice.net_minor)],
        [vat, _money(invoice, invoice.vat_minor)],
        [whole, _money(invoice, invoice.gross_minor)],
    ]


def _how_to_pay(invoice: Invoice) -> list[list[str]]:
    """By bank transfer where there is a reference; online payment is a link on the sponsorship's page."""
    if invoice.is_credit_note:
        return []
    pairs = [[_("Amount"), _money(invoice, invoice.gross_minor)], [_("Until"), _day(invoice.due_on)]]
    if invoice.reference:
        pairs += [
            [_("To"), settings.BANK_HOLDER or invoice.seller["name"]],
            [_("Account"), spaced(settings.BANK_ACCOUNT.replace(" ", ""))],
            [_("Reference"), spaced(invoice.reference)],
        ]
    return [*pairs, [_("Online"), f"{settings.SITE_URL}{invoice.get_absolute_url()}"]]


def _late(invoice: Invoice) -> str:
    return (
        _("Please give the reference with your transfer, so that we know whose payment it is.")
        if invoice.reference
        else ""
    )


def _money(invoice: Invoice, minor: int) -> str:
    return invoice.money(abs(minor)).format(cents=True)


def _rate(invoice: Invoice) -> str:
    return f"{number_format(Decimal(f'{invoice.vat_rate_bp / 100:g}'))} %"


def _day(day: Any) -> str:
    return date_format(day, "j F Y")
