"""What an accepted milestone is paid: its part and its share of the match, and what comes late."""

from datetime import datetime, timedelta

import pytest

from civic.core import events
from civic.core.money import Money
from marketplace.campaigns.models import Campaign
from marketplace.matching.operations import closing, quadratic_allocation
from marketplace.payments.models import Transfer
from marketplace.payments.operations import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payouts.models import Payout
from marketplace.payouts.operations import payouts
from projects.delivery.operations import milestone_steps
from projects.delivery.states import MilestoneState
from tests.factories import accounts, delivery, payments
from tests.factories import matching as made
from tests.payouts.test_payouts import fresh

pytestmark = pytest.mark.django_db


def test_an_accepted_milestone_plans_its_payout_and_brings_the_match(at: datetime) -> None:
    fund = made.fund(at)

    def matched(campaign: Campaign) -> None:
        made.gift(campaign, 20_00, at)
        made.enrolled(fund, at, campaign)

    campaign = made.succeeded(at, 100_00, allocations=[matched])
    assert made.balances(fund) == {"available": 980_00, "committed": 20_00}
    milestone = campaign.project.milestones.get(number=1)
    steward = accounts.staff("programme-managers")
    delivery.evidence(milestone)
    type(milestone).objects.filter(pk=milestone.pk).update(state=MilestoneState.SUBMITTED)
    milestone_steps.accept(actor=steward, milestone=milestone, reason="All there.", at=at)
    for _ in range(2):
        events.deliver_pending(at=at)
    payout = Payout.objects.get()
    assert payout.amount == Money(36_00, "EUR")
    assert made.balances(fund) == {"available": 980_00}
    assert made.balances(campaign) == {"committed": 120_00}
    assert payout.not_before == at + timedelta(days=7)
    assert payout.state == "planned"


def test_the_last_milestone_takes_the_rest_and_no_cent_is_lost(at: datetime) -> None:
    campaign = made.succeeded(at, 100_01, shares=(3_333, 3_333, 3_334))
    plan = made.accepted(campaign.project, count=3)
    amounts = [payouts.plan_payouts(milestone, at)[0].amount_minor for milestone in plan]
    assert sum(amounts) == 100_01
    assert amounts == [33_33, 33_33, 33_35]


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 10_001), ("KWD", 10_000_001)])
def test_currencies_of_no_and_three_decimals(at: datetime, currency: str, minor: int) -> None:
    campaign = made.succeeded(at, minor, currency=currency, shares=(3_333, 3_333, 3_334))
    plan = made.accepted(campaign.project, count=3)
    assert sum(payouts.plan_payouts(milestone, at)[0].amount_minor for milestone in plan) == minor


def test_money_that_comes_late_follows_with_the_next_payout_or_as_a_part_of_the_last(at: datetime) -> None:
    campaign = made.succeeded(at, 100_00, shares=(5_000, 5_000))
    plan = made.accepted(campaign.project, count=2)
    first, last = (payouts.plan_payouts(milestone, at)[0] for milestone in plan)
    late = at + timedelta(days=8)
    _arrives(campaign, 10_00, late)
    officer = made.finance_officer()
    for payout in (first, last):
        payouts.request_payout(actor=officer, payout=payout, at=late)
    assert fresh(first).amount_minor + fresh(last).amount_minor == 110_00
    assert payouts.plan_rest(campaign, late) is None
    _arrives(campaign, 3_00, late)
    rest = payouts.plan_rest(campaign, late)
    assert rest is not None
    assert (rest.part, rest.amount_minor, rest.milestone_id) == (2, 3_00, plan[1].pk)
    assert payouts.plan_rest(campaign, late) is None


def _arrives(campaign: object, minor: int, at: datetime) -> None:
    from marketplace.campaigns.operations import postings

    made.pay_in(campaign, minor, at)  # type: ignore[arg-type]
    postings.balance_held(campaign, at)  # type: ignore[arg-type]


def _shared_out_after_acceptance(at: datetime) -> Payout:
    """A payout planned for 100, whose campaign gets 50 more of a quadratic fund before it is requested."""
    shared = made.fund(at, rule="quadratic")

    def crowd(campaign: Campaign) -> None:
        made.enrolled(shared, at, campaign)
        for _ in range(2):
            made.gift(campaign, 25_00, at)

    payout = made.planned(at + timedelta(days=8), allocations=[crowd], shares=(10_000,))
    closing.end_due(shared.freezes_at)
    shared.refresh_from_db()
    over = shared.freezes_at + timedelta(days=14)
    quadratic_allocation.settle(actor=made.finance_officer(), fund=shared, at=over)
    assert made.balances(shared) == {"available": 950_00, "committed": 50_00}
    return payout


def test_a_share_that_comes_after_the_acceptance_is_paid_out_with_it_m26(at: datetime) -> None:
    payout = _shared_out_after_acceptance(at)
    late = at + timedelta(days=60)
    payouts.request_payout(actor=made.finance_officer(), payout=payout, at=late)
    assert payout.amount_minor == 150_00
    assert made.balances(payout.campaign) == {"released": 150_00}


def test_a_payout_takes_what_is_there_while_another_of_its_campaign_comes_back_m26(at: datetime) -> None:
    """Between the transfer that came back and the news of it the same money lies on released and counts as gone."""
    sent = made.sent(at, shares=(8_000, 2_000))
    transfer = Transfer.objects.get()
    payments.work(at)
    events.deliver_pending(at=at)
    other = payouts.plan_payouts(made.accepted(sent.campaign.project, count=2)[1], at - timedelta(days=8))[0]
    transfer.refresh_from_db()
    advance_transfer(transfer, Outcome("reverse", failure="account closed"), at=at)
    payouts.request_payout(actor=made.finance_officer(), payout=other, at=at)
    assert fresh(other).amount_minor == 20_00
    payments.assert_whole()
