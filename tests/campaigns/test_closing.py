"""The end of a campaign: what it is decided on, what is collected, and that everybody else gets their money back."""

from datetime import datetime, timedelta

import pytest

from civic.core.errors import Conflict
from marketplace.campaigns import tasks
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing, collection
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge, DemoPayment, Refund
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, payments
from tests.factories.campaigns import (
    active_pledge,
    end,
    keep_going,
    open_campaign,
    pledge_by,
    promise,
    save_card,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def states(campaign: Campaign) -> dict[int, str]:
    return dict(campaign.pledges.values_list("amount_minor", "state"))


def test_nothing_is_decided_before_the_end(at: datetime) -> None:
    campaign = open_campaign(at=at)
    with pytest.raises(Conflict):
        closing.close(campaign=campaign, at=campaign.ends_at - timedelta(seconds=1))


def test_a_goal_that_is_reached_is_collected_and_belongs_to_the_project(at: datetime) -> None:
    campaign = open_campaign(at=at)
    for cents in (60_00, 40_00):
        promise(campaign, cents, at=at)
    end(campaign)
    campaign.project.refresh_from_db()
    assert (campaign.state, campaign.project.state) == (CampaignState.SUCCEEDED, ProjectState.FUNDED)
    assert set(states(campaign).values()) == {PledgeState.COLLECTED}
    assert payments.balances() == {"provider/demo": 100_00, campaign.account("committed"): 100_00}
    assert (campaign.total.collected_minor, campaign.total.pledged_minor) == (100_00, 0)
    payments.assert_whole()


def test_a_goal_that_is_missed_charges_nobody(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 99_99, at=at)
    end(campaign)
    campaign.project.refresh_from_db()
    assert (campaign.state, campaign.project.state) == (CampaignState.MISSED, ProjectState.UNFUNDED)
    assert states(campaign) == {99_99: PledgeState.CAMPAIGN_FAILED}
    assert not Charge.objects.exists()
    assert payments.balances() == {}


def test_who_paid_before_a_missed_goal_gets_it_back(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 30_00, at=at)
    paid_by_transfer(campaign, 20_00, at)
    end(campaign)
    assert campaign.state == CampaignState.MISSED
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.state) == (20_00, "pending")
    assert payments.balances() == {"bank": 20_00, f"refund/{refund.pk}": 20_00}


def paid_by_transfer(campaign: Campaign, cents: int, at: datetime) -> Pledge:
    """A pledge whose bank transfer has arrived."""
    started = pledge_by(accounts.person(), campaign, cents, at=at, provider="bank")
    work(at)
    charge = Charge.objects.get(pk=started.payment.pk)  # type: ignore[union-attr]
    advance_charge(charge, Outcome("succeed"), at=at)
    work(at)
    started.pledge.refresh_from_db()
    assert started.pledge.state == PledgeState.COLLECTED
    return started.pledge


def test_a_campaign_that_keeps_succeeds_with_whatever_came_and_misses_with_nothing(at: datetime) -> None:
    keeps = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    started = pledge_by(accounts.person(), keeps, 5_00, at=at)
    work(at)
    payments.decide(started.payment, DemoPayment.Status.PAID)  # type: ignore[arg-type]
    work(at)
    end(keeps)
    empty = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    end(empty)
    assert (keeps.state, empty.state) == (CampaignState.SUCCEEDED, CampaignState.MISSED)
    assert payments.balances() == {"provider/demo": 5_00, keeps.account("committed"): 5_00}


def test_the_close_counts_a_card_whose_saving_nobody_has_heard_of_yet(at: datetime) -> None:
    campaign = open_campaign(at=at)
    started = pledge_by(accounts.person(), campaign, 100_00, at=at)
    work(at)
    save_card(started)
    payments.work(at + timedelta(minutes=1))
    closing.close(campaign=campaign, at=campaign.ends_at)
    assert states(campaign) == {100_00: PledgeState.ACTIVE}
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.COLLECTING


def test_what_is_not_finished_at_the_close_is_cancelled(at: datetime) -> None:
    campaign = open_campaign(at=at)
    pledge_by(accounts.person(), campaign, 100_00, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    assert states(campaign) == {100_00: PledgeState.CANCELLED}
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.MISSED


def test_closing_and_settling_again_changes_nothing(at: datetime) -> None:
    campaign = open_campaign(at=at)
    promise(campaign, 100_00, at=at)
    closed = end(campaign)
    before = payments.balances()
    for _again in range(3):
        closing.close(campaign=campaign, at=closed)
        closing.settle(campaign=campaign, at=closed)
        keep_going(closed)
    assert payments.balances() == before


def test_a_collection_that_is_cut_off_goes_on(at: datetime) -> None:
    campaign = open_campaign(at=at)
    for _number in range(5):
        active_pledge(campaign, cents=20_00, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    assert collection.collect_due(at=campaign.ends_at, limit=2) == 2
    assert Charge.objects.count() == 2
    assert collection.collect_due(at=campaign.ends_at) == 3
    assert collection.collect_due(at=campaign.ends_at) == 0
    assert Charge.objects.count() == 5


@pytest.mark.parametrize(("currency", "unit"), [("JPY", 10), ("KWD", 1000)])
def test_currencies_without_and_with_three_decimals(at: datetime, currency: str, unit: int) -> None:
    for goal, state in ((100, CampaignState.SUCCEEDED), (101, CampaignState.MISSED)):
        campaign = open_campaign(at=at, currency=currency, goal_minor=goal * unit, pledge_min_minor=unit)
        for share in (33, 33, 34):
            promise(campaign, share * unit, at=at)
        end(campaign)
        assert campaign.state == state
    succeeded = Campaign.objects.get(state=CampaignState.SUCCEEDED)
    assert payments.balances() == {"provider/demo": 100 * unit, succeeded.account("committed"): 100 * unit}


def test_a_campaign_that_cannot_be_decided_keeps_no_other_from_its_turn(at: datetime) -> None:
    stuck, other = (open_campaign(at=at, goal_minor=10_00) for _ in range(2))
    for campaign in (stuck, other):
        promise(campaign, 20_00, at=at)
        closing.close(campaign=campaign, at=campaign.ends_at)
        collection.collect_due(at=campaign.ends_at)
        work(campaign.ends_at)
    # The rows of an installation that cancelled the project alone.
    Project.objects.filter(pk=stuck.project_id).update(state=ProjectState.CANCELLED)
    assert tasks.settle_due() == 1
    assert [Campaign.objects.get(pk=one.pk).state for one in (stuck, other)] == ["collecting", "succeeded"]
