"""Gifts in a row are matched together, and none is looked at where there is no room for a match (L3 of 27 November)."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic.core import events
from marketplace.matching.operations.matching import match_campaign
from tests.factories import matching as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def locks_of_funds(gifts: int, at: datetime) -> int:
    """How often funds are locked while so many gifts are matched."""
    allocation = made.enrolled(made.fund(at), at)
    for _ in range(gifts):
        made.gift(allocation.campaign, 10_00, at)
    with CaptureQueriesContext(connection) as queries:
        while events.deliver_pending(at=at):
            pass
    allocation.refresh_from_db()
    assert (allocation.amount_minor, allocation.lines.count()) == (gifts * 10_00, gifts)
    return sum('FOR UPDATE OF "matching_matchfund"' in one["sql"] for one in queries)


def test_gifts_in_a_row_are_matched_at_once_1127_l3(at: datetime) -> None:
    assert locks_of_funds(2, at) == locks_of_funds(8, at) > 0


@pytest.mark.parametrize("terms", [{"project_cap_minor": 10_00}, {"holds": 10_00}])
def test_no_gift_is_read_where_nothing_is_left_1127_l3(at: datetime, terms: dict[str, Any]) -> None:
    allocation = made.enrolled(made.fund(at, **terms), at)
    made.gift(allocation.campaign, 10_00, at)
    match_campaign(allocation.campaign, at)
    made.gift(allocation.campaign, 30_00, at)
    with CaptureQueriesContext(connection) as queries:
        match_campaign(allocation.campaign, at)
    allocation.refresh_from_db()
    assert allocation.amount_minor == 10_00
    assert not [one for one in queries if one["sql"].startswith('SELECT "campaigns_pledge"')]
