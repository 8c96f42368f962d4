"""What came back twice, by a refund and by a dispute, its payer owes the city: asked for, paid, or written off."""

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from civic.accounts import groups
from civic.core.errors import Conflict, Forbidden
from civic.notifications.models import Notification
from marketplace.payments.models import Charge, Claim
from marketplace.payments.operations import (
    claims,
    pay_refund_otherwise,
    refund_part,
    refund_rest,
)
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from marketplace.payments.queries.claims import how_to_pay
from marketplace.payments.states import OPEN_CHARGE, ClaimState
from tests.factories import accounts, payments, sponsors
from tests.factories.campaigns import open_campaign, promise, work
from tests.factories.sponsor_payments import dispute
from tests.factories.sponsors import AT
from tests.invoicing.test_credit_notes import part, succeeded
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.fixture
def officer() -> Any:
    groups.sync(apps.get_app_config("payments"))
    return accounts.staff("finance-officers")


def lose(charge: Charge, *, at: datetime = AT) -> None:
    for verb in ("dispute", "lose"):
        dispute(charge, verb, at=at)


def pledged(at: datetime) -> Charge:
    """40.00 of a pledge, which have arrived."""
    campaign = open_campaign(at=at, rule="keep")
    made = promise(campaign, 40_00, at=at)
    work(at)
    return Charge.objects.get(purpose=made.purpose)


def paid_back(claim: Claim) -> None:
    """The transfer arrives."""
    work(AT)
    advance_charge(Charge.objects.get(purpose=claim.purpose), Outcome("succeed"), at=AT)
    work(AT)
    work(AT)


def test_a_sponsor_who_got_a_part_back_and_then_took_all_of_it_owes_the_part_1127_v8() -> None:
    invoice, charge = succeeded(out=300_00)
    part(invoice, 700_00)
    lose(charge)
    claim = Claim.objects.get()
    # Of 1,190.00 came back 833.00 by the credit note; 357.00, what was delivered, the invoice asks for again.
    assert (claim.amount_minor, claim.state, sponsors.fresh(invoice).open_minor) == (833_00, "open", 357_00)
    letter = next(one for one in delivered() if "came back twice" in one.subject)
    assert letter.to == [invoice.buyer["email"]]
    asked = Charge.objects.get(purpose=claim.purpose)
    assert (asked.payer, asked.amount_minor) == (None, 833_00)
    assert how_to_pay(asked)["reference"] in letter.body
    paid_back(claim)
    claim.refresh_from_db()
    assert claim.state == "paid"
    # What is still lost is what was paid out of it, which the invoice asks for.
    assert payments.balances()["losses"] == 300_00
    payments.assert_whole()


def test_a_backer_whose_payment_came_back_twice_owes_it_once_1127_v8(at: datetime) -> None:
    charge = pledged(at)
    for minor in (10_00, 15_00):
        refund_part(
            actor=sponsors.officer(), charge=charge, amount=payments.euro(minor), token=minor, reason="Asked.", at=at
        )  # fmt: skip
    work(at)
    way = [Outcome("dispute", amount=payments.euro(20_00)), Outcome("lose")] * 2
    for steps in (way[:2], way):
        advance_charge(charge, steps, at=at)
        work(at)
    # 25.00 came back before: 5.00 of the first 20.00, and all of the next 20.00.
    assert sorted(Claim.objects.values_list("amount_minor", flat=True)) == [5_00, 20_00]
    assert payments.balances()["losses"] == 25_00
    told = Notification.objects.filter(kind="pledge.claimed", person=charge.payer).order_by("created_at")
    assert [one.params["amount"] for one in told] == ["€5", "€20"]
    work(at)
    assert Claim.objects.count() == Notification.objects.filter(kind="pledge.claimed").count() == 2


@pytest.mark.parametrize("done", [False, True])
def test_what_a_dispute_took_once_is_no_claim_1127_v8(at: datetime, done: bool) -> None:
    """A refund that has not gone is covered by the dispute; of a payment that nobody gave back nothing is twice."""
    charge = pledged(at)
    if not done:
        refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    lose(charge, at=at)
    assert not Claim.objects.exists()


def test_a_claim_is_written_off_by_two_people_1127_v8(at: datetime, officer: Any) -> None:
    charge = pledged(at)
    refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    claim = Claim.objects.get()
    with pytest.raises(Conflict, match="proposed"):
        claims.confirm_write_off(actor=officer, claim=claim, at=at)
    claims.propose_write_off(actor=officer, claim=claim, reason="Nobody there.", at=at)
    with pytest.raises(Forbidden):
        claims.confirm_write_off(actor=officer, claim=claim, at=at)
    claims.confirm_write_off(actor=accounts.staff("finance-officers"), claim=claim, at=at)
    work(at)
    assert Claim.objects.get().state == "written_off"
    assert not Charge.objects.filter(purpose=claim.purpose).exclude(state="failed").exists()
    assert payments.balances()["losses"] == 40_00


