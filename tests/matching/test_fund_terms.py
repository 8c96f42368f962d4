"""What one person can take of a fund, and what one person alone cannot do with it."""

from datetime import datetime

import pytest

from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.campaigns.operations import totals
from marketplace.matching.operations import challenges, exclusions, matching, quadratic_allocation
from tests.factories import matching as made
from tests.factories import payments
from tests.matching.test_quadratic import raised
from tests.matching.test_settlement import DAYS, amount, crowd, frozen, gifts, quadratic_fund, shared_out

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ what one person can take
def test_one_pledge_that_will_not_be_paid_does_not_empty_a_fund_m15(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    made.gift(allocation.campaign, 9_000_000_000_000, at)
    honest = made.enrolled(fund, at)
    made.gift(honest.campaign, 200_00, at)
    for one in (allocation, honest):
        matching.match_campaign(one.campaign, at)
    assert (amount(allocation), amount(honest)) == (500_00, 200_00)


def test_a_cap_that_is_named_is_kept_m15(at: datetime) -> None:
    fund = made.fund(at, person_cap_minor=900_00, project_cap_minor=950_00)
    assert (fund.person_cap_minor, fund.project_cap_minor) == (900_00, 950_00)
    assert quadratic_fund(at).project_cap_minor is None


def test_a_gift_that_was_matched_in_part_is_topped_up_when_money_comes_free(at: datetime) -> None:
    fund = made.fund(at, holds=30_00)
    allocation, other = made.enrolled(fund, at), made.enrolled(fund, at)
    made.gift(other.campaign, 20_00, at)
    matching.match_campaign(other.campaign, at)
    made.gift(allocation.campaign, 25_00, at)
    matching.match_campaign(allocation.campaign, at)
    assert amount(allocation) == 10_00
    made.fall(other.campaign.pledges.get(), at)
    for _ in range(3):
        events.deliver_pending(at=at)
    assert amount(allocation) == 25_00
    made.deposit(fund, 1_00, at)
    events.deliver_pending(at=at)
    assert made.balances(fund) == {"available": 6_00, "reserved": 25_00}
    payments.assert_whole()


# ------------------------------------------------------------------ one alone
def test_a_quadratic_fund_can_be_challenged_for_some_days_m30(at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        quadratic_fund(at, challenge_days=0)
    assert "challenge_days" in refused.value.fields
    assert made.fund(at, challenge_days=0).challenge_days == 0


def test_who_set_a_fund_up_does_not_share_it_out_m30(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    frozen(fund)
    with pytest.raises(Forbidden):
        quadratic_allocation.settle(actor=fund.made_by, fund=fund, at=fund.freezes_at + 14 * DAYS)
    shared_out(fund)
    assert totals.counted(allocation.campaign)["match_guaranteed_minor"] == 50_00


def test_a_challenge_is_right_once_something_is_corrected_m30(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00, 25_00)
    frozen(fund)
    first, second, officer = raised(fund), raised(fund), made.finance_officer()
    digest, late = fund.input_digest, fund.freezes_at + 2 * DAYS
    uphold = {"actor": officer, "reason": "Is true.", "at": late}
    with pytest.raises(Conflict):
        challenges.uphold(challenge=first, **uphold)
    first.refresh_from_db()
    fund.refresh_from_db()
    assert (first.state, fund.input_digest) == ("open", digest)
    person = gifts(allocation)[0].person
    exclusions.exclude(actor=officer, campaign=allocation.campaign, person=person, reason="x", at=late)
    # Both meant the same: the second finds it corrected.
    challenges.uphold(challenge=first, **uphold)
    challenges.uphold(challenge=second, **uphold)
