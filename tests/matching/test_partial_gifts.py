"""A gift that went back in part counts with what stands: before the freeze, in the input, at the settlement."""

from datetime import datetime, timedelta

import pytest

from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import matching, quadratic_allocation
from marketplace.matching.queries.previews import match_preview
from marketplace.payments.models import Charge
from marketplace.payments.operations import refund_part
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.factories.campaigns import work
from tests.matching.test_settlement import (
    assert_recomputes,
    crowd,
    frozen,
    gifts,
    paid,
    quadratic_fund,
    shared_out,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def pay(allocation: Allocation, at: datetime) -> list[Charge]:
    """The gifts of a campaign, paid."""
    return [paid(pledge, at) for pledge in gifts(allocation)]


def give_back(charge: Charge, cents: int, at: datetime) -> None:
    refund_part(
        actor=made.finance_officer(),
        charge=charge,
        amount=payments.euro(cents),
        token=str(cents),
        reason="Asked for it.",
        at=at,
    )
    work(at)


def rows(fund: MatchFund) -> list[int]:
    """What counts of each giver by the published input, the smallest first."""
    document = fund.published_input
    struck = set(document.get("struck", []))
    return sorted(minor for place, (_c, _b, minor) in enumerate(document["gifts"]) if place not in struck)


def test_before_the_freeze_the_estimate_and_the_preview_count_what_stands(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation, other = crowd(fund, at, 25_00, 25_00), crowd(fund, at, 25_00, 9_00)
    charges = pay(allocation, at)
    give_back(charges[0], 16_00, at)
    quadratic_allocation.estimate(fund, at)
    for one in (allocation, other):
        one.refresh_from_db()
    assert allocation.estimated_minor == other.estimated_minor > 0
    resident, gift = accounts.resident(), payments.euro(4_00)
    shown = [match_preview(one.campaign, gift, resident, at).estimated for one in (allocation, other)]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("when", ["before the freeze", "before the settlement", "afterwards"])
def test_what_went_back_of_a_gift_does_not_count_whenever_it_went(at: datetime, when: str) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    charges = pay(allocation, at)
    if when == "before the freeze":
        give_back(charges[0], 16_00, at)
    frozen(fund)
    if when == "before the freeze":
        # What stood then is frozen: nothing says in public that somebody got money back.
        assert (rows(fund), "struck" in fund.published_input) == ([9_00, 25_00], False)
    later = fund.freezes_at + timedelta(days=1)
    if when == "before the settlement":
        give_back(charges[0], 16_00, later)
    shared_out(fund)
    if when == "afterwards":
        give_back(charges[0], 16_00, fund.freezes_at + timedelta(days=20))
        matching.match_campaign(allocation.campaign, fund.freezes_at + timedelta(days=20))
        fund.refresh_from_db()
    assert_recomputes(fund)
    allocation.refresh_from_db()
    assert rows(fund) == [9_00, 25_00]
    assert allocation.amount_minor == 30_00  # (√9 + √25)² less 9 and 25


def test_a_part_in_dispute_at_the_freeze_counts_with_the_rest_until_it_is_won(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    charges = pay(allocation, at)
    advance_charge(charges[0], Outcome("dispute", amount=payments.euro(16_00)), at=at)
    work(at)
    frozen(fund)
    assert rows(fund) == [9_00, 25_00]
    advance_charge(charges[0], Outcome("win"), at=at)
    work(at)
    shared_out(fund)
    assert rows(fund) == [25_00, 25_00]


def test_a_rest_below_the_least_of_a_fund_unlocks_no_threshold(at: datetime) -> None:
    fund = made.fund(at, rule=MatchFund.Rule.THRESHOLD, threshold_backers=2, threshold_minor=50_00)
    allocation = crowd(fund, at, 25_00, 25_00)
    charges = pay(allocation, at)
    matching.match_campaign(allocation.campaign, at)
    allocation.refresh_from_db()
    assert allocation.amount_minor == 50_00
    give_back(charges[0], 24_99, at)
    allocation.refresh_from_db()
    assert allocation.amount_minor == 0
