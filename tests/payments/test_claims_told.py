"""Who has a claim sees it, and hears its end (RB1 to RB5, RB15 of 27 November)."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from civic.notifications.models import Notification
from civic.notifications.types import notification_types
from marketplace.payments.models import Charge, Claim, Refund
from marketplace.payments.operations import claims, pay_refund_otherwise, refund_part, refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from marketplace.payments.queries.claims import how_to_pay
from tests.factories import accounts, payments, sponsors
from tests.factories.campaigns import end as end_campaign
from tests.factories.campaigns import keep_going, open_campaign, promise, work
from tests.factories.sponsor_payments import dispute
from tests.invoicing.test_credit_notes import part, succeeded
from tests.mail import delivered
from tests.payments.test_claims import AT, lose, paid_back, pledged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def end(claim: Claim, how: str, at: datetime) -> None:
    if how == "claim_paid":
        paid_back(claim)
    if how == "claim_set_off":
        advance_refund(claim.charge.refunds.get(), Outcome("fail"), at=at)
    if how == "claim_written_off":
        claims.propose_write_off(actor=sponsors.officer(), claim=claim, reason="Nobody there.", at=at)
        claims.confirm_write_off(actor=accounts.staff("finance-officers"), claim=claim, at=at)
    work(at)


ENDS = {
    "claim_paid": ("you have paid them back", "have arrived"),
    "claim_set_off": ("returned our refund to us", "You need not pay this any more"),
    "claim_written_off": ("given them up", "You need not pay this any more"),
}


@pytest.mark.parametrize("how", ENDS)
def test_a_backer_sees_a_claim_and_hears_its_end_1127_rb1_rb2_rb3_rb4(at: datetime, how: str) -> None:
    charge = pledged(at)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    work(at)
    claim = Claim.objects.get()
    asked, client = Charge.objects.get(purpose=claim.purpose), Client()
    client.force_login(charge.payer)
    pledge = f"/me/pledges/{charge.purpose.removeprefix('pledge:')}/"
    way = how_to_pay(asked)
    assert f"/pay/{asked.pk}/" in client.get("/me/").content.decode()
    for page in (pledge, f"/pay/{asked.pk}/transfer/"):
        text = client.get(page).content.decode()
        assert {part for part in ("€40", way["account"], way["reference"]) if part not in text} == set(), page
    end(claim, how, at)
    told = Notification.objects.get(kind__startswith="pledge.claim_")
    assert (told.kind, told.person, told.params["amount"]) == (f"pledge.{how}", charge.payer, "€40")
    page, payment = client.get(pledge).content.decode(), client.get(f"/pay/{asked.pk}/?back").content.decode()
    assert (ENDS[how][0] in page, way["reference"] in page) == (True, False)
    assert (ENDS[how][1] in payment, "try again" in payment) == (True, False)
    assert f"/pay/{asked.pk}/" not in client.get("/me/").content.decode()


@pytest.mark.parametrize("how", ["claim_paid", "claim_written_off"])
def test_who_acts_for_a_sponsor_sees_a_claim_and_hears_its_end_1127_rb5(how: str) -> None:
    invoice, charge = succeeded(out=300_00)
    part(invoice, 700_00)
    lose(charge)
    work(AT)
    claim = Claim.objects.get()
    acting = invoice.organisation.memberships.get(role="owner").person
    client = Client()
    client.force_login(acting)
    reference = how_to_pay(Charge.objects.get(purpose=claim.purpose))["reference"]
    assert Notification.objects.get(kind="sponsorship.claimed", person=acting).params["amount"] == "€833"
    url = Notification.objects.get(kind="sponsorship.claimed", person=acting).url
    for page in (invoice.get_absolute_url(), url):
        assert reference in client.get(page).content.decode(), page
    end(claim, how, AT)
    letter = next(one for one in delivered() if "is settled" in one.subject)
    assert letter.to == [invoice.buyer["email"]]
    assert Notification.objects.filter(kind=f"sponsorship.{how}", person=acting).count() == 1
    assert reference not in client.get(url).content.decode()


def test_a_refund_that_came_back_is_no_payment_on_the_receipt_1127_rb4(at: datetime) -> None:
    charge = pledged(at)
    refund = refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    refund.refresh_from_db()
    advance_refund(refund, Outcome("fail"), at=at)
    client = Client()
    client.force_login(charge.payer)
    page = client.get(f"/me/payments/{charge.pk}/").content.decode()
    assert (page.count("Paid <span"), "returned to us by the bank" in page) == (1, True)


@pytest.mark.parametrize(
    ("way", "title", "said"),
    [
        (["dispute"], "Your bank looks into this payment", "You need not do anything here"),
        (["dispute", "lose"], "Your bank has taken money back", "€10 are still here"),
    ],
)
def test_the_page_of_a_payment_that_arrived_says_what_became_of_it_1127_rb15(
    way: list[str], title: str, said: str
) -> None:
    charge = payments.paid(40_00)
    steps: list[Any] = [Outcome(verb, amount=payments.euro(30_00)) for verb in way]
    advance_charge(charge, steps, at=AT)
    client = Client()
    client.force_login(charge.payer)
    page = client.get(f"/pay/{charge.pk}/").content.decode()
    assert title in page
    assert said in page
    assert "http-equiv" not in page.replace('http-equiv="Content', "")
    assert "Nothing was paid" not in page


def test_an_invoice_of_which_a_part_is_open_asks_for_no_more_1127_rb14() -> None:
    invoice, _charge = succeeded(paid_minor=595_00)
    client = Client()
    client.force_login(invoice.organisation.memberships.get(role="owner").person)
    page = client.get(invoice.get_absolute_url()).content.decode()
    assert ("To pay" in page, "\N{EURO SIGN}595 are open" in page) == (False, True)


def test_a_sponsor_reads_how_much_its_bank_looks_into_1127_rb13() -> None:
    invoice, charge = succeeded()
    dispute(charge, "dispute", 300_00)
    client = Client()
    client.force_login(invoice.organisation.memberships.get(role="owner").person)
    page = client.get(sponsors.fresh(invoice).sponsorship.get_absolute_url()).content.decode()
    assert "Your bank looks into a payment of \N{EURO SIGN}300." in page


@pytest.mark.parametrize(
    ("how", "kind", "said"),
    [
        ("given back", "pledge.dropped_returned", "what you paid for it goes back to you"),
        ("lost", "pledge.dropped_lost", "your bank has taken back what you paid for it"),
    ],
)
def test_a_pledge_that_was_paid_once_has_not_ended_without_a_payment_1127_rb12(
    at: datetime, how: str, kind: str, said: str
) -> None:
    charge = pledged(at)
    if how == "lost":
        lose(charge, at=at)
    else:
        refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    told = Notification.objects.get(kind__startswith="pledge.dropped", person=charge.payer)
    assert (told.kind, said in told.sentence) == (kind, True)


def test_a_pledge_that_nobody_paid_was_not_paid_in_time_1127_rb12(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    promise(campaign, 20_00, at=at)
    late = promise(campaign, 20_00, at=at, behaviour="declines")
    end_campaign(campaign)
    campaign.refresh_from_db()
    keep_going(campaign.grace_ends_at)
    told = Notification.objects.get(kind__startswith="pledge.dropped", person=late.person)
    assert (told.kind, "it was not paid in time" in told.sentence) == ("pledge.dropped", True)


def come_back(charge: Charge, at: datetime) -> Refund:
    """The newest refund of a payment has arrived, and the bank returns it."""
    refund = charge.refunds.latest("pk")
    advance_refund(refund, Outcome("fail"), at=at)
    work(at)
    return refund


def pay_otherwise(refund: Refund, at: datetime) -> None:
    pay_refund_otherwise(actor=sponsors.officer(), refund=refund, reason="By hand.", at=at)
    work(at)


def test_a_backer_hears_of_a_refund_that_comes_back_and_of_its_end_1127_rb10(at: datetime) -> None:
    charge = pledged(at)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    refund = come_back(charge, at)
    asked = Notification.objects.get(kind="pledge.refund_returned")
    assert (asked.person, asked.params["amount"], asked.detail) == (charge.payer, "€40", "")
    assert "to which account" in str(notification_types[asked.kind].text)
    assert not Notification.objects.filter(kind="pledge.refund_paid").exists()
    pay_otherwise(refund, at)
    told = Notification.objects.get(kind="pledge.refund_paid")
    assert (told.person, told.params["amount"]) == (charge.payer, "€40")


@pytest.mark.parametrize("lost", [1000, 4000])
def test_a_refund_that_comes_back_while_its_payer_owes_1127_rb10(at: datetime, lost: int) -> None:
    """It settles what it covers, of which the payer hears; or it waits for that, and nobody asks for an account."""
    charge, officer = pledged(at), sponsors.officer()
    whole = lost == 1000
    amounts = [4000] if whole else [2500, 1500]
    for number, minor in enumerate(amounts):
        amount = sponsors.money(minor)
        refund_part(actor=officer, charge=charge, amount=amount, token=number, reason="Asked.", at=at)
        work(at)
    for verb in ("dispute", "lose"):
        advance_charge(charge, Outcome(verb, amount=sponsors.money(lost)), at=at)
    work(at)
    come_back(charge, at)
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert ("pledge.claim_set_off" in kinds, "pledge.refund_returned" in kinds) == (whole, not whole)
    if not whole:
        asked = Notification.objects.get(kind="pledge.refund_returned")
        assert "twice is settled" in asked.detail


def test_a_buyer_hears_of_a_refund_that_comes_back_and_of_its_end_1127_rb10() -> None:
    invoice, charge = succeeded()
    part(invoice, 700_00)
    refund = come_back(charge, AT)
    pay_otherwise(refund, AT)
    asked, paid = (
        next(one for one in delivered() if words in one.subject)
        for words in ("could not be given back", "have been paid back after all")
    )
    assert asked.to == paid.to == [invoice.buyer["email"]]
    assert ("whose account, and which" in asked.body, "€833" in asked.body) == (True, True)
    assert "€833" in paid.body
