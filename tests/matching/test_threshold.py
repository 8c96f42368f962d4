"""A sum that enough backers unlock: set aside, guaranteed, locked again, taken back."""

from datetime import datetime

import pytest

from civic.core.errors import Conflict
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import totals
from marketplace.matching.operations import closing, matching
from marketplace.matching.states import AllocationState
from tests.factories import accounts
from tests.factories import matching as made
from tests.factories.matching import figures, threshold_fund

pytestmark = pytest.mark.django_db


def test_a_threshold_is_set_aside_and_guaranteed_once_enough_people_give(at: datetime) -> None:
    fund = threshold_fund(at)
    allocation = made.enrolled(fund, at)
    assert figures(allocation) == ("reserved", 0, 50_00, 50_00)
    assert made.balances(fund) == {"available": 10_00, "reserved": 50_00}
    giver = accounts.resident()
    for _ in range(2):
        made.gift(allocation.campaign, 5_00, at, giver)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 0
    second = made.gift(allocation.campaign, 5_00, at)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation) == ("reserved", 50_00, 50_00, 0)
    made.fall(second, at)
    assert figures(allocation) == ("reserved", 0, 50_00, 50_00)


def test_a_fund_sets_aside_no_sum_that_it_does_not_have(at: datetime) -> None:
    fund = threshold_fund(at)
    made.enrolled(fund, at)
    with pytest.raises(Conflict):
        made.enrolled(fund, at)
    assert fund.allocations.count() == 1


def test_sums_not_unlocked_by_the_last_day_are_free_again(at: datetime) -> None:
    fund = threshold_fund(at, threshold_minor=30_00)
    locked, unlocked = made.enrolled(fund, at), made.enrolled(fund, at)
    for _ in range(2):
        made.gift(unlocked.campaign, 5_00, at)
    matching.match_campaign(unlocked.campaign, at)
    assert closing.end_due(fund.freezes_at) == 1
    assert closing.end_due(fund.freezes_at) == 0
    assert figures(locked)[0] == AllocationState.RELEASED
    assert figures(unlocked)[:2] == ("reserved", 30_00)
    assert made.balances(fund) == {"available": 30_00, "reserved": 30_00}


def test_success_frees_a_sum_that_was_not_unlocked(at: datetime) -> None:
    fund = threshold_fund(at)
    allocation = made.enrolled(fund, at)
    matching.commit_match(allocation.campaign, at)
    assert figures(allocation) == ("released", 0, 0, 0)
    assert made.balances(fund) == {"available": 60_00}


def test_a_sum_that_is_not_unlocked_yet_is_an_estimate_of_its_campaign(at: datetime) -> None:
    allocation = made.enrolled(threshold_fund(at), at)
    assert totals.counted(allocation.campaign)["match_estimated_minor"] == 50_00
    for _ in range(2):
        made.gift(allocation.campaign, 5_00, at)
    matching.match_campaign(allocation.campaign, at)
    found = totals.counted(allocation.campaign)
    assert (found["match_guaranteed_minor"], found["match_estimated_minor"]) == (50_00, 0)


@pytest.mark.parametrize("counted", [True, False])
def test_only_who_counted_is_a_backer_after_erasure_m2(at: datetime, counted: bool) -> None:
    """One backer is refunded; another has erased the account, and counted before, or never did."""
    allocation = made.enrolled(threshold_fund(at), at)
    gone, stays = (made.gift(allocation.campaign, 5_00, at) for _ in range(2))
    stranger = made.gift(allocation.campaign, 60_00, at, person=None if counted else accounts.person())
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 50_00
    assert stays.person
    # As an erasure leaves it.
    Pledge.objects.filter(pk=stranger.pk).update(person=None)
    made.fall(gone, at)
    assert figures(allocation)[1] == (50_00 if counted else 0)


@pytest.mark.parametrize("counted", [True, False])
def test_after_success_nobody_takes_the_place_of_who_counted_m2(at: datetime, counted: bool) -> None:
    allocation = made.enrolled(threshold_fund(at), at, made.open_campaign(at, rule=Campaign.Rule.KEEP))
    gone, _stays = (made.gift(allocation.campaign, 5_00, at) for _ in range(2))
    made.gift(allocation.campaign, 60_00, at, person=None if counted else accounts.person())
    matching.match_campaign(allocation.campaign, at)
    matching.commit_match(allocation.campaign, at)
    Campaign.objects.filter(pk=allocation.campaign_id).update(state="succeeded")
    Pledge.objects.filter(pk=gone.pk).update(state="cancelled", method=None)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == (50_00 if counted else 0)
