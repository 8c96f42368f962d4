"""A sponsor's dispute where the money was paid out to the project, or the invoice credited, meanwhile."""

import pytest

from civic.accounts import groups
from civic.core.errors import Conflict, IllegalTransition
from marketplace.campaigns.operations import closing
from marketplace.sponsorship.operations import sponsorships
from tests.factories import accounts, payments, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsor_payments import (
    assert_nothing_stuck,
    dispute,
    paid_online,
    paid_out,
    pay_online,
)
from tests.factories.sponsors import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.mark.parametrize("minor", [300_00, 1_000_00])
def test_what_was_paid_out_is_a_loss_until_the_sponsor_pays_again(minor: int) -> None:
    invoice, charge = paid_online(sponsors.campaign(rule="keep"))
    paid_out(invoice, minor)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    found = payments.balances()
    assert (found["losses"], found[invoice.receivable]) == (minor, invoice.gross_minor)
    assert found[f"{invoice.account}/due"] == 1_000_00
    pay_online(invoice)
    assert sponsors.fresh(invoice).open_minor == 0
    assert sponsors.fresh(invoice).sponsorship.state == "paid"
    found = payments.balances()
    assert {"losses", invoice.receivable, f"{invoice.account}/due", f"{invoice.account}/paid"}.isdisjoint(
        found
    )
    committed = invoice.sponsorship.campaign.account("committed")
    assert found.get(committed, 0) == 1_000_00 - minor
    with pytest.raises(Conflict, match="paid this money out"):
        sponsors.credited(invoice)
    assert_nothing_stuck()


def test_an_invoice_whose_money_was_paid_out_and_lost_can_be_credited_whole() -> None:
    invoice, charge = paid_online(sponsors.campaign(rule="keep"))
    paid_out(invoice, 300_00)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    sponsors.credited(invoice)
    work(AT)
    found = payments.balances()
    assert found["losses"] == 300_00
    assert {"vat", invoice.receivable, f"{invoice.account}/due", f"{invoice.account}/paid"}.isdisjoint(found)
    assert_nothing_stuck()


def test_a_loss_that_was_made_good_is_a_loss_again_when_that_payment_is_lost_too() -> None:
    invoice, charge = paid_online(sponsors.campaign(rule="keep"))
    paid_out(invoice, 1_000_00)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    again = pay_online(invoice)
    for verb in ("dispute", "lose"):
        dispute(again, verb)
    assert payments.balances()["losses"] == 1_000_00
    assert sponsors.fresh(invoice).open_minor == invoice.gross_minor
    assert_nothing_stuck()


def test_what_a_dispute_left_goes_back_by_a_credit_note_1127_t4() -> None:
    invoice, charge = paid_online()
    for verb in ("dispute", "lose"):
        dispute(charge, verb, 400_00)
    sponsors.credited(invoice)
    work(AT)
    found = payments.balances()
    accounts_of = {"vat", "losses", invoice.receivable, f"{invoice.account}/due", f"{invoice.account}/paid"}
    assert accounts_of.isdisjoint(found)
    assert charge.refunded == sponsors.money(790_00)
    assert_nothing_stuck()


@pytest.mark.parametrize("cancelled", [False, True])
def test_an_invoice_is_credited_between_a_lost_dispute_and_its_news(cancelled: bool) -> None:
    invoice, charge = paid_online()
    dispute(charge, "dispute")
    dispute(charge, "lose", heard=False)
    if cancelled:
        manager = accounts.staff(groups.PROGRAMME_MANAGERS)
        closing.cancel_campaign(
            actor=manager, campaign=invoice.sponsorship.campaign, reason="Not wanted.", at=AT
        )
    else:
        sponsors.credited(invoice)
    work(AT)
    found = payments.balances()
    assert {
        "vat",
        "losses",
        invoice.receivable,
        f"{invoice.account}/due",
        f"{invoice.account}/paid",
    }.isdisjoint(found)
    assert_nothing_stuck()


def test_what_a_credit_note_could_not_give_back_in_a_dispute_goes_back_when_it_is_won() -> None:
    invoice, charge = paid_online()
    dispute(charge, "dispute")
    sponsors.credited(invoice)
    dispute(charge, "win")
    assert f"{invoice.account}/paid" not in payments.balances()
    assert charge.refunded == charge.amount
    assert_nothing_stuck()


def test_delivered_benefits_that_are_paid_again_after_a_lost_dispute_are_still_delivered() -> None:
    invoice, charge = paid_online(sponsors.campaign(rule="keep"))
    paid_out(invoice, 0)
    sponsorship = invoice.sponsorship
    sponsorships.fulfil(actor=sponsors.owner_of(sponsorship.organisation), sponsorship=sponsorship, at=AT)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    pay_online(invoice)
    assert sponsors.fresh(invoice).sponsorship.state == "fulfilled"
    with pytest.raises(IllegalTransition):
        sponsors.credited(invoice)
