"""Claims whose payment the bank takes back, and disputes after a refund came back (treasurer, 27 November, later)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.core.models import Delivery
from civic.notifications.models import Notification
from marketplace.payments.models import Charge, Claim
from marketplace.payments.operations import refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from tests.factories import payments, sponsors
from tests.factories.campaigns import end, open_campaign, promise, work
from tests.factories.payments import balances, euro
from tests.payments.bank_files import read, row, table
from tests.payments.test_claims import lose, paid_back, pledged
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def dispute(*minor: int) -> list[Outcome]:
    """Disputes of these amounts, one after the other, each lost."""
    return [step for one in minor for step in (Outcome("dispute", amount=euro(one)), Outcome("lose"))]


def comes_back(charge: Charge, at: datetime) -> None:
    """The refund comes back from the payer's bank; what is left of it goes once more."""
    advance_refund(charge.refunds.get(state="done"), Outcome("fail", failure="closed"), at=at)
    work(at)


def test_a_claim_after_one_that_was_set_off_is_of_all_that_came_back_twice_1127_tr2(at: datetime) -> None:
    charge = pledged(at)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    advance_charge(charge, dispute(10_00), at=at)
    comes_back(charge, at)
    advance_charge(charge, dispute(10_00, 30_00), at=at)
    work(at)
    assert sorted(Claim.objects.values_list("amount_minor", "state")) == [(10_00, "paid"), (30_00, "open")]
    paid_back(Claim.objects.get(state="open"))
    assert "losses" not in balances()


@pytest.mark.parametrize("heard", [False, True])
def test_a_lost_dispute_after_a_set_off_takes_nothing_of_other_backers_1127_tr14(
    at: datetime, clock_at: Any, heard: bool
) -> None:
    """Whether the campaign hears of the first one before the refund comes back, or after."""
    campaign = open_campaign(at=at, rule="keep")
    made, _other = (promise(campaign, 40_00, at=at) for _two in range(2))
    work(at)
    charge, later = Charge.objects.get(purpose=made.purpose), end(campaign) + timedelta(minutes=2)
    clock_at.move_to(later)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=later)
    work(later)
    advance_charge(charge, dispute(10_00), at=later)
    if heard:
        work(later)
    comes_back(charge, later)
    committed = campaign.account("committed")
    assert (balances()[committed], balances().get("losses")) == (40_00, None)
    advance_charge(charge, dispute(10_00, 5_00), at=later)
    work(later)
    assert (balances()[committed], balances()["losses"]) == (40_00, 5_00)
    assert Claim.objects.get(state="open").amount_minor == 5_00


@pytest.fixture
def claim(at: datetime) -> Claim:
    """40.00 that came back twice, asked for."""
    charge = pledged(at)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    lose(charge, at=at)
    work(at)
    return Claim.objects.get()


@pytest.mark.parametrize("heard", [True, False], ids=["tr1", "tr15"])
def test_a_claim_whose_transfer_the_bank_takes_back_is_asked_for_again_1127(
    officer: Any, second: Any, at: datetime, claim: Claim, heard: bool
) -> None:
    """Also where the bank was faster than the news of the payment. Then it is paid, for good."""
    first = Charge.objects.get(purpose=claim.purpose)
    credit = read(officer, table(row("40.00", first.provider_ref, iban=IBAN))).lines.get()
    if heard:
        work(at)
        claim.refresh_from_db()
        assert (claim.state, "losses" in balances()) == ("paid", False)
    both(officer, second, line_of(officer, "-40.00", text="returned", number="x"), "taken", target=credit)
    work(at)
    assert not Delivery.objects.filter(done_at=None).exists()
    claim.refresh_from_db()
    again = claim.payments.last()
    assert again is not None
    assert (claim.state, again.amount_minor, again.purpose) == ("open", 40_00, f"{claim.purpose}:2")
    assert Notification.objects.filter(kind="pledge.claimed").count() == 2
    assert balances()["losses"] == 40_00
    # By the paper that is out, with the reference of what was taken back.
    read(officer, table(row("40.00", first.provider_ref, iban="DE02120300000000202051")))
    work(at)
    claim.refresh_from_db()
    assert (claim.state, claim.owed, "losses" in balances()) == ("paid", euro(0), False)
    payments.assert_whole()


def test_a_refund_that_came_back_meanwhile_sets_off_what_is_owed_again_1127_tr1(
    officer: Any, second: Any, at: datetime, claim: Claim
) -> None:
    credit = read(officer, table(row("40.00", claim.payments.get().provider_ref, iban=IBAN))).lines.get()
    work(at)
    comes_back(claim.charge, at)
    assert claim.charge.refunds.get().state == "alternative_due"  # theirs, since they have paid
    both(officer, second, line_of(officer, "-40.00", text="returned", number="x"), "taken", target=credit)
    work(at)
    claim.refresh_from_db()
    assert (claim.state, claim.charge.refunds.get().state, "losses" in balances()) == (
        "paid",
        "covered",
        False,
    )
    payments.assert_whole()
