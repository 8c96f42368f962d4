"""What was given back and is disputed then: it holds nothing of the bounty, and stops no end of a need."""

from datetime import datetime, timedelta

import pytest
import time_machine

from civic.core.models import Delivery as Queue
from marketplace.exchange.models import BountyGift
from marketplace.exchange.operations import deliveries, needs, payouts
from marketplace.exchange.tasks import end_needs
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import refund_rest
from marketplace.payments.providers import Outcome
from projects.proposals.operations.review import cancel
from tests.exchange.test_crossings import adds_up
from tests.factories import accounts, campaigns, matching
from tests.factories import exchange as made
from tests.factories.exchange import Scene
from tests.role import role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def disputed(gift: BountyGift, at: datetime, word: str = "dispute") -> None:
    """What the bank says of a payment, before anybody has heard of anything else."""
    advance_charge(made.charge_of(gift), Outcome(word), at=at)


def given_back(here: Scene, gift: BountyGift) -> None:
    """By an officer, heard, and then in dispute."""
    refund_rest(
        actor=matching.finance_officer(), charge=made.charge_of(gift), reason="They asked.", at=here.at
    )
    campaigns.work(here.at)
    disputed(gift, here.at)
    campaigns.work(here.at)


@pytest.mark.parametrize("end", ["withdraw", "cancel", "lapse", "free", "bounty"])
def test_what_was_given_back_stops_no_end_1128_tj1(end: str, at: datetime) -> None:
    here = made.scene(at)
    gift = made.gift(here)
    delivery = made.delivered(here, end) if end in ("free", "bounty") else None
    given_back(here, gift)
    manager = accounts.staff("programme-managers")
    with role():
        if delivery:
            deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
        elif end == "withdraw":
            needs.withdraw_need(actor=here.team, need=here.need, reason="We have it.", at=at)
        elif end == "cancel":
            cancel(actor=manager, project=here.need.project, reason="No.", at=at)
        else:
            with time_machine.travel(at + timedelta(days=22)):
                assert end_needs() == 1
    assert here.now().state == "refunded"
    adds_up(here)


def test_what_was_given_back_and_is_disputed_stops_no_payout_1128_tj1(at: datetime) -> None:
    here = made.scene(at)
    gift = made.gift(here)
    made.gift(here, 30_00)
    delivery = made.delivered(here)
    given_back(here, gift)
    deliveries.accept_delivery(actor=here.team, delivery=delivery, at=at)
    payout = here.now().payout
    payouts.request_payout(actor=matching.finance_officer(), payout=payout, at=at)
    payouts.approve_payout(actor=matching.finance_officer(), payout=payout, at=at)
    assert (payout.state, payout.amount_minor) == ("sent", 30_00)
    campaigns.work(at)
    adds_up(here)


@pytest.mark.parametrize("end", ["win", "lose"])
@pytest.mark.parametrize("gifts", [1, 2])
def test_a_dispute_that_comes_before_its_refund_is_heard_1128_tj2(gifts: int, end: str, at: datetime) -> None:
    """Of one gift: the other is given back meanwhile, and nothing is tried in vain until the bank has decided."""
    here = made.scene(at)
    all_of_it = [made.gift(here) for _n in range(gifts)]
    needs.withdraw_need(actor=here.team, need=here.need, reason="We have it.", at=at)
    disputed(all_of_it[0], at)
    campaigns.work(at)
    assert not Queue.objects.exclude(last_error="").exists()
    assert here.now().state == "refunded"
    for gift in all_of_it:
        gift.refresh_from_db()
        assert gift.state == "returned"
    disputed(all_of_it[0], at, end)
    campaigns.work(at + timedelta(days=1))
    assert not Queue.objects.exclude(last_error="").exists()
    all_of_it[0].refresh_from_db()
    assert all_of_it[0].state == ("lost" if end == "lose" else "returned")
    adds_up(here)