def test_the_desk_lists_what_is_owed_twice_1127_v8(at: datetime, officer: Any) -> None:
    charge = pledged(at)
    refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    work(at)
    client = Client()
    client.force_login(officer)
    page = client.get("/admin/payments/claim/").content.decode()
    reference = how_to_pay(Charge.objects.get(purpose=Claim.objects.get().purpose))["reference"]
    assert "€40" in page
    assert reference in page
    assert "Propose to write it off" in page
    paid_back(Claim.objects.get())
    assert reference not in client.get("/admin/payments/claim/").content.decode()


def test_a_filter_that_there_is_not_is_no_list_1127_o11(officer: Any) -> None:
    client = Client()
    client.force_login(officer)
    assert client.get("/admin/payments/claim/?show=xyz").headers["Location"].endswith("?e=1")
    assert client.get("/admin/payments/claim/?show=paid").status_code == 200


def test_what_was_paid_for_a_claim_is_not_given_back_before_the_news_1127_w3(at: datetime) -> None:
    charge = pledged(at)
    refund_part(
        actor=sponsors.officer(), charge=charge, amount=payments.euro(10_00), token=1, reason="Asked.", at=at
    )
    work(at)
    lose(charge, at=at)
    claim = Claim.objects.get()
    work(at)
    paid = Charge.objects.get(purpose=claim.purpose)
    advance_charge(paid, Outcome("succeed"), at=at)  # nobody has heard of it yet
    with pytest.raises(Conflict):
        refund_rest(actor=sponsors.officer(), charge=paid, reason="By mistake", at=at)
    work(at)
    claim.refresh_from_db()
    assert (claim.state, paid.refunds.count()) == ("paid", 0)


@pytest.mark.parametrize("state", ClaimState)
def test_a_refund_that_comes_back_pays_the_claim_1127_v8(
    at: datetime, officer: Any, state: ClaimState
) -> None:
    """Its payer has had the money once only; whatever was asked for, given up or paid since."""
    charge = pledged(at)
    refund = refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    work(at)
    claim = Claim.objects.get()
    if state in (ClaimState.PROPOSED, ClaimState.WRITTEN_OFF):
        claims.propose_write_off(actor=officer, claim=claim, reason="Nobody there.", at=at)
    if state == ClaimState.WRITTEN_OFF:
        claims.confirm_write_off(actor=accounts.staff("finance-officers"), claim=claim, at=at)
    if state == ClaimState.PAID:
        paid_back(claim)
    refund.refresh_from_db()
    advance_refund(refund, Outcome("fail"), at=at)
    work(at)
    claim.refresh_from_db(), refund.refresh_from_db()
    assert claim.state == "paid"
    if state == ClaimState.PAID:  # they have paid it back, so that the refund is theirs
        assert refund.state == "alternative_due"
        pay_refund_otherwise(actor=officer, refund=refund, reason="By transfer.", at=at)
    assert refund.state == ("done" if state == ClaimState.PAID else "covered")
    assert not Charge.objects.filter(purpose=claim.purpose, state__in=OPEN_CHARGE).exists()
    assert "losses" not in payments.balances()
    payments.assert_whole()


def test_a_refund_that_covers_a_part_of_what_is_owed_waits_for_it_1127_v8(at: datetime, officer: Any) -> None:
    charge = pledged(at)
    for minor in (10_00, 15_00):
        refund_part(
            actor=officer, charge=charge, amount=payments.euro(minor), token=minor, reason="Asked.", at=at
        )
    work(at)
    lose(charge, at=at)
    assert Claim.objects.get().amount_minor == 25_00
    refund = charge.refunds.get(amount_minor=10_00)
    advance_refund(refund, Outcome("fail"), at=at)
    with pytest.raises(Conflict, match="claim"):  # paid another way it would come back twice for good
        pay_refund_otherwise(actor=officer, refund=refund, reason="By transfer.", at=at)


def test_what_arrives_for_a_claim_that_was_set_off_goes_back_1127_v8(at: datetime, officer: Any) -> None:
    charge = pledged(at)
    refund = refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    work(at)
    claim, refund = Claim.objects.get(), charge.refunds.get()
    advance_refund(refund, Outcome("fail"), at=at)
    asked = Charge.objects.get(purpose=claim.purpose)
    advance_charge(asked, Outcome("succeed"), at=at)  # before the cancelling is heard of
    work(at)
    assert (asked.refunds.get().amount_minor, "losses" in payments.balances()) == (40_00, False)
    payments.assert_whole()


def test_claims_stand_on_an_officers_own_page_1127_v8(at: datetime, officer: Any) -> None:
    charge = pledged(at)
    refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    client = Client()
    client.force_login(officer)
    assert "claim on a payer" not in client.get("/me/").content.decode()
    claims.propose_write_off(
        actor=accounts.staff("finance-officers"), claim=Claim.objects.get(), reason="Nobody there.", at=at
    )
    page = client.get("/me/").content.decode()
    assert "1 claim on a payer is older than a month, or waits for a second person" in page
