"""A campaign is not counted under the lock that other pledges wait for, and its pledges not where there is no cap."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.campaigns.locking import pledge_context
from marketplace.campaigns.models import CampaignTotal
from marketplace.campaigns.operations import pledges
from tests.factories import accounts
from tests.factories.campaigns import active_pledge, open_campaign, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]

COUNTS = 'UPDATE "campaigns_campaigntotal"'


def test_a_pledge_that_is_cancelled_is_counted_once_1127_l5(at: datetime) -> None:
    person = accounts.person()
    pledge = active_pledge(open_campaign(at=at), person, at=at)
    with CaptureQueriesContext(connection) as own:
        pledges.cancel_pledge(actor=person, pledge=pledge, at=at)
    with CaptureQueriesContext(connection) as later:
        work(at)
    counted = [sum(one["sql"].startswith(COUNTS) for one in queries) for queries in (own, later)]
    assert counted == [0, 1]
    assert CampaignTotal.objects.get(campaign=pledge.campaign).backers == 0


def test_all_pledges_are_added_up_only_under_a_cap_1127_l5(at: datetime) -> None:
    for cap, taken in ((None, 0), (500_00, 25_00)):
        campaign = open_campaign(at=at, cap_minor=cap)
        active_pledge(campaign, at=at)
        assert pledge_context(campaign, accounts.person(), None, at).taken_minor == taken


def test_a_name_that_is_hidden_is_counted_by_its_event_1127_l1(at: datetime) -> None:
    person = accounts.person()
    pledge = active_pledge(open_campaign(at=at), person, at=at)
    pledges.show_name(actor=person, pledge=pledge, shown=False, at=at)
    work(at)
    assert CampaignTotal.objects.get(campaign=pledge.campaign).nameless == 1
