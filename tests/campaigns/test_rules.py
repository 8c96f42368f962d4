"""What the database refuses of campaigns and pledges, whoever asks: each rule is broken by SQL."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.campaigns.models import Campaign, Pledge, StretchGoal
from marketplace.campaigns.operations import closing, collection, totals
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge
from tests.factories import accounts
from tests.factories.campaigns import (
    active_pledge,
    draft_campaign,
    keep_going,
    open_campaign,
    pledge,
    promise,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def refused(rule: str, statement: str, *values: Any) -> None:
    """The statement fails by this rule."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


TERMS = {
    "goal_minor": "1",
    "rule": "'keep'",
    "currency": "'JPY'",
    "book": "'live'",
    "cap_minor": "99999999",
    "pledge_min_minor": "2",
    "pledge_max_minor": "3000",
    "sponsor_share_max_bp": "1",
    "use": "'a party'",
    "ends_at": "ends_at + interval '1 day'",
    "opened_at": "opened_at - interval '1 day'",
}


@pytest.mark.parametrize("column", TERMS)
def test_terms_are_fixed_once_the_campaign_is_open(at: datetime, column: str) -> None:
    campaign, draft = open_campaign(at=at), draft_campaign(at=at)
    change = f"UPDATE campaigns_campaign SET {column} = {TERMS[column]} WHERE id = %s"
    refused("campaign_terms_stay", change, campaign.pk)
    if column != "opened_at":
        with connection.cursor() as cursor:
            cursor.execute(change, [draft.pk])


def test_further_goals_are_fixed_too(at: datetime) -> None:
    campaign = draft_campaign(at=at)
    goal = StretchGoal.objects.create(campaign=campaign, amount_minor=200_00, use="A roof")
    Campaign.objects.filter(pk=campaign.pk).update(opened_at=at)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.OPEN)
    refused("campaign_terms_stay", "UPDATE campaigns_stretchgoal SET amount_minor = 1 WHERE id = %s", goal.pk)
    refused("campaign_terms_stay", "DELETE FROM campaigns_stretchgoal WHERE id = %s", goal.pk)
    with pytest.raises(IntegrityError, match="campaign_terms_stay"), transaction.atomic():
        StretchGoal.objects.create(campaign=campaign, amount_minor=300_00, use="A tower")


@pytest.mark.parametrize("state", [state for state in CampaignState if state != CampaignState.OPEN])
def test_a_pledge_comes_into_an_open_campaign_only(at: datetime, state: str) -> None:
    campaign = open_campaign(at=at, state=state)
    with pytest.raises(IntegrityError, match="pledge_in_time"), transaction.atomic():
        active_pledge(campaign, at=at)


@pytest.mark.parametrize("days", [-2, 9, 10])
def test_a_pledge_comes_between_opening_and_end(at: datetime, days: int) -> None:
    campaign = open_campaign(at=at)
    with pytest.raises(IntegrityError, match="pledge_in_time"), transaction.atomic():
        active_pledge(campaign, at=at + timedelta(days=days))


