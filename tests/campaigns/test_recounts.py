"""A campaign is counted once for the pledges that came meanwhile, however many; what is shown in the end is right."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic.accounts.operations.erasure import erase_person
from civic.core import events
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import totals
from tests.factories import accounts, payments
from tests.factories import matching as made
from tests.factories.campaigns import active_pledge, open_campaign, pledge_by, save_card, work
from tests.voting.test_races import at_once

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
RECOUNT = 'INSERT INTO "campaigns_campaigntotal"', 'UPDATE "campaigns_campaigntotal"'


def assert_right(campaign: Campaign) -> None:
    said = {name: getattr(campaign.total, name) for name in totals.counted(campaign)}
    assert said == totals.counted(campaign)


def pledged_in_a_row(pledges: int) -> tuple[int, int]:
    """How often the campaign was counted for so many pledges in a row, and the statements that read what counts."""
    campaign = made.enrolled(made.fund(AT), AT).campaign
    for _ in range(pledges):
        one = active_pledge(campaign, accounts.resident(), 10_00, at=AT)
        events.record("pledge.activated", actor=None, subject=one, at=AT)
    with CaptureQueriesContext(connection) as queries:
        events.deliver_pending()
        events.deliver_pending()
    campaign.refresh_from_db()
    assert_right(campaign)
    assert campaign.total.backers == pledges
    sql = [query["sql"] for query in queries]
    return sum(one.startswith(RECOUNT) for one in sql), sum(
        "sum" in one.lower() and "pledgestanding" in one for one in sql
    )


@pytest.mark.django_db
def test_recounts_do_not_grow_with_pledges_in_a_row() -> None:
    assert pledged_in_a_row(4) == pledged_in_a_row(16)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clock_at")
def test_no_recount_is_lost_between_workers_and_pledges() -> None:
    """Pledges become active while several workers deliver; whatever joined another's delivery is counted."""
    campaign = open_campaign(at=AT)
    started = [pledge_by(accounts.person(), campaign, 10_00, at=AT) for _ in range(8)]
    work(AT)
    for one in started:
        save_card(one)
    at_once(*[lambda: work(AT)] * 2, *[lambda: events.deliver_pending(at=AT)] * 4)
    work(AT)
    campaign.refresh_from_db()
    assert_right(campaign)
    assert campaign.total.pledged_minor == 80_00


@pytest.mark.django_db
def test_who_gave_twice_and_erased_the_account_is_counted_as_the_rows_say(clock_at: object) -> None:
    campaign, person = open_campaign(at=AT), accounts.person()
    for minor in (10_00, 20_00):
        one = active_pledge(campaign, person, minor, at=AT)
        Pledge.objects.filter(pk=one.pk).update(state="collected", collected_at=AT)
        payments.paid(minor, purpose=one.purpose, account=campaign.account("held"))
        events.record("pledge.succeeded", actor=None, subject=one, at=AT)
    work(AT)
    campaign.refresh_from_db()
    assert (campaign.total.backers, campaign.total.collected_minor) == (1, 30_00)
    erase_person(person=person, at=AT)
    work(AT)
    campaign.refresh_from_db()
    assert_right(campaign)
