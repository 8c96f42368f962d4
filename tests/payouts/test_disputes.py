"""A payer's dispute: payouts stop, and what it costs is borne by the campaign as far as it can."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from civic.core import clock, events
from civic.core.errors import Conflict
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import PledgeState
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.providers import demo
from marketplace.payouts.models import Hold, Payout
from marketplace.payouts.operations import holds, payouts
from marketplace.payouts.queries import why_held
from tests.factories import accounts, campaigns, payments
from tests.factories import matching as made

pytestmark = pytest.mark.django_db


def paid_campaign(at: datetime) -> tuple[Campaign, Pledge, Charge]:
    """A campaign that succeeded with a matched pledge of 25, which was paid, and 75 more."""
    fund = made.fund(at)
    kept: list[Any] = []

    def prepare(campaign: Campaign) -> None:
        giver = accounts.resident()
        pledge = campaigns.pledge(campaign, giver, 25_00, state=PledgeState.COLLECTED, at=at)
        events.record("pledge.succeeded", actor=giver, subject=pledge, at=at)
        account = campaign.account("held")
        charge = payments.paid(25_00, purpose=pledge.purpose, account=account, payer=giver)
        made.enrolled(fund, at, campaign)
        kept.extend([pledge, charge])

    campaign = made.succeeded(at, 75_00, allocations=[prepare])
    return campaign, kept[0], kept[1]


def dispute(charge: Charge, status: str = DemoPayment.Status.DISPUTED) -> None:
    """What the payer's bank does, and everybody who hears of it."""
    demo.dispute(charge, status)
    now = clock.now() + timedelta(seconds=1)
    payments.work(now)
    while events.deliver_pending(at=now + timedelta(days=1)):
        pass
    charge.refresh_from_db()


def test_while_a_dispute_runs_nothing_is_paid_out(clock_at: Any, at: datetime) -> None:
    campaign, _pledge, charge = paid_campaign(at)
    payout = payouts.plan_payouts(made.accepted(campaign.project)[0], at)[0]
    dispute(charge)
    hold = Hold.objects.get()
    assert (hold.kind, hold.key, hold.lifted_at) == ("dispute", str(charge.pk), None)
    over = payout.not_before
    with pytest.raises(Conflict):
        payouts.request_payout(actor=made.finance_officer(), payout=payout, at=over)
    with pytest.raises(Conflict):
        holds.clear(actor=made.finance_officer(), hold=hold, reason="I want to.", at=over)
    dispute(charge, DemoPayment.Status.WON)
    assert not why_held(campaign)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=over)
    payments.assert_whole()


def test_a_lost_dispute_is_borne_by_the_campaign_and_takes_the_match(clock_at: Any, at: datetime) -> None:
    campaign, pledge, charge = paid_campaign(at)
    allocation = campaign.allocations.get()
    assert (allocation.state, allocation.amount_minor) == ("committed", 25_00)
    dispute(charge)
    dispute(charge, DemoPayment.Status.LOST)
    pledge.refresh_from_db()
    allocation.refresh_from_db()
    assert pledge.state == PledgeState.DROPPED
    assert allocation.amount_minor == 0
    found = payments.balances()
    assert found[campaign.account("committed")] == 75_00
    assert "losses" not in found
    assert not why_held(campaign)
    payments.assert_whole()


def test_what_was_paid_out_already_stays_a_loss(clock_at: Any, at: datetime) -> None:
    campaign, _pledge, charge = paid_campaign(at)
    plan = made.accepted(campaign.project, count=2)
    later, officer, other = at + timedelta(days=8), made.finance_officer(), made.finance_officer()
    for milestone in plan:
        payout = payouts.plan_payouts(milestone, at)[0]
        payouts.request_payout(actor=officer, payout=payout, at=later)
        payouts.approve_payout(actor=other, payout=payout, at=later)
    dispute(charge)
    dispute(charge, DemoPayment.Status.LOST)
    assert payments.balances()["losses"] == 25_00
    payments.assert_whole()


def test_a_loss_is_borne_once(clock_at: Any, at: datetime) -> None:
    from marketplace.payouts.operations import disputes

    campaign, _pledge, charge = paid_campaign(at)
    # Both steps come before anybody heard of the first: the whole of it is a loss of the city.
    demo.dispute(charge)
    demo.dispute(charge, DemoPayment.Status.LOST)
    payments.work(clock.now() + timedelta(seconds=1))
    with transaction.atomic():
        assert payments.balances()["losses"] == 25_00
    for _ in range(2):
        disputes.lose_dispute(charge, clock.now())
    found = payments.balances()
    assert "losses" not in found
    assert found[campaign.account("committed")] == 75_00


def test_late_news_of_a_dispute_that_was_decided_holds_nothing(clock_at: Any, at: datetime) -> None:
    from marketplace.payouts.operations import disputes

    campaign, _pledge, charge = paid_campaign(at)
    for status in (DemoPayment.Status.DISPUTED, DemoPayment.Status.WON):
        demo.dispute(charge, status)
    payments.work(clock.now() + timedelta(seconds=1))
    disputes.win_dispute(charge, clock.now())
    disputes.open_dispute(charge, clock.now())
    assert not Hold.objects.filter(campaign=campaign, lifted_at=None).exists()


def test_payouts_that_wait_for_approval_are_asked_for_anew_after_a_dispute(
    clock_at: Any, at: datetime
) -> None:
    campaign, _pledge, charge = paid_campaign(at)
    officer, other, later = made.finance_officer(), made.finance_officer(), at + timedelta(days=8)
    milestones = made.accepted(campaign.project, count=2)
    both = [payout for milestone in milestones for payout in payouts.plan_payouts(milestone, at)]
    for payout in both:
        payouts.request_payout(actor=officer, payout=payout, at=later)
    assert made.balances(campaign) == {"released": 125_00}
    dispute(charge)
    assert set(Payout.objects.values_list("state", "released_at", "attempt")) == {("planned", None, 2)}
    dispute(charge, DemoPayment.Status.LOST)
    # All of it was still in the house: the project bears it, with the match that came for it.
    assert "losses" not in payments.balances()
    assert made.balances(campaign) == {"committed": 75_00}
    for payout in both:
        payout.refresh_from_db()
        payouts.request_payout(actor=officer, payout=payout, at=later)
        payouts.approve_payout(actor=other, payout=payout, at=later)
    assert sum(Payout.objects.values_list("amount_minor", flat=True)) == 75_00
    assert made.balances(campaign) == {}
    payments.assert_whole()
