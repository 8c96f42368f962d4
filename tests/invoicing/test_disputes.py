"""A sponsor's dispute of an invoice that was paid online."""

import pytest

from marketplace.campaigns.models import CampaignTotal
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import payment_requests
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Hold
from tests.factories import payments, sponsors
from tests.factories.campaigns import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


AT = sponsors.AT


def paid_online() -> tuple[Invoice, Charge]:
    invoice = sponsors.invoiced()
    owner = sponsors.owner_of(invoice.sponsorship.organisation)
    charge = payment_requests.ask_online(actor=owner, invoice=invoice, provider="demo", at=AT)
    work(AT)
    advance_charge(charge, Outcome("succeed"), at=AT)
    work(AT)
    return invoice, charge


def total(invoice: Invoice) -> CampaignTotal:
    return CampaignTotal.objects.get(campaign=invoice.sponsorship.campaign)


def test_a_sponsors_payment_that_a_dispute_took_is_owed_again() -> None:
    invoice, charge = paid_online()
    campaign = invoice.sponsorship.campaign
    assert sponsors.fresh(invoice).open_minor == 0
    assert (total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor) == (0, 1_000_00)
    advance_charge(charge, Outcome("dispute"), at=AT)
    work(AT)
    assert Hold.objects.get(campaign=campaign).lifted_at is None
    advance_charge(charge, Outcome("lose"), at=AT)
    work(AT)
    work(AT)
    again = sponsors.fresh(invoice)
    assert again.open_minor == invoice.gross_minor
    assert again.sponsorship.state == "invoiced"
    assert (total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor) == (1_000_00, 0)
    held = payments.balances()
    assert held[invoice.receivable] == invoice.gross_minor
    assert "losses" not in held
    assert campaign.account("held") not in held
    assert Hold.objects.get(campaign=campaign).lifted_at is not None
    sponsors.pay(invoice, at=AT)
    assert sponsors.fresh(invoice).open_minor == 0
    payments.assert_whole()


def test_a_sponsors_dispute_that_is_won_leaves_the_payment() -> None:
    invoice, charge = paid_online()
    for verb in ("dispute", "win"):
        advance_charge(charge, Outcome(verb), at=AT)
        work(AT)
    assert sponsors.fresh(invoice).open_minor == 0
    assert invoice.payments.count() == 1
    assert Hold.objects.get().lifted_at is not None
