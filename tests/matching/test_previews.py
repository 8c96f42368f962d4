"""What a gift would bring, as somebody reads it who gives already."""

from datetime import datetime

import pytest

from marketplace.matching.models import MatchFund
from tests.factories import accounts
from tests.factories import matching as made
from tests.matching.test_pages import preview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_a_preview_of_a_threshold_tells_a_backer_so_1127_r11(at: datetime) -> None:
    fund = made.fund(at, rule=MatchFund.Rule.THRESHOLD, threshold_backers=3, threshold_minor=50_00)
    allocation, giver = made.enrolled(fund, at), accounts.resident()
    made.gift(allocation.campaign, 5_00, at, giver)
    said = "You are a backer already, and count once. 2 more backers unlock €50."
    assert preview(allocation, giver, 5_00, at)[2] == said
