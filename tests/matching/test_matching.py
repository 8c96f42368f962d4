"""What pledges bring from match funds: ratios, caps, the last euros, taking back, currencies, the cost."""

import random
from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from civic.core import events
from civic.core.states import transition
from marketplace.matching.models import MatchLine
from marketplace.matching.operations import matching
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.factories.matching import figures

pytestmark = pytest.mark.django_db


def test_a_gift_is_doubled_once_however_often_it_is_heard_of(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    made.gift(allocation.campaign, 25_00, at)
    for _ in range(3):
        matching.match_campaign(allocation.campaign, at)
    assert figures(allocation) == ("reserved", 25_00, 25_00, 0)
    assert made.balances(fund) == {"available": 975_00, "reserved": 25_00}
    payments.assert_whole()


def test_what_was_pledged_before_the_enrolment_is_matched_at_it(at: datetime) -> None:
    campaign = made.open_campaign(at)
    made.gift(campaign, 25_00, at)
    assert made.enrolled(made.fund(at), at, campaign).amount_minor == 25_00


def test_half_of_an_odd_gift_is_rounded_down(at: datetime) -> None:
    allocation = made.enrolled(made.fund(at, ratio_bp=5_000), at)
    made.gift(allocation.campaign, 3_33, at)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 1_66


def test_the_caps_of_a_gift_a_person_and_a_project_hold(at: datetime) -> None:
    fund = made.fund(at, gift_cap_minor=20_00, person_cap_minor=30_00, project_cap_minor=45_00)
    one, two = made.enrolled(fund, at), made.enrolled(fund, at)
    giver = accounts.resident()
    for allocation in (one, two):
        made.gift(allocation.campaign, 50_00, at, giver)
        matching.match_campaign(allocation.campaign, at)
    # 20 by the cap of a gift, then what is left of the person's 30.
    assert (figures(one)[1], figures(two)[1]) == (20_00, 10_00)
    for _ in range(3):
        made.gift(one.campaign, 20_00, at)
    matching.match_campaign(one.campaign, at)
    assert figures(one)[1] == 45_00


def test_two_gifts_of_one_person_that_are_matched_at_once_share_the_persons_cap(at: datetime) -> None:
    campaign, giver = made.open_campaign(at), accounts.resident()
    for _ in range(2):
        made.gift(campaign, 20_00, at, giver)
    assert made.enrolled(made.fund(at, person_cap_minor=30_00), at, campaign).amount_minor == 30_00


def test_the_last_pledge_gets_what_is_left(at: datetime) -> None:
    fund = made.fund(at, holds=30_00)
    allocation = made.enrolled(fund, at)
    for _ in range(3):
        made.gift(allocation.campaign, 20_00, at)
    matching.match_campaign(allocation.campaign, at)
    assert sorted(allocation.lines.values_list("amount_minor", flat=True)) == [10_00, 20_00]
    assert made.balances(fund) == {"reserved": 30_00}


def test_a_cancelled_pledge_takes_its_match_back_and_another_may_have_it(at: datetime) -> None:
    fund = made.fund(at, holds=20_00)
    allocation = made.enrolled(fund, at)
    first, _second = (made.gift(allocation.campaign, 20_00, at) for _ in range(2))
    matching.match_campaign(allocation.campaign, at)
    made.fall(first, at)
    matching.reverse_match(first, at)
    assert figures(allocation) == ("reserved", 0, 0, 0)
    assert made.balances(fund) == {"available": 20_00}
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 20_00
    assert not MatchLine.objects.filter(pledge=first, released_at=None).exists()


def test_a_changed_pledge_is_matched_anew(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    pledge = made.gift(allocation.campaign, 20_00, at)
    matching.match_campaign(allocation.campaign, at)
    type(pledge).objects.filter(pk=pledge.pk).update(amount_minor=35_00)
    matching.match_campaign(allocation.campaign, at)
    assert figures(allocation)[1] == 35_00
    assert made.balances(fund) == {"available": 965_00, "reserved": 35_00}


def test_after_its_last_day_a_fund_matches_nothing_more(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    made.gift(allocation.campaign, 20_00, at)
    matching.match_campaign(allocation.campaign, fund.freezes_at)
    assert figures(allocation)[1] == 0


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_given_and_taken_back_the_limits_hold_and_no_cent_is_lost(
    at: datetime, seed: int
) -> None:
    """Random gifts of four people to three campaigns; a third of them are cancelled again in between."""
    chance = random.Random(seed)
    holds = chance.randrange(1, 200_00)
    fund = made.fund(
        at,
        holds=holds,
        ratio_bp=chance.choice([3_333, 10_000, 25_000]),
        gift_cap_minor=40_00,
        person_cap_minor=70_00,
        project_cap_minor=90_00,
    )
    campaigns = [made.enrolled(fund, at).campaign for _ in range(3)]
    people = [accounts.resident() for _ in range(4)]
    for _ in range(20):
        campaign = chance.choice(campaigns)
        pledge = made.gift(campaign, chance.randrange(1_00, 60_00), at, chance.choice(people))
        matching.match_campaign(campaign, at)
        if chance.random() < 0.33:
            made.fall(pledge, at)
        live = MatchLine.objects.filter(released_at=None)
        total = live.aggregate(total=Sum("amount_minor"))["total"] or 0
        assert total <= holds
        assert made.balances(fund) == {
            part: minor for part, minor in (("available", holds - total), ("reserved", total)) if minor
        }
        assert all(line.amount_minor <= 40_00 for line in live)
        by_person = live.values("pledge__person").annotate(total=Sum("amount_minor")).order_by()
        assert all(row["total"] <= 70_00 for row in by_person)
        for allocation in fund.allocations.all():
            lines = live.filter(allocation=allocation).aggregate(total=Sum("amount_minor"))["total"] or 0
            assert allocation.amount_minor == allocation.set_aside_minor == lines <= 90_00
    payments.assert_whole()


@pytest.mark.parametrize(("currency", "gift"), [("JPY", 2_500), ("KWD", 2_505)])
def test_currencies_of_no_and_three_decimals(at: datetime, currency: str, gift: int) -> None:
    fund = made.fund(at, currency=currency, ratio_bp=5_000, holds=100_000)
    allocation = made.enrolled(fund, at)
    made.gift(allocation.campaign, gift, at)
    matching.match_campaign(allocation.campaign, at)
    matching.commit_match(allocation.campaign, at)
    assert figures(allocation)[1] == gift // 2
    assert made.balances(fund) == {"available": 100_000 - gift // 2, "committed": gift // 2}


def test_more_gifts_take_no_more_statements_but_their_entries(at: datetime) -> None:
    counts = []
    for gifts in (2, 8):
        allocation = made.enrolled(made.fund(at), at)
        for _ in range(gifts):
            made.gift(allocation.campaign, 5_00, at)
        with CaptureQueriesContext(connection) as seen:
            matching.match_campaign(allocation.campaign, at)
        counts.append(sum("ledger_" not in query["sql"] for query in seen.captured_queries))
    assert counts[0] == counts[1]


def test_events_of_pledges_bring_and_take_the_match(at: datetime) -> None:
    fund = made.fund(at)
    allocation = made.enrolled(fund, at)
    pledge = made.gift(allocation.campaign, 25_00, at)
    events.deliver_pending(at=at)
    assert figures(allocation)[1] == 25_00
    transition(pledge, "cancel", actor=None, at=at)
    for _ in range(2):
        events.deliver_pending(at=at)
    assert figures(allocation)[1] == 0
    assert made.balances(fund) == {"available": 1_000_00}
