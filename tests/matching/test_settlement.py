"""A match follows the money and the people that it is for: after the freeze, at the settlement, and after it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.accounts.models import Residency
from civic.core import events
from civic.core.states import transition
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.matching import quadratic
from marketplace.matching.models import Allocation, MatchFund
from marketplace.matching.operations import challenges, closing, exclusions, matching, quadratic_allocation
from marketplace.matching.states import LeftOut
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import accounts, payments, proposals
from tests.factories import matching as made
from tests.matching.test_quadratic import raised

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def quadratic_fund(at: datetime, **terms: Any) -> MatchFund:
    return made.fund(at, rule=MatchFund.Rule.QUADRATIC, **terms)


def crowd(fund: MatchFund, at: datetime, *amounts: int) -> Allocation:
    """A campaign of the fund with a gift of each amount, each by another resident."""
    allocation = made.enrolled(fund, at, ends_at=at + 60 * DAYS, rule=Campaign.Rule.KEEP)
    for minor in amounts:
        made.gift(allocation.campaign, minor, at)
    return allocation


def gifts(allocation: Allocation) -> list[Pledge]:
    return list(Pledge.objects.filter(campaign=allocation.campaign).order_by("pk"))


def frozen(fund: MatchFund) -> MatchFund:
    closing.end_due(fund.freezes_at)
    fund.refresh_from_db()
    return fund


def shared_out(fund: MatchFund) -> MatchFund:
    """After the time to challenge; what is published recomputes to what is given."""
    at = fund.freezes_at + 14 * DAYS
    quadratic_allocation.settle(actor=made.finance_officer(), fund=fund, at=at)
    assert_recomputes(fund)
    return fund


def assert_recomputes(fund: MatchFund) -> None:
    """A stranger comes to the same figures from what is published, and its digest is of that."""
    fund.refresh_from_db()
    document = fund.published_input
    assert document is not None
    assert quadratic.digest(document) == fund.input_digest
    shares = quadratic.recompute(document)
    for allocation in fund.allocations.all():
        assert allocation.amount_minor == shares.get(str(allocation.campaign_id), 0)


def amount(allocation: Allocation) -> int:
    allocation.refresh_from_db()
    return allocation.amount_minor


def changed(pledge: Pledge, minor: int, at: datetime) -> None:
    """As `change_pledge` leaves it, whatever its campaign allows."""
    Pledge.objects.filter(pk=pledge.pk).update(amount_minor=minor)
    pledge.refresh_from_db()
    events.record("pledge.changed", actor=pledge.person, subject=pledge, at=at)


def paid(pledge: Pledge, at: datetime) -> Any:
    """The pledge is collected, by this charge."""
    Pledge.objects.filter(pk=pledge.pk).update(state="collected", collected_at=at)
    return payments.paid(pledge.amount_minor, purpose=pledge.purpose, account=pledge.campaign.account("held"))


# ------------------------------------------------------------------ the freeze
def test_a_gift_raised_after_the_freeze_counts_with_what_it_was_m16(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00, 25_00, 25_00)
    frozen(fund)
    changed(gifts(allocation)[0], 26_00, fund.freezes_at + DAYS)
    shared_out(fund)
    assert amount(allocation) == 300_00


def test_of_a_gift_lowered_after_the_freeze_counts_what_is_left_m16(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    frozen(fund)
    changed(gifts(allocation)[0], 16_00, fund.freezes_at + DAYS)
    shared_out(fund)
    # 2 · √25 · √16
    assert amount(allocation) == 40_00
    assert (fund.published_input or {})["gifts"][-1][2] == 16_00


def test_a_new_gift_after_the_freeze_stands_in_for_none_of_before_m16(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    frozen(fund)
    first = gifts(allocation)[0]
    made.fall(first, fund.freezes_at)
    made.gift(allocation.campaign, 25_00, fund.freezes_at + DAYS, first.person)
    shared_out(fund)
    assert amount(allocation) == 0


def test_frozen_anew_gifts_are_what_they_were_on_the_last_day_m3(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation, other = crowd(fund, at, 1_00, 1_00), crowd(fund, at, 4_00, 4_00, 4_00)
    frozen(fund)
    assert (fund.published_input or {})["pool_minor"] == 1_000_00
    for pledge in gifts(allocation):
        changed(pledge, 500_00, fund.freezes_at + DAYS)
    objection, officer = raised(fund), made.finance_officer()
    late, reason = fund.freezes_at + 2 * DAYS, "They built it."
    exclusions.exclude(
        actor=officer, campaign=other.campaign, person=gifts(other)[0].person, reason=reason, at=late
    )
    challenges.uphold(actor=officer, challenge=objection, reason=reason, at=late)
    quadratic_allocation.settle(actor=made.finance_officer(), fund=fund, at=late + 14 * DAYS)
    assert (amount(allocation), amount(other)) == (2_00, 8_00)
    assert_recomputes(fund)


def test_a_freeze_that_comes_late_takes_gifts_as_they_were_on_the_last_day_m3(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 1_00, 1_00)
    for pledge in gifts(allocation):
        changed(pledge, 500_00, fund.freezes_at + timedelta(minutes=5))
    closing.end_due(fund.freezes_at + timedelta(hours=1))
    fund.refresh_from_db()
    assert [gift[2] for gift in (fund.published_input or {})["gifts"]] == [1_00, 1_00]


# ------------------------------------------------------------------ the share follows the money
def test_a_share_follows_gifts_that_were_promised_when_it_was_given_m3(at: datetime) -> None:
    """One of five pays; the cards of four decline after the fund was shared out."""
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00, 25_00, 25_00, 25_00)
    shared_out(frozen(fund))
    assert amount(allocation) == 500_00
    _payer, *others = gifts(allocation)
    for pledge in others:
        made.fall(pledge, at)
    assert amount(allocation) == 0
    assert_recomputes(fund)
    assert made.balances(fund) == {"available": 1_000_00}
    payments.assert_whole()


@pytest.mark.parametrize("state", ["reserved", "committed", "paid"])
def test_a_settled_share_is_reduced_by_a_dispute_that_is_lost_m3(at: datetime, state: str) -> None:
    fund = quadratic_fund(at)
    allocation, other = crowd(fund, at, 25_00, 25_00, 25_00), crowd(fund, at, 16_00, 16_00)
    charge = paid(gifts(allocation)[0], at)
    shared_out(frozen(fund))
    late = fund.freezes_at + 20 * DAYS
    campaign = allocation.campaign
    if state != "reserved":
        transition(campaign, "collect", actor=None, at=late)
        transition(campaign, "succeed", actor=None, at=late)
        matching.commit_match(campaign, late)
    if state == "paid":
        matching.pay_match(campaign, late)
    assert amount(allocation) == 150_00
    advance_charge(charge, Outcome("dispute"), at=late)
    matching.match_campaign(campaign, late)
    # While it runs a share that is decided stays, one that is not waits for it.
    assert amount(allocation) == (50_00 if state == "reserved" else 150_00)
    advance_charge(charge, Outcome("lose"), at=late + DAYS)
    events.deliver_pending(at=late + DAYS)
    assert (amount(allocation), amount(other)) == (50_00, 32_00)
    assert allocation.state == state
    assert_recomputes(fund)
    payments.assert_whole()


def test_a_share_comes_back_with_a_dispute_that_is_won_before_the_end_m3(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    charge = paid(gifts(allocation)[0], at)
    shared_out(frozen(fund))
    for step, left in (("dispute", 0), ("win", 50_00)):
        advance_charge(charge, Outcome(step), at=fund.freezes_at)
        for _ in range(2):
            matching.match_campaign(allocation.campaign, fund.freezes_at)
        assert amount(allocation) == left
        assert_recomputes(fund)
    assert made.balances(fund) == {"available": 950_00, "reserved": 50_00}


def test_the_team_is_told_what_a_fund_gives_and_takes_back_late_m3(at: datetime) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00)
    shared_out(frozen(fund))
    late, campaign = fund.freezes_at + 20 * DAYS, allocation.campaign
    transition(campaign, "collect", actor=None, at=late)
    transition(campaign, "succeed", actor=None, at=late)
    matching.commit_match(campaign, late)
    Pledge.objects.filter(pk=gifts(allocation)[0].pk).update(state="cancelled", method=None)
    matching.match_campaign(campaign, late + DAYS)
    for _ in range(3):
        events.deliver_pending(at=late + DAYS)
    told = Notification.objects.filter(person=campaign.project.author).values_list("kind", flat=True)
    assert {"allocation.shared", "allocation.reduced"} <= set(told)


# ------------------------------------------------------------------ who counts is asked again
def joins_team(allocation: Allocation, giver: Any) -> None:
    proposals.member(allocation.campaign.project, giver)


def joins_funder(allocation: Allocation, giver: Any) -> None:
    accounts.membership(allocation.fund.funder, giver)


def moves_away(allocation: Allocation, giver: Any) -> None:
    Residency.objects.filter(person=giver).update(expires_at=allocation.fund.freezes_at)


TURNS = [(joins_team, "related"), (joins_funder, "related"), (moves_away, "no_residency")]


@pytest.mark.parametrize(("turn", "reason"), TURNS)
def test_who_counts_is_asked_again_when_a_fund_is_shared_out_m17(
    at: datetime, turn: Any, reason: str
) -> None:
    fund = quadratic_fund(at)
    allocation = crowd(fund, at, 25_00, 25_00, 25_00)
    giver = gifts(allocation)[0].person
    frozen(fund)
    turn(allocation, giver)
    shared_out(fund)
    assert amount(allocation) == 50_00
    events.deliver_pending(at=fund.freezes_at + 14 * DAYS)
    told = Notification.objects.get(person=giver, kind="match.left_out")
    assert told.detail == LeftOut(reason).label


@pytest.mark.parametrize(("turn", "reason"), TURNS)
def test_who_counts_is_asked_again_when_the_money_is_collected_m17(
    at: datetime, turn: Any, reason: str
) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at, ends_at=at + 60 * DAYS)
    giver, _other = (made.gift(allocation.campaign, 25_00, at) for _ in range(2))
    matching.match_campaign(allocation.campaign, at)
    turn(allocation, giver.person)
    late = fund.freezes_at + DAYS
    matching.match_campaign(allocation.campaign, late)
    # What is guaranteed stays as long as it runs.
    assert amount(allocation) == 50_00
    transition(allocation.campaign, "collect", actor=None, at=late)
    matching.match_campaign(allocation.campaign, late)
    assert amount(allocation) == 25_00
    assert allocation.lines.get(pledge=giver).reason == reason
    events.deliver_pending(at=late)
    assert Notification.objects.filter(person=giver.person, kind="match.withdrawn").exists()


def test_a_backer_who_erased_the_account_keeps_a_threshold_reached_m17(at: datetime) -> None:
    fund = made.fund(at, rule=MatchFund.Rule.THRESHOLD, threshold_backers=2, threshold_minor=50_00)
    allocation = crowd(fund, at, 5_00, 5_00)
    matching.match_campaign(allocation.campaign, at)
    # As erasure leaves it (campaigns.personal).
    Pledge.objects.filter(pk=gifts(allocation)[0].pk).update(person=None)
    matching.match_campaign(allocation.campaign, at)
    assert amount(allocation) == 50_00
