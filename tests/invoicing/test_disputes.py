"""A sponsor's dispute of an invoice that was paid online."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from civic.accounts import groups
from civic.accounts.models import Membership
from civic.core.errors import Conflict, IllegalTransition
from civic.core.models import Delivery
from civic.core.states import transition
from civic.notifications.models import Notification
from marketplace.campaigns import accounts as of_campaigns
from marketplace.campaigns.models import Campaign, CampaignTotal
from marketplace.campaigns.operations import closing, postings, totals
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations import payment_requests, reminders
from marketplace.invoicing.queries import transfer_for
from marketplace.matching.operations import postings as shifting
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Hold
from marketplace.sponsorship.operations import sponsorships
from tests.factories import accounts, payments, sponsors
from tests.factories.campaigns import work
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


AT = sponsors.AT


def paid_online(of: Campaign | None = None) -> tuple[Invoice, Charge]:
    invoice = sponsors.invoiced(of)
    return invoice, pay_online(invoice)


def pay_online(invoice: Invoice) -> Charge:
    charge = asked_online(invoice, sponsors.owner_of(invoice.sponsorship.organisation))
    advance_charge(charge, Outcome("succeed"), at=AT)
    work(AT)
    return charge


def asked_online(invoice: Invoice, actor: Any) -> Charge:
    charge = payment_requests.ask_online(actor=actor, invoice=invoice, provider="demo", at=AT)
    work(AT)
    return charge


def dispute(
    charge: Charge, verb: str, minor: int | None = None, *, heard: bool = True, at: datetime = AT
) -> None:
    """The dispute of a charge is opened or decided, of a part of it where `minor` says so."""
    amount = None if minor is None else sponsors.money(minor)
    advance_charge(charge, Outcome(verb, amount=amount), at=at)
    if heard:
        work(at)


def paid_out(invoice: Invoice, minor: int) -> None:
    """The campaign has succeeded, and so much of its money is on its way to the project."""
    campaign = Campaign.objects.get(pk=invoice.sponsorship.campaign_id)
    for verb in ("collect", "succeed"):
        transition(campaign, verb, actor=None, at=AT)
    postings.balance_held(campaign, AT)
    source, target = (of_campaigns.of_campaign(campaign, part) for part in ("committed", "released"))
    shifting.shift(
        minor, source=source, target=target, kind="milestone", key="m", at=AT, public={"campaign": "c"}
    )


def assert_nothing_stuck() -> None:
    assert not Delivery.objects.exclude(last_error="").exists()
    payments.assert_whole()


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
    assert (total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor) == (0, 0)
    held = payments.balances()
    assert held[invoice.receivable] == invoice.gross_minor
    assert "losses" not in held
    assert campaign.account("held") not in held
    assert Hold.objects.get(campaign=campaign).lifted_at is not None
    sponsors.pay(invoice, at=AT)
    assert sponsors.fresh(invoice).open_minor == 0
    assert (total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor) == (0, 1_000_00)
    payments.assert_whole()


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


def test_of_a_dispute_of_a_part_the_rest_stays_paid() -> None:
    invoice, charge = paid_online()
    for verb in ("dispute", "lose"):
        dispute(charge, verb, 400_00)
    again = sponsors.fresh(invoice)
    assert (again.open_minor, again.sponsorship.state) == (400_00, "part_paid")
    # 790 of 1,190 are 663.87 of 1,000 before tax; the 336.13 that were lost are no promise any more.
    assert (total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor) == (0, 663_87)
    assert "losses" not in payments.balances()
    pay_online(invoice)
    assert sponsors.fresh(invoice).open_minor == 0
    found = payments.balances()
    assert found["provider/demo"] == invoice.gross_minor
    assert found[invoice.sponsorship.campaign.account("held")] == 1_000_00
    assert f"{invoice.account}/due" not in found
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


def test_a_lost_payment_does_not_keep_the_money_of_another_one() -> None:
    invoice = sponsors.invoiced()
    organisation = invoice.sponsorship.organisation
    other = Membership.objects.create(organisation=organisation, person=accounts.person(), role="manager")
    first, second = (asked_online(invoice, one) for one in (sponsors.owner_of(organisation), other.person))
    advance_charge(first, Outcome("succeed"), at=AT)
    advance_charge(second, Outcome("succeed"), at=AT)
    dispute(second, "dispute")
    for verb in ("dispute", "lose"):
        dispute(first, verb)
    assert "losses" not in payments.balances()
    dispute(second, "win")
    assert sponsors.fresh(invoice).open_minor == 0
    assert f"{invoice.account}/paid" not in payments.balances()
    assert_nothing_stuck()


def test_a_payment_that_was_lost_before_anybody_heard_of_it_changes_nothing() -> None:
    invoice = sponsors.invoiced()
    charge = asked_online(invoice, sponsors.owner_of(invoice.sponsorship.organisation))
    for verb in ("succeed", "dispute", "lose"):
        dispute(charge, verb, heard=False)
    work(AT)
    assert sponsors.fresh(invoice).open_minor == invoice.gross_minor
    assert "losses" not in payments.balances()
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


def test_a_lost_payment_is_no_firm_money_for_the_goal() -> None:
    campaign = sponsors.campaign(goal_minor=1_000_00, rule="all_or_nothing", sponsor_share_max_bp=10_000)
    _invoice, charge = paid_online(campaign)
    assert totals.secured(campaign) == 1_000_00
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
        assert totals.secured(campaign) == 0
    closing.close(campaign=campaign, at=campaign.ends_at)
    closing.settle(campaign=campaign, at=campaign.ends_at)
    campaign.refresh_from_db()
    assert campaign.state == "missed"


def test_of_a_part_that_was_lost_the_unpaid_rest_is_still_promised() -> None:
    invoice = sponsors.invoiced()
    campaign = invoice.sponsorship.campaign
    sponsors.pay(invoice, 595_00)
    charge = pay_online(invoice)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    assert totals.secured(campaign) == 500_00
    assert (total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor) == (0, 500_00)


def test_the_total_is_right_all_through_a_sponsors_dispute() -> None:
    invoice, charge = paid_online()
    seen = []
    for verb in ("dispute", "win"):
        dispute(charge, verb)
        seen.append((total(invoice).sponsors_firm_minor, total(invoice).sponsors_paid_minor))
        assert not totals.recount_all(at=AT)
    assert seen == [(0, 0), (0, 1_000_00)]


def test_a_sponsors_dispute_that_is_won_leaves_the_payment() -> None:
    invoice, charge = paid_online()
    for verb in ("dispute", "win"):
        advance_charge(charge, Outcome(verb), at=AT)
        work(AT)
    assert sponsors.fresh(invoice).open_minor == 0
    assert invoice.payments.count() == 1
    assert Hold.objects.get().lifted_at is not None


@pytest.mark.parametrize(
    ("minor", "step", "open_then"), [(None, "lost", "€1,190"), (400_00, "partly_lost", "€400")]
)
def test_a_lost_payment_is_told_and_asks_again_in_the_usual_days(
    minor: int | None, step: str, open_then: str
) -> None:
    invoice, charge = paid_online()
    late = AT + timedelta(days=100)
    for verb in ("dispute", "lose"):
        dispute(charge, verb, minor, at=late)
    told = Notification.objects.filter(kind__startswith=f"sponsorship.{step}")
    sponsor = sponsors.owner_of(invoice.sponsorship.organisation)
    author = invoice.sponsorship.campaign.project.author
    assert set(told.values_list("kind", "person")) == {
        (f"sponsorship.{step}", sponsor.pk),
        (f"sponsorship.{step}_team", author.pk),
    }
    letter = delivered()[-1]
    assert letter.subject == f"Your payment of invoice {invoice.number} was taken back"
    assert letter.to == ["accounts@harbour.example"]
    reference = transfer_for(invoice)["reference"]  # type: ignore[index]
    assert reference in letter.body
    assert f"{open_then} of it are open" in " ".join(letter.body.split())
    assert "Please pay this by 10 July 2026" in " ".join(letter.body.split())
    first = settings.REMINDER_DAYS[0]
    days = (0, 29, 30, 29 + first, 30 + first)
    assert [reminders.remind_overdue(at=late + timedelta(days=count)) for count in days] == [0, 0, 0, 0, 1]
    work(late + timedelta(days=30 + first))
    reminder = delivered()[-1]
    assert reminder.subject.startswith("Reminder 1")
    assert reference in reminder.body
    assert "was due on 10 July 2026" in " ".join(reminder.body.split())


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
