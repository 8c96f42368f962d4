"""Payments that are disputed when a campaign is decided, or after it has succeeded."""

from datetime import datetime, timedelta

import pytest

from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing, collection
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge, DemoPayment, Refund
from marketplace.payments.providers import demo
from tests.factories import payments
from tests.factories.campaigns import (
    end,
    keep_going,
    open_campaign,
    promise,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_a_dispute_at_the_end_does_not_count_as_collected(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 60_00, at=at)
    doubtful = promise(campaign, 40_00, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    collection.collect_due(at=campaign.ends_at)
    work(campaign.ends_at)
    demo.dispute(Charge.objects.get(purpose=doubtful.purpose))
    work(campaign.ends_at)
    over = campaign.ends_at + closing.GRACE
    closing.settle(campaign=campaign, at=over)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.MISSED
    keep_going(over)
    assert Refund.objects.get().amount_minor == 60_00
    held = payments.balances()
    assert held[campaign.account("held")] == held["disputed"] == 40_00
    demo.dispute(Charge.objects.get(purpose=doubtful.purpose), DemoPayment.Status.WON)
    keep_going(over + timedelta(days=1))
    assert payments.balances() == {}


def test_a_dispute_after_the_success_holds_the_money_back_and_a_lost_one_drops_the_pledge(
    at: datetime,
) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 60_00, at=at)
    doubtful = promise(campaign, 40_00, at=at)
    closed = end(campaign)
    charge = Charge.objects.get(purpose=doubtful.purpose)
    demo.dispute(charge)
    work(closed)
    assert payments.balances()[campaign.account("committed")] == 60_00
    demo.dispute(charge, DemoPayment.Status.LOST)
    work(closed)
    doubtful.refresh_from_db()
    assert doubtful.state == PledgeState.DROPPED
    assert payments.balances() == {"provider/demo": 60_00, campaign.account("committed"): 60_00}
    assert campaign.total.collected_minor == 60_00


def test_a_dispute_that_is_won_gives_the_money_back_to_the_campaign(at: datetime) -> None:
    campaign = open_campaign(at=at)
    charge = Charge.objects.get(purpose=promise_and_end(campaign, at).purpose)
    for status in (DemoPayment.Status.DISPUTED, DemoPayment.Status.WON):
        demo.dispute(charge, status)
        work(campaign.ends_at)
    assert payments.balances() == {"provider/demo": 100_00, campaign.account("committed"): 100_00}


def promise_and_end(campaign: Campaign, at: datetime) -> Pledge:
    made = promise(campaign, 100_00, at=at)
    end(campaign)
    return made
