"""Makes out invoices for whatever the slices above bill."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require
from marketplace.invoicing import vat
from marketplace.invoicing.models import Invoice, Issuer
from marketplace.invoicing.operations import numbering, payment_requests, postings


@dataclass(frozen=True)
class Buyer:
    """Who an invoice goes to. `country` is ISO 3166-1, `vat_id` may be empty."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    vat_id: str = ""


@dataclass(frozen=True)
class Bill:
    """What is billed: `net_minor` in minor units, by the `billable` and its ledger `account`; see `Invoice`."""

    billable: str
    account: str
    book: str
    organisation: Organisation
    buyer: Buyer
    net_minor: int
    currency: str
    line: str
    purchase_order: str = ""


def current_issuer() -> Issuer:
    """The newest issuer. Raises Conflict where the finance office has entered none."""
    found = Issuer.objects.order_by("-created_at", "-id").first()
    if found is None:
        raise Conflict(_("Sponsoring is not set up yet: the city has entered no issuer of invoices."))
    return found


def issue_invoice(*, actor: Person, bill: Bill, at: datetime) -> Invoice:
    """Makes out an invoice and waits for the money by bank transfer; the PDF and its mail follow.

    Runs in the caller's transaction, which has locked what is billed. Raises Forbidden (not a finance officer),
    Conflict (no issuer).
    """
    require(actor, "keep", "books")
    invoice = _draft(bill, current_issuer(), at)
    invoice.reference = payment_requests.ask_by_bank(invoice, minor=invoice.gross_minor, at=at)
    numbering.write(invoice, at=at)
    postings.issued(invoice, at)
    events.record("invoice.issued", actor=actor, subject=invoice, at=at)
    return invoice


def _draft(bill: Bill, issuer: Issuer, at: datetime) -> Invoice:
    buyer = bill.buyer
    owed = vat.vat_on(bill.net_minor, issuer=issuer, country=buyer.country, vat_id=buyer.vat_id)
    seller = ("name", "street", "postcode", "city", "country", "email", "vat_id")
    return Invoice(
        kind=Invoice.Kind.INVOICE,
        billable=bill.billable,
        account=bill.account,
        book=bill.book,
        organisation=bill.organisation,
        issued_on=localdate(at),
        due_on=localdate(at) + timedelta(days=issuer.payment_days),
        net_minor=bill.net_minor,
        vat_category=owed.category,
        vat_rate_bp=owed.rate_bp,
        vat_minor=owed.minor,
        gross_minor=bill.net_minor + owed.minor,
        currency=bill.currency,
        purchase_order=bill.purchase_order,
        line=bill.line[:200],
        seller={name: getattr(issuer, name) for name in seller},
        buyer=asdict(buyer),
    )
