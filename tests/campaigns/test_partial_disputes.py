"""Disputes of a part of a payment: what counts falls by the part, and by no more, whatever else happens to it."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from civic.core.models import Delivery
from civic.core.money import Money
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations.totals import counted, secured, towards
from marketplace.campaigns.states import PledgeState
from marketplace.payments.models import Charge, DemoPayment, Dispute, Refund
from marketplace.payments.operations import refund_part, refund_rest
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome, demo
from marketplace.payments.receipts import movements_of
from tests.factories import matching, payments
from tests.factories.accounts import resident
from tests.factories.campaigns import open_campaign, promise, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]
Status = DemoPayment.Status


def euro(whole: int) -> Money:
    return Money(whole * 100, "EUR")


@pytest.fixture
def paid(at: datetime):
    """A pledge of 40 euros that is paid, in a campaign that keeps what it raises and whose fund doubles gifts."""
    campaign = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    allocation = matching.enrolled(matching.fund(at), at, campaign)
    made = promise(campaign, 40_00, at=at, person=resident())
    charge = Charge.objects.get(purpose=made.purpose)
    allocation.refresh_from_db()
    assert allocation.amount_minor == 40_00
    return campaign, allocation, made, charge


def bank(charge: Charge, status: str, whole: int, at: datetime) -> None:
    """What the payer's bank does with so many euros; everybody has heard of it."""
    demo.dispute(charge, status, amount=euro(whole), at=at)
    work(at)
    charge.refresh_from_db()


def figures(campaign: Campaign, made, allocation) -> tuple[int, int, int]:
    """What of the pledge stands, what the campaign has firm, and the match, in euros."""
    campaign.refresh_from_db()
    allocation.refresh_from_db()
    stands = type(made.figures).objects.get(pk=made.pk).standing
    firm = secured(campaign)
    assert towards(counted(campaign)) == firm
    assert not Delivery.objects.exclude(last_error="").exists()
    payments.assert_whole()
    assert payments.balances().get("provider/demo", 0) == demo.Demo().balance("EUR").minor
    return stands // 100, firm // 100, allocation.amount_minor // 100


def test_a_dispute_of_a_part_takes_its_part_alone_while_it_runs_and_when_it_is_lost_m18(paid, at) -> None:
    campaign, allocation, made, charge = paid
    bank(charge, Status.DISPUTED, 15, at)
    assert figures(campaign, made, allocation)[:2] == (25, 50)
    bank(charge, Status.LOST, 15, at)
    assert figures(campaign, made, allocation) == (25, 50, 25)
    made.refresh_from_db()
    assert made.state == PledgeState.COLLECTED
    assert [one.amount.minor for one in movements_of([charge])] == [40_00, -15_00]


def test_a_dispute_that_is_lost_in_part_gives_the_rest_back_m18(paid, at) -> None:
    campaign, allocation, made, charge = paid
    bank(charge, Status.DISPUTED, 15, at)
    bank(charge, Status.LOST, 5, at)
    assert figures(campaign, made, allocation) == (35, 70, 35)
    assert sum(one.amount.minor for one in movements_of([charge])) == 35_00


def test_the_backer_is_told_what_a_bank_took_of_a_payment_r2(paid, at) -> None:
    """A pledge that stands with its rest has no step of its own that would tell of it."""
    _campaign, _allocation, made, charge = paid
    bank(charge, Status.DISPUTED, 15, at)
    bank(charge, Status.LOST, 5, at)
    told = Notification.objects.get(person=made.person, kind="pledge.lost")
    assert told.params["amount"] == euro(5).format()


def test_a_dispute_of_a_part_that_is_won_changes_nothing_m18(paid, at) -> None:
    campaign, allocation, made, charge = paid
    bank(charge, Status.DISPUTED, 15, at)
    bank(charge, Status.WON, 15, at)
    assert figures(campaign, made, allocation) == (40, 80, 40)


