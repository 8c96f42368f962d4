"""What the database refuses of the tables of needs, whoever writes, or where nothing has told of it."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from civic.core import events
from marketplace.exchange.models import BountyGift, BountyPayout, DataNeed, Delivery, Offer
from marketplace.exchange.operations import deliveries, payouts
from tests.factories import campaigns, matching
from tests.factories import exchange as made
from tests.role import role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_a_gift_is_paid_by_a_payment_alone_1128_az12(at: datetime) -> None:
    here = made.scene(at)
    gift = made.started(here, 1_000_00)
    events.record(
        "bounty_gift.paid", actor=None, subject=gift, at=at, payload={"from": "started", "to": "paid"}
    )
    with pytest.raises(IntegrityError, match="gift_is_paid"), transaction.atomic():
        BountyGift.objects.filter(pk=gift.pk).update(state="paid")


def test_a_need_is_accepted_by_its_checks_and_not_by_their_word_1128_az12(at: datetime) -> None:
    here = made.scene(at)
    made.revision(here.dataset, at, {"fields": made.SCHEMA["fields"][:2]})
    delivery = made.delivered(here)
    moved = {"from": "delivered", "to": "accepted"}
    events.record("data_need.accepted", actor=None, subject=here.need, at=at, payload=moved)
    Delivery.objects.filter(pk=delivery.pk).update(
        answer="accepted", answered_at=at, answered_by=here.team, checks=[{"passed": True}]
    )
    with pytest.raises(IntegrityError, match="need_step"), transaction.atomic():
        DataNeed.objects.filter(pk=here.need.pk).update(state="accepted")


def test_moments_and_words_of_a_need_are_told_1128_az12(at: datetime) -> None:
    here = made.scene(at)
    gift = made.gift(here)
    made.accepted(here)
    earlier = at - timedelta(days=60)
    changes = [
        (DataNeed, {"deadline": here.need.deadline + timedelta(days=900)}),
        (DataNeed, {"reason": "They cheat."}),
        (BountyPayout, {"attempt": 6}),
        *((model, {"state_since": earlier}) for model in (DataNeed, BountyGift, Offer, BountyPayout)),
    ]
    with role():
        for model, change in changes:
            with pytest.raises(DatabaseError, match=r"untold|since its step"), transaction.atomic():
                model.objects.update(**change)
    gift.refresh_from_db()
    assert gift.state == "paid"


def test_the_attempt_of_a_bounty_is_told_1128_tj3(at: datetime) -> None:
    """Moved by itself, the news of its transfer would find no payout; by the verbs it moves as often as is needed."""
    here = made.scene(at)
    made.gift(here)
    first, second = matching.finance_officer(), matching.finance_officer()
    payout = made.accepted(here)
    assert payout
    with role():
        payouts.request_payout(actor=first, payout=payout, at=at)
        payouts.send_back(actor=second, payout=payout, reason="Not yet.", at=at)
        for fails in (True, False):
            payouts.request_payout(actor=first, payout=payout, at=at)
            payouts.approve_payout(actor=second, payout=payout, at=at)
            with pytest.raises(DatabaseError, match="untold"), transaction.atomic():
                BountyPayout.objects.filter(pk=payout.pk).update(attempt=payout.attempt + 1)
            if fails:
                made.news(payout, "fail", at)
                payout.refresh_from_db()
                assert payout.state == "failed"
    campaigns.work(at)
    payout.refresh_from_db()
    assert (payout.state, payout.attempt, here.now().state) == ("settled", 3, "paid")


def test_an_answer_is_somebodys_1128_az12(at: datetime) -> None:
    """What the verbs do the role may do: a return on the last day moves the deadline, and says so."""
    here = made.scene(at)
    delivery = made.delivered(here)
    with role():
        events.record("data_delivery.accepted", actor=None, subject=delivery, at=at)
        with pytest.raises(DatabaseError, match="who gave this answer"), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(answer="accepted", answered_at=at)
        last = at + timedelta(days=20)
        deliveries.return_delivery(actor=here.team, delivery=delivery, reason="A street lacks.", at=last)
    assert here.now().deadline == (last + timedelta(days=14)).date()
