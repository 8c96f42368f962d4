"""Who is billed hears what becomes of a payment, and no refund of one payment takes the money of another (W3, W4)."""

from typing import Any

import pytest

from civic.core.errors import Conflict
from civic.notifications.models import Notification
from marketplace.invoicing.models import Invoice
from marketplace.payments import operations
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from marketplace.sponsorship.models import Sponsorship
from projects.proposals.roles import team_of
from tests.factories import accounts, sponsors
from tests.factories.campaigns import work
from tests.factories.sponsor_payments import asked_online, dispute, paid_online
from tests.mail import delivered
from tests.visiting import text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
AT = sponsors.AT


def said(invoice: Invoice, word: str) -> str:
    """The letter to the address for invoices with this word in its subject, on one line."""
    [mail] = [mail for mail in delivered() if mail.to == [invoice.buyer["email"]] and word in mail.subject]
    return " ".join(mail.body.split())


def letters(invoice: Invoice, *subjects: str) -> list[str]:
    """The subjects of mails to the address for invoices that hold one of these words."""
    sent = [mail.subject for mail in delivered() if mail.to == [invoice.buyer["email"]]]
    return [subject for subject in sent if any(word in subject for word in subjects)]


@pytest.mark.parametrize(("verb", "word"), [("win", "stands"), ("lose", "taken back")])
def test_a_sponsor_hears_of_a_dispute_and_of_its_end_1127_w4(verb: str, word: str) -> None:
    invoice, charge = paid_online()
    dispute(charge, "dispute")
    assert letters(invoice, "bank looks into") == [
        f"Your bank looks into your payment of invoice {invoice.number}"
    ]
    dispute(charge, verb)
    assert len(letters(invoice, word)) == 1


def test_a_sponsor_hears_that_money_comes_back_and_why_1127_w4() -> None:
    invoice, charge = paid_online()
    dispute(charge, "dispute")
    sponsors.credited(invoice)
    work(AT)
    assert not letters(invoice, "come back")
    dispute(charge, "win")
    [mail] = [mail for mail in delivered() if "come back" in mail.subject]
    assert (mail.to, charge.amount.format() in mail.body) == ([invoice.buyer["email"]], True)
    assert Invoice.objects.get(corrects=invoice).reason in mail.body


def test_a_refund_of_one_payment_takes_no_money_of_another_1127_w3() -> None:
    invoice = sponsors.invoiced()
    first = sponsors.pay(invoice, 500_00)
    work(AT)
    second = asked_online(invoice, sponsors.owner_of(invoice.sponsorship.organisation))
    advance_charge(second, Outcome("succeed"), at=AT)  # nobody has heard of it yet
    refund: dict[str, Any] = {"charge": first, "amount": sponsors.money(1_00), "token": "t", "reason": "x"}
    with pytest.raises(Conflict):
        operations.refund_part(actor=accounts.staff("finance-officers"), at=AT, **refund)
    work(AT)
    assert sponsors.fresh(invoice).open_minor == 0
    assert not first.refunds.exists()


def test_a_sponsor_reads_what_a_dispute_in_part_left_1127_rb13() -> None:
    invoice, charge = paid_online()
    dispute(charge, "dispute", 300_00)
    dispute(charge, "lose", 100_00)
    assert "Of the €300 that it looked into it has left €200." in said(invoice, "taken back")


def test_a_dispute_of_a_part_that_was_won_names_both_amounts_1127_rb13() -> None:
    invoice, charge = paid_online()
    dispute(charge, "dispute", 300_00)
    dispute(charge, "win", 300_00)
    assert "Your bank has decided about €300 of your payment of €1,190" in said(invoice, "stands")


def test_a_sponsor_hears_that_what_its_bank_looks_into_went_back_already_1127_rb13() -> None:
    invoice, charge = paid_online()
    sponsors.credited(invoice)
    work(AT)
    dispute(charge, "dispute")
    letter = said(invoice, "bank looks into")
    assert "Of this payment we have given €1,190 back to you already" in letter
    assert "does not count" not in letter
    assert not Notification.objects.filter(kind="sponsorship.disputed_team").exists()
    acting = visitor(sponsors.owner_of(invoice.organisation))
    page = text_of(acting, sponsors.fresh(invoice).sponsorship.get_absolute_url())
    assert "that went back to you already" in page
    assert "does not count" not in page


@pytest.mark.parametrize("verb", ["win", "lose"])
def test_the_team_hears_of_a_sponsors_dispute_and_of_its_end_1127_w5(verb: str) -> None:
    invoice, charge = paid_online()
    for step in ("dispute", verb):
        dispute(charge, step)
    project = Sponsorship.objects.get(pk=invoice.account.removeprefix("sponsorship/")).campaign.project
    told = Notification.objects.filter(kind__startswith="sponsorship.", kind__endswith="_team")
    kinds = list(
        told.filter(person__in=team_of(project)).order_by("created_at").values_list("kind", flat=True)
    )
    end = "sponsorship.won_team" if verb == "win" else "sponsorship.lost_team"
    assert [kind for kind in kinds if "contracted" not in kind] == ["sponsorship.disputed_team", end]
