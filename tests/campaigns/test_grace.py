"""The days after the end of a campaign in which whose card failed can still pay."""

from datetime import datetime, timedelta

import pytest

from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import closing, collection
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge, DemoPayment, Refund
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import accounts, matching, payments
from tests.factories.campaigns import (
    end,
    keep_going,
    open_campaign,
    promise,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def states(campaign: Campaign) -> dict[int, str]:
    return dict(campaign.pledges.values_list("amount_minor", "state"))


def test_cards_that_fail_have_seven_days_and_then_the_goal_is_missed(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 60_00, at=at)
    declined = promise(campaign, 40_00, at=at, behaviour="declines")
    closed = end(campaign)
    assert campaign.state == CampaignState.COLLECTING
    assert states(campaign) == {60_00: PledgeState.COLLECTED, 40_00: PledgeState.NEEDS_PAYER}
    assert (campaign.total.pledged_minor, campaign.total.collected_minor) == (40_00, 60_00)
    keep_going(closed + timedelta(days=6, hours=23))
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.COLLECTING
    keep_going(closed + timedelta(days=7))
    campaign.refresh_from_db()
    declined.refresh_from_db()
    assert (campaign.state, declined.state) == (CampaignState.MISSED, PledgeState.DROPPED)
    assert payments.balances() == {}
    assert Refund.objects.get().amount_minor == 60_00


@pytest.mark.parametrize(
    ("goal", "paid", "declined", "state", "there"),
    [
        (150_00, 60_00, 40_00, CampaignState.MISSED, 0),
        (120_00, 60_00, 40_00, CampaignState.SUCCEEDED, 120_00),
        (1001_00, 1_00, 1000_00, CampaignState.MISSED, 0),
    ],
)
def test_a_match_of_cards_that_failed_reaches_no_goal_m1(
    at: datetime, goal: int, paid: int, declined: int, state: str, there: int
) -> None:
    campaign = open_campaign(at=at, goal_minor=goal)
    allocation = matching.enrolled(matching.fund(at), at, campaign)
    promise(campaign, paid, at=at, person=accounts.resident())
    promise(campaign, declined, at=at, person=accounts.resident(), behaviour="declines")
    keep_going(end(campaign) + timedelta(days=7))
    campaign.refresh_from_db()
    assert campaign.state == state
    allocation.refresh_from_db()
    assert allocation.amount_minor == there - (paid if there else 0)
    bound = [minor for code, minor in payments.balances().items() if code.endswith("/committed")]
    assert sum(bound) == there
    payments.assert_whole()


def test_somebody_pays_in_the_grace_by_another_card(at: datetime) -> None:
    campaign, person = open_campaign(at=at), accounts.person()
    promise(campaign, 60_00, at=at)
    declined = promise(campaign, 40_00, at=at, behaviour="declines", person=person)
    closed = end(campaign)
    again = collection.pay_now(actor=person, pledge=declined, at=closed)
    assert collection.pay_now(actor=person, pledge=declined, at=closed) == again
    work(closed)
    payments.decide(again, DemoPayment.Status.PAID)
    keep_going(closed + timedelta(hours=1))
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SUCCEEDED
    assert payments.balances()[campaign.account("committed")] == 100_00


def test_a_second_step_of_the_bank_needs_the_person_and_then_counts(at: datetime) -> None:
    campaign, person = open_campaign(at=at), accounts.person()
    asks = promise(campaign, 100_00, at=at, behaviour="asks", person=person)
    closed = end(campaign)
    asks.refresh_from_db()
    assert asks.state == PledgeState.NEEDS_PAYER
    charge = collection.pay_now(actor=person, pledge=asks, at=closed)
    assert charge.state == "needs_payer"
    payments.decide(charge, DemoPayment.Status.PAID)
    keep_going(closed + timedelta(hours=1))
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SUCCEEDED


def test_reminders_come_once_each_on_days_1_4_and_6(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 100_00, at=at, behaviour="declines")
    closed = end(campaign)
    sent = []
    for hours in range(0, 7 * 24, 6):
        moment = closed + timedelta(hours=hours)
        sent += [hours // 24] * collection.remind_due(at=moment)
    assert sent == [1, 4, 6]


def test_money_that_comes_after_the_grace_is_kept_by_a_success_and_given_back_by_a_miss(at: datetime) -> None:
    for goal, state in ((50_00, CampaignState.SUCCEEDED), (100_00, CampaignState.MISSED)):
        campaign = open_campaign(at=at, goal_minor=goal)
        promise(campaign, 60_00, at=at)
        late = promise(campaign, 40_00, at=at, behaviour="slow")
        closed = end(campaign)
        over = closed + timedelta(days=7)
        closing.settle(campaign=campaign, at=over)
        charge = Charge.objects.get(purpose=late.purpose)
        assert charge.state == "processing"
        DemoPayment.objects.filter(target=charge.pk).update(status=DemoPayment.Status.PAID)
        advance_charge(charge, Outcome("succeed"), at=over)
        keep_going(over)
        keep_going(over)
        campaign.refresh_from_db()
        late.refresh_from_db()
        assert campaign.state == state
        kept = state == CampaignState.SUCCEEDED
        assert late.state == (PledgeState.COLLECTED if kept else PledgeState.DROPPED)
        accounts_left = {
            code: minor for code, minor in payments.balances().items() if code.startswith("camp")
        }
        assert accounts_left.get(campaign.account("committed"), 0) == (100_00 if kept else 0)
        assert campaign.account("held") not in accounts_left
    payments.assert_whole()
