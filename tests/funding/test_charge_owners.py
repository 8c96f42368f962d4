"""Whoever owns a charge answers every event of it: pledges, their months and invoices, in disputes above all."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

import pytest

from marketplace.campaigns.models import CampaignTotal
from marketplace.campaigns.operations import instalments
from marketplace.campaigns.states import InstalmentState, PledgeState
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import payment_requests
from marketplace.payments.charge_owners import ChargeOwner, MethodOwner, charge_owners
from marketplace.payments.models import Charge, DemoPayment, MethodSetup
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome, demo
from marketplace.payouts.models import Hold
from tests.factories import funding_sponsors as sponsors
from tests.factories import payments
from tests.factories.funding_campaigns import work
from tests.funding.test_instalments import monthly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
AT = sponsors.AT


def test_an_owner_that_leaves_an_event_out_fails_when_it_is_written() -> None:
    with pytest.raises(TypeError, match="Deaf does not say what happens at: setup_started"):

        class Deaf(MethodOwner):
            slug: ClassVar[str] = "deaf"

            def method_saved(self, key: UUID, setup: MethodSetup, at: datetime) -> None:
                """Hears one event of two."""

    with pytest.raises(
        TypeError, match="disputed, failed, lost, needs_payer, refunded, started, succeeded, won"
    ):

        class Silent(ChargeOwner):
            slug: ClassVar[str] = "silent"


def test_pledges_months_and_invoices_own_their_charges() -> None:
    assert {owner.slug for owner in charge_owners} == {"pledge", "instalment", "invoice"}


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


@pytest.mark.parametrize(("status", "state"), [("WON", PledgeState.ACTIVE), ("LOST", PledgeState.ENDED)])
def test_the_first_payment_of_a_monthly_pledge_in_dispute(at: datetime, status: str, state: str) -> None:
    made = monthly(at)
    moment = made.collected_at + timedelta(days=1)
    charge = Charge.objects.get(purpose=made.purpose)
    demo.dispute(charge)
    work(moment)
    made.refresh_from_db()
    assert (made.state, made.figures.standing) == (PledgeState.ACTIVE, 0)
    demo.dispute(charge, DemoPayment.Status[status])
    work(moment + timedelta(hours=1))
    made.refresh_from_db()
    assert made.state == state
    assert type(made.figures).objects.get(pk=made.pk).standing == (10_00 if status == "WON" else 0)
    assert instalments.collect_due(at=made.collected_at + timedelta(days=40)) == (1 if status == "WON" else 0)
    payments.assert_whole()


def test_a_month_that_a_dispute_took_is_missed(at: datetime) -> None:
    made = monthly(at)
    moment = made.collected_at + timedelta(days=30)
    instalments.collect_due(at=moment)
    work(moment)
    first = made.instalments.order_by("number")[0]
    assert first.state == InstalmentState.COLLECTED
    charge = Charge.objects.get(purpose=first.purpose)
    demo.dispute(charge)
    work(moment)
    demo.dispute(charge, DemoPayment.Status.LOST)
    work(moment + timedelta(hours=1))
    first.refresh_from_db()
    assert first.state == InstalmentState.MISSED
    payments.assert_whole()
