"""What becomes of a match at a campaign's end and after it, and what of it counts for the goal."""

from datetime import datetime

import pytest

from civic.core.states import transition
from marketplace.campaigns.operations import totals
from marketplace.matching.models import MatchLine
from marketplace.matching.operations import matching
from tests.factories import matching as made
from tests.factories import payments
from tests.factories.matching import figures, threshold_fund

pytestmark = pytest.mark.django_db


def test_success_commits_and_the_first_payout_pays(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    made.gift(allocation.campaign, 25_00, at)
    matching.match_campaign(allocation.campaign, at)
    for _ in range(2):
        matching.commit_match(allocation.campaign, at)
    assert figures(allocation)[:3] == ("committed", 25_00, 25_00)
    assert made.balances(fund) == {"available": 975_00, "committed": 25_00}
    for _ in range(2):
        matching.pay_match(allocation.campaign, at)
    assert figures(allocation)[0] == "paid"
    assert made.balances(fund) == {"available": 975_00}
    assert made.balances(allocation.campaign) == {"committed": 25_00}
    payments.assert_whole()


def test_what_fell_away_unheard_of_is_not_committed(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    pledge = made.gift(allocation.campaign, 25_00, at)
    made.gift(allocation.campaign, 10_00, at)
    matching.match_campaign(allocation.campaign, at)
    type(pledge).objects.filter(pk=pledge.pk).update(state="cancelled", method=None)
    matching.commit_match(allocation.campaign, at)
    assert figures(allocation)[:2] == ("committed", 10_00)


def test_a_missed_goal_gives_everything_back(at: datetime) -> None:
    fund, other = made.fund(at), threshold_fund(at)
    campaign = made.enrolled(fund, at).campaign
    made.enrolled(other, at, campaign)
    made.gift(campaign, 25_00, at)
    matching.match_campaign(campaign, at)
    for _ in range(2):
        matching.release_match(campaign, at)
    assert made.balances(fund) == {"available": 1_000_00}
    assert made.balances(other) == {"available": 60_00}
    assert not MatchLine.objects.filter(released_at=None).exists()


def test_a_refund_after_success_takes_its_match_back(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    committed, paid = (made.gift(allocation.campaign, 25_00, at) for _ in range(2))
    matching.match_campaign(allocation.campaign, at)
    matching.commit_match(allocation.campaign, at)
    matching.reverse_match(committed, at)
    assert made.balances(fund) == {"available": 975_00, "committed": 25_00}
    matching.pay_match(allocation.campaign, at)
    matching.reverse_match(paid, at)
    assert made.balances(fund) == {"available": 1_000_00}
    assert made.balances(allocation.campaign) == {}
    payments.assert_whole()


def test_a_match_counts_as_far_as_the_gifts_stand_that_brought_it(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at), at)
    gone, _kept = (made.gift(allocation.campaign, minor, at) for minor in (20_00, 30_00))
    matching.match_campaign(allocation.campaign, at)
    assert totals.secured(allocation.campaign) == 50_00
    # The news of it has not been heard: the match is still there, and nothing that it came for.
    transition(gone, "cancel", actor=None, at=at)
    assert totals.secured(allocation.campaign) == 30_00
    assert figures(allocation)[1] == 50_00
