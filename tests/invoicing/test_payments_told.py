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
from tests.invoicing.test_disputes import asked_online, dispute, paid_online
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
AT = sponsors.AT


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