def test_a_pledge_keeps_to_the_limits_and_the_currency(at: datetime) -> None:
    campaign = open_campaign(at=at, cap_minor=100_00, pledge_max_minor=60_00)
    person = accounts.person()
    first = active_pledge(campaign, person, 50_00, at=at)
    for rule, cents, fields in (
        ("pledge_over_a_persons_most", 10_01, {"person": person}),
        ("pledge_over_the_cap", 50_01, {}),
        ("pledge_not_below_the_least", 99, {}),
        ("currency_of_its_campaign", 5_00, {"currency": "JPY"}),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            active_pledge(campaign, cents=cents, at=at, **fields)
    change = "UPDATE campaigns_pledge SET amount_minor = %s WHERE id = %s"
    refused("pledge_over_a_persons_most", change, 60_01, first.pk)
    active_pledge(campaign, cents=50_00, at=at)
    refused("pledge_over_the_cap", change, 50_01, first.pk)


def test_a_pledge_keeps_what_it_promised(at: datetime) -> None:
    campaign = open_campaign(at=at)
    collected = pledge(campaign, state=PledgeState.COLLECTED, at=at)
    for column, value in (
        ("amount_minor", "1000"),
        ("currency", "'JPY'"),
        ("frequency", "'monthly', months = 3"),
        ("provider", "'bank'"),
        ("token", "gen_random_uuid()"),
        ("person_id", f"'{accounts.person().pk}'"),
        ("collected_at", "now()"),
        ("campaign_id", f"'{open_campaign(at=at).pk}'"),
    ):
        refused("pledge_stays", f"UPDATE campaigns_pledge SET {column} = {value} WHERE id = %s", collected.pk)
    refused("pledge_stays", "DELETE FROM campaigns_pledge WHERE id = %s", collected.pk)
    Pledge.objects.filter(pk=collected.pk).update(person=None)


def test_a_state_says_no_more_than_happened(at: datetime) -> None:
    campaign = open_campaign(at=at)
    started = pledge(campaign, state=PledgeState.STARTED, at=at)
    change = "UPDATE campaigns_pledge SET state = %s WHERE id = %s"
    refused("pledge_collected_has_its_moment", change, "collected", started.pk)
    for state in ("active", "collecting", "needs_payer"):
        refused("pledge_charged_later_by_its_method", change, state, started.pk)
    collected = pledge(campaign, state=PledgeState.COLLECTED, at=at)
    refused("pledge_goes_on_only_monthly", change, "ended", collected.pk)
    refused(
        "pledge_months_fit_its_frequency",
        "INSERT INTO campaigns_pledge (id, campaign_id, person_id, amount_minor, currency, frequency, months,"
        " anonymous, provider, token, state, state_since) SELECT gen_random_uuid(), campaign_id, person_id,"
        " amount_minor, currency, 'monthly', 1, anonymous, provider, gen_random_uuid(), 'started', state_since"
        " FROM campaigns_pledge WHERE id = %s",
        started.pk,
    )


SUCCEED = "UPDATE campaigns_campaign SET state = 'succeeded' WHERE id = %s"


def test_no_success_without_the_money(at: datetime) -> None:
    """DOMAIN 5: promises alone, rows that say that they are collected, and money in dispute are not enough."""
    campaign = open_campaign(at=at)
    promise(campaign, 60_00, at=at)
    told = promise(campaign, 40_00, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    refused("campaign_success_is_earned", SUCCEED, campaign.pk)
    Pledge.objects.filter(pk=told.pk).update(state=PledgeState.COLLECTED, collected_at=campaign.ends_at)
    collection.collect_due(at=campaign.ends_at)
    work(campaign.ends_at)
    assert totals.counted(campaign)["collected_minor"] == 60_00
    assert totals.secured(campaign) == 60_00
    refused("campaign_success_is_earned", SUCCEED, campaign.pk)


def test_money_that_is_there_allows_the_success_and_a_dispute_forbids_it(at: datetime) -> None:
    campaign = open_campaign(at=at)
    paid = promise(campaign, 100_00, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    collection.collect_due(at=campaign.ends_at)
    work(campaign.ends_at)
    for state, fine in (("disputed", False), ("lost", False), ("won", True)):
        Charge.objects.filter(purpose=paid.purpose).update(state=state)
        assert (totals.secured(campaign) >= campaign.goal_minor) is fine
        if not fine:
            refused("campaign_success_is_earned", SUCCEED, campaign.pk)
    keep_going(campaign.ends_at)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.SUCCEEDED


def test_the_database_and_the_verb_count_the_same(at: datetime) -> None:
    campaign = open_campaign(at=at)
    for cents in (60_00, 33_33):
        promise(campaign, cents, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    keep_going(campaign.ends_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payouts_secured(%s)", [campaign.pk])
        (said,) = cursor.fetchone()
    assert said == totals.secured(campaign)


def test_one_live_campaign_a_project(at: datetime) -> None:
    campaign = open_campaign(at=at)
    with pytest.raises(IntegrityError, match="one_live_campaign_a_project"), transaction.atomic():
        draft_campaign(campaign.project, at=at)
