"""Invoices: issued once a sponsorship is contracted, set against what arrives."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.money import Money
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import REFUNDABLE
from marketplace.sponsorship import vat
from marketplace.sponsorship.models import Invoice, InvoicePayment, Issuer, Sponsorship
from marketplace.sponsorship.operations import numbering, payment_requests, postings
from marketplace.sponsorship.operations.issuers import current_issuer
from marketplace.sponsorship.operations.locking import locked_invoice, locked_sponsorship
from marketplace.sponsorship.queries import invoice_charges

MAY_INVOICE = [CampaignState.OPEN, CampaignState.COLLECTING, CampaignState.SUCCEEDED]


def issue(*, actor: Person, sponsorship: Sponsorship, at: datetime, reason: str = "") -> Invoice:
    """Makes out the invoice of a contracted sponsorship and waits for the money; the PDF and its mail follow.

    Raises Forbidden (not a finance officer), Conflict (no issuer, campaign over), IllegalTransition (no contract).
    """
    require(actor, "keep", "books")
    issuer = current_issuer()
    with transaction.atomic():
        current = locked_sponsorship(sponsorship)
        if current.campaign.state not in MAY_INVOICE:
            raise Conflict(_("This campaign is over without success: nothing is invoiced."))
        transition(current, "invoice", actor=actor, at=at, reason=reason.strip())
        invoice = _draft(current, issuer, at)
        invoice.reference = payment_requests.ask_by_bank(invoice, minor=invoice.gross_minor, at=at)
        numbering.write(invoice, book=current.campaign.book, at=at)
        postings.issued(invoice, at)
        events.record("invoice.issue", actor=actor, subject=invoice, at=at, payload=numbering.facts(invoice))
        recount(current.campaign, at)
    return invoice


def _draft(sponsorship: Sponsorship, issuer: Issuer, at: datetime) -> Invoice:
    net = sponsorship.amount_minor
    owed = vat.vat_on(net, issuer=issuer, country=sponsorship.billing_country, vat_id=sponsorship.vat_id)
    words = _("Sponsoring “%(project)s”: %(package)s")
    named = {"project": sponsorship.campaign.project.title, "package": sponsorship.package.title}
    return Invoice(
        sort=Invoice.Sort.INVOICE,
        sponsorship=sponsorship,
        issued_on=numbering.day_of(at),
        due_on=numbering.day_of(at) + timedelta(days=issuer.payment_days),
        net_minor=net,
        vat_category=owed.category,
        vat_rate_bp=owed.rate_bp,
        vat_minor=owed.minor,
        gross_minor=net + owed.minor,
        currency=sponsorship.currency,
        purchase_order=sponsorship.purchase_order,
        line=(words % named)[:200],
        seller=_seller(issuer),
        buyer=_buyer(sponsorship),
    )


def _seller(issuer: Issuer) -> dict[str, str]:
    names = ("name", "street", "postcode", "city", "country", "email", "vat_id")
    return {name: getattr(issuer, name) for name in names}


def _buyer(sponsorship: Sponsorship) -> dict[str, str]:
    names = ("name", "street", "postcode", "city", "country", "email")
    billed = {name: getattr(sponsorship, f"billing_{name}") for name in names}
    return billed | {"vat_id": sponsorship.vat_id}


def settle(charge: Charge, *, at: datetime) -> None:
    """Sets a payment that arrived against its invoice; what is more than was open is given back. Once a charge.

    The net of it becomes the campaign's. After a part the rest is asked for anew; after the whole nothing is.
    """
    key = invoice_charges.invoice_of(charge.purpose)
    if key is None:
        return
    invoice = Invoice.objects.select_related("sponsorship__campaign").get(pk=key)
    with transaction.atomic():
        current: Any = locked_invoice(invoice)
        if InvoicePayment.objects.filter(charge=charge).exists():
            return
        part = min(current.open_minor, charge.amount_minor)
        if part:
            _set_against(current, charge, part, at)
        over = charge.amount_minor - part
        give_back(charge, over, key="over", reason=str(_("More than the invoice asked for.")), at=at)


def _set_against(invoice: Any, charge: Charge, part: int, at: datetime) -> None:
    before = invoice.payments.aggregate(total=Sum("amount_minor"))["total"] or 0
    net = invoice.net_of(before + part) - invoice.net_of(before)
    payment = InvoicePayment.objects.create(
        invoice=invoice, charge=charge, amount_minor=part, net_minor=net, settled_at=at
    )
    postings.paid(payment, at)
    rest = invoice.open_minor - part
    verb = "pay_part" if rest else "pay"
    transition(
        invoice.sponsorship, verb, actor=None, at=at, payload=numbering.facts(invoice) | {"paid": part}
    )
    payment_requests.give_up(invoice, at)
    if rest:
        payment_requests.ask_by_bank(invoice, minor=rest, at=at)
    recount(invoice.sponsorship.campaign, at)


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