def test_what_a_lost_dispute_left_can_be_disputed_again_m18(paid, at) -> None:
    campaign, allocation, made, charge = paid
    for whole, left in ((15, 25), (5, 20)):
        bank(charge, Status.DISPUTED, whole, at)
        bank(charge, Status.LOST, whole, at)
        assert figures(campaign, made, allocation) == (left, 2 * left, left)
    bank(charge, Status.DISPUTED, 100, at)
    assert figures(campaign, made, allocation)[:2] == (0, 0)
    bank(charge, Status.LOST, 100, at)
    assert figures(campaign, made, allocation) == (0, 0, 0)
    made.refresh_from_db()
    assert made.state == PledgeState.DROPPED
    assert list(Dispute.objects.order_by("number").values_list("number", "amount_minor", "lost_minor")) == [
        (1, 15_00, 15_00),
        (2, 5_00, 5_00),
        (3, 20_00, 20_00),
    ]


@pytest.mark.parametrize("first", ["refund", "dispute"])
def test_a_refund_of_a_part_before_or_after_a_loss_of_a_part_is_taken_off_once_m18(paid, at, first) -> None:
    campaign, allocation, made, charge = paid
    officer = matching.finance_officer()

    def refund() -> None:
        refund_part(actor=officer, charge=charge, amount=euro(10), token="1", reason="Asked for it.", at=at)
        work(at)

    def dispute() -> None:
        bank(charge, Status.DISPUTED, 15, at)
        bank(charge, Status.LOST, 15, at)

    for step in (refund, dispute) if first == "refund" else (dispute, refund):
        step()
    assert figures(campaign, made, allocation) == (15, 30, 15)
    refund_rest(actor=officer, charge=charge, reason="All of it.", at=at)
    work(at)
    assert figures(campaign, made, allocation) == (0, 0, 0)
    assert sum(one.amount.minor for one in movements_of([charge])) == 0


def test_a_loss_that_a_refund_on_its_way_leaves_no_room_for_is_taken_out_of_it(paid, at) -> None:
    campaign, _allocation, _made, charge = paid
    refund = refund_rest(actor=matching.finance_officer(), charge=charge, reason="Asked for it.", at=at)
    # The provider has refused it: somebody has to pay it another way.
    for verb in ("send", "fail"):
        advance_refund(refund, Outcome(verb), at=at)
    advance_charge(charge, Outcome("dispute", amount=euro(10)), at=at)
    advance_charge(charge, Outcome("lose", amount=euro(10)), at=at)
    rest = Refund.objects.exclude(pk=refund.pk).get()
    refund.refresh_from_db()
    assert (refund.state, rest.amount) == ("covered", euro(30))
    assert payments.balances()[f"refund/{rest.pk}"] == 30_00
    assert "losses" not in payments.balances()
    assert matching.balances(campaign) == {}


def test_what_a_provider_tells_of_two_disputes_at_once_is_heard_in_their_order(paid, at) -> None:
    _campaign, _allocation, _made, charge = paid
    one, other = (Outcome("dispute", amount=euro(whole)) for whole in (10, 5))
    paid_ = Outcome("succeed")
    advance_charge(charge, [paid_, one, other], at=at)
    # The second is decided first: it has not been opened here.
    advance_charge(charge, [paid_, one, other, Outcome("win")], at=at)
    assert charge.disputes.filter(decided_at=None).count() == 1
    assert payments.balances()["disputed"] == 10_00
    advance_charge(charge, [paid_, one, Outcome("lose"), other, Outcome("win")], at=at)
    assert (charge.disputes.count(), charge.lost) == (2, euro(10))
    assert "disputed" not in payments.balances()


def test_a_dispute_is_its_charges_whoever_writes_it(paid, at) -> None:
    _campaign, _allocation, _made, charge = paid
    wrong = [
        {"number": 1},  # the charge is not in dispute
        {"number": 1, "decided_at": at, "lost_minor": 5_00},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError, match="not disputed so"), transaction.atomic():
            Dispute.objects.create(charge=charge, amount_minor=5_00, opened_at=at, **fields)
    advance_charge(charge, Outcome("dispute", amount=euro(10)), at=at)
    running = charge.disputes.filter(decided_at=None)
    for changes in ({"amount_minor": 1}, {"decided_at": at, "lost_minor": 10_00}):
        with pytest.raises(IntegrityError, match="not decided so"), transaction.atomic():
            running.update(**changes)
