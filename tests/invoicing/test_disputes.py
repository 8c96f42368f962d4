"""A sponsor's dispute of an invoice that was paid online: what is owed, counted and told."""

from datetime import timedelta

import pytest
from django.conf import settings

from civic.accounts.models import Membership
from civic.notifications.models import Notification
from marketplace.campaigns.operations import closing, totals
from marketplace.invoicing.operations import reminders
from marketplace.invoicing.queries import transfer_for
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Hold
from tests.factories import accounts, payments, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsor_payments import (
    asked_online,
    assert_nothing_stuck,
    dispute,
    paid_online,
    pay_online,
    total,
)
from tests.factories.sponsors import AT
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


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
