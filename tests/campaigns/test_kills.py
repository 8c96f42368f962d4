"""Real processes, killed with SIGKILL at every SQL statement of a close, a collection and a refund of everybody."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from marketplace.campaigns.models import Campaign
from marketplace.campaigns.operations import closing, collection
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge, Refund
from tests.factories import payments
from tests.factories.campaigns import keep_going, open_campaign, promise
from tests.payments.test_kills import fork, was_killed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow_fault,
    pytest.mark.usefixtures("clock_at"),
]
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
PLEDGES = 3


def kill_at_each_step(work: Callable[[], object], *, every: int = 3) -> int:
    """Lets process after process do the same work, each killed a few steps later, until one gets to its end."""
    for killed, step in enumerate(range(1, 2000, every)):
        if not was_killed(fork(work, kill_at=step)):
            return killed
    raise AssertionError("the work never came to its end")


def ready(goal_minor: int) -> Campaign:
    """A campaign with three promises of ten euros each, at its end."""
    campaign = open_campaign(at=AT, goal_minor=goal_minor)
    for _number in range(PLEDGES):
        promise(campaign, 10_00, at=AT)
    return campaign


def test_a_close_and_a_collection_that_are_killed_go_on_where_they_were() -> None:
    campaign = ready(goal_minor=30_00)
    end = campaign.ends_at
    killed = kill_at_each_step(lambda: closing.close(campaign=campaign, at=end))
    killed += kill_at_each_step(lambda: collection.collect_due(at=end))
    assert Charge.objects.count() == PLEDGES
    keep_going(end)
    campaign.refresh_from_db()
    print(f"\nclose and collect: {killed} kills, {Charge.objects.count()} charges for {PLEDGES} pledges")
    assert campaign.state == CampaignState.SUCCEEDED
    assert payments.balances() == {"provider/demo": 30_00, campaign.account("committed"): 30_00}


def test_refunds_of_everybody_that_are_killed_go_on_where_they_were() -> None:
    campaign = ready(goal_minor=30_00)
    end = campaign.ends_at
    closing.close(campaign=campaign, at=end)
    collection.collect_due(at=end)
    payments.work(end.replace(hour=23))
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CANCELLED)
    killed = kill_at_each_step(lambda: collection.fail_due(at=end))
    keep_going(end)
    print(f"\ngive back: {killed} kills, {Refund.objects.count()} refunds for {PLEDGES} payments")
    assert Refund.objects.count() == PLEDGES
    assert set(campaign.pledges.values_list("state", flat=True)) == {PledgeState.CAMPAIGN_FAILED}
    assert payments.balances() == {}
