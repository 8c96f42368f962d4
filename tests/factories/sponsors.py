"""Sponsors through the verbs, from an open campaign with packages to a paid invoice."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from civic.accounts import groups
from civic.accounts.models import Organisation, Person
from civic.core.money import Money
from marketplace.campaigns.models import Campaign
from marketplace.invoicing import queries as invoice_charges
from marketplace.invoicing.models import Invoice, Issuer
from marketplace.invoicing.operations import credit_notes, payment_requests
from marketplace.invoicing.operations import payments as payments_of_invoices
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.sponsorship.models import Package, Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships
from marketplace.sponsorship.operations.sponsorships import Billing
from tests.factories import accounts, campaigns
from tests.factories.payments import work

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
GOAL = 10_000_00
_numbers = itertools.count(1)


def issuer(**fields: Any) -> Issuer:
    """The city as it issues invoices: in Germany, 19 % VAT, 30 days to pay."""
    defaults: dict[str, Any] = {
        "name": "City of Aldermere",
        "street": "Market Square 1",
        "postcode": "26100",
        "city": "Aldermere",
        "country": "DE",
        "vat_id": "DE123456788",
        "email": "invoices@aldermere.example",
        "vat_rate_bp": 1900,
    }
    return Issuer.objects.create(**(defaults | fields))


def officer(**fields: Any) -> Person:
    """A finance officer."""
    return accounts.staff(groups.FINANCE_OFFICERS, **fields)


def campaign(*packages: dict[str, Any], at: datetime = AT, **fields: Any) -> Campaign:
    """An open campaign for 10,000 euros (half of it may come from sponsors) with these packages, or one of 1,000."""
    draft = campaigns.draft_campaign(at=at, **({"goal_minor": GOAL} | fields))
    for package in packages or ({},):
        Package.objects.create(campaign=draft, **(_package() | package))
    Campaign.objects.filter(pk=draft.pk).update(state="open", opened_at=at - timedelta(days=1))
    return Campaign.objects.get(pk=draft.pk)


def _package() -> dict[str, Any]:
    return {
        "title": f"Package {next(_numbers)}",
        "benefits": "Your name on the bench.",
        "amount_minor": 1_000_00,
    }


def business(owner: Person | None = None, **fields: Any) -> Organisation:
    """A business with an owner."""
    return accounts.organisation(owner, **({"kind": Organisation.Kind.BUSINESS} | fields))


def billing(**fields: str) -> Billing:
    """An address in the issuer's country."""
    defaults = {
        "name": "Harbour Works GmbH",
        "street": "Quay 7",
        "postcode": "26101",
        "city": "Aldermere",
        "country": "DE",
        "email": "accounts@harbour.example",
        "vat_id": "DE987654328",
        "purchase_order": "PO-4711",
    }
    return Billing(**(defaults | fields))


def owner_of(organisation: Organisation) -> Person:
    """Who may act for it."""
    return organisation.memberships.get(role="owner").person


def offered(
    of: Campaign | None = None, organisation: Organisation | None = None, *, at: datetime = AT, **fields: Any
) -> Sponsorship:
    """An offer for the campaign's first package."""
    if not Issuer.objects.exists():
        issuer()
    sponsor = organisation or business()
    package = fields.pop("package", None) or (of or campaign(at=at)).packages.order_by("created_at")[0]
    known: dict[str, Any] = {"conflict": "We have no ties.", "billing": billing(), "token": uuid4()}
    return sponsorships.offer(
        actor=owner_of(sponsor), package=package, organisation=sponsor, at=at, **(known | fields)
    )


def checked(of: Campaign | None = None, *, at: datetime = AT, **fields: Any) -> Sponsorship:
    """An offer that the desk has found nothing against."""
    made = offered(of, at=at, **fields)
    return sponsorships.check_conflict(actor=officer(), sponsorship=made, reason="No ties known.", at=at)


def contracted(of: Campaign | None = None, *, at: datetime = AT, **fields: Any) -> Sponsorship:
    """A sponsorship whose terms are accepted."""
    made = checked(of, at=at, **fields)
    return sponsorships.contract(actor=owner_of(made.organisation), sponsorship=made, at=at)


def invoiced(of: Campaign | None = None, *, at: datetime = AT, **fields: Any) -> Invoice:
    """An issued invoice that waits for a bank transfer."""
    made = contracted(of, at=at, **fields)
    invoice = invoices.issue(actor=officer(), sponsorship=made, at=at)
    work(at)
    return invoice


def pay(invoice: Invoice, minor: int | None = None, *, at: datetime = AT) -> Charge:
    """The sponsor's bank transfer arrives, in parts where `minor` says so, and its payment is settled."""
    if minor is not None:
        payment_requests.expect_part(
            actor=officer(), invoice=invoice, minor=minor, reason="Agreed on.", at=at
        )
        work(at)
    charge = invoice_charges.open_charges(invoice).filter(provider="bank").latest("created_at")
    advance_charge(charge, Outcome("succeed"), at=at)
    charge.refresh_from_db()
    payments_of_invoices.settle(invoice, charge, at=at)
    work(at)
    return charge


def paid(of: Campaign | None = None, *, at: datetime = AT, **fields: Any) -> Invoice:
    """An invoice whose whole amount has arrived."""
    invoice = invoiced(of, at=at, **fields)
    pay(invoice, at=at)
    return invoice


def credited(invoice: Invoice, *, at: datetime = AT) -> Invoice:
    """The credit note of a whole invoice."""
    return credit_notes.credit_whole(actor=officer(), invoice=invoice, reason="A mistake of ours.", at=at)


def fresh(invoice: Invoice) -> Any:
    """The invoice with its amounts as they are now."""
    return Invoice.objects.with_amounts().select_related("sponsorship").get(pk=invoice.pk)


def money(minor: int) -> Money:
    """So many euro cents."""
    return Money(minor, "EUR")
