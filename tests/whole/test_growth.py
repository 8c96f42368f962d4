"""What a page reads of each table does not grow with the city: rows are counted in the plans of its statements."""

import importlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic.core import clock
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import collection, totals
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.payments.models import Charge
from projects.delivery.models import Update
from projects.discussion.models import Comment, Follow
from projects.proposals.models import Project, Support
from tests.factories import accounts, campaigns, payments, proposals
from tests.factories.growth import Growth, of_a_city
from tests.whole.test_statements import busy, full, visitor

pytestmark = pytest.mark.django_db

MOST_ROWS = 150
# Of what a single project or campaign may have very much.
CHILDREN = [Charge, Comment, Follow, Pledge, Support, Update]


def backed(backers: int) -> Project:
    """A project with something of everything, and a campaign with so many pledges."""
    project = full(2)
    campaign = campaigns.open_campaign(project)
    for _ in range(backers):
        campaigns.active_pledge(campaign)
    return project


def rows_read(client: Client, address: str) -> dict[str, float]:
    """How many rows the statements of the page look at, of each table."""

    def load() -> None:
        assert client.get(address).status_code == 200

    load()
    return rows_of(load)


def rows_of(work: Callable[[], object]) -> dict[str, float]:
    """How many rows the statements of this work look at, of each table."""
    with CaptureQueriesContext(connection) as captured:
        work()
    read: dict[str, float] = {}
    for one in captured:
        if str(one["sql"]).lstrip().startswith(("SELECT", "WITH")):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + one["sql"].replace("%", "%%"))
                add_rows(cursor.fetchone()[0][0]["Plan"], read)
    return read


def add_rows(plan: dict[str, Any], read: dict[str, float]) -> None:
    if table := plan.get("Relation Name"):
        once = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        once += plan.get("Rows Removed by Index Recheck", 0)
        read[table] = read.get(table, 0) + once * plan["Actual Loops"]
    for below in plan.get("Plans", ()):
        add_rows(below, read)


def test_pages_read_their_own_rows_alone(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    backed(3)
    busy(1)
    payments.charge(at=clock.now())
    everything, children = Growth(of_a_city()), Growth(CHILDREN)
    busy_one, reader, bare = busy(1), accounts.person(), proposals.project()
    projects = [backed(2), bare, campaigns.open_campaign(campaigns.funding_project()).project]
    everything.add(range(1, 20))
    children.add(range(20, 900))
    with connection.cursor() as cursor:
        # Tables are short here, so that reading all of one costs less than its index; in a city it does not.
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert Pledge.objects.count() > MOST_ROWS < Comment.objects.count()
    own = campaigns.active_pledge(campaigns.open_campaign(), reader)
    payments.charge(at=clock.now(), purpose=own.purpose, payer=reader)
    looked = [(client, one.get_absolute_url()) for one in projects for client in (Client(), visitor(reader))]
    for client, address in [
        *looked,
        (visitor(reader), "/me/"),
        (visitor(reader), own.get_absolute_url()),
        (visitor(busy_one), "/me/"),
    ]:
        much = {table: rows for table, rows in rows_read(client, address).items() if rows > MOST_ROWS}
        assert not much, address


# What most pledges of a campaign may be: each of them is what a list of some names could look through.
OWN: dict[str, dict[str, Any]] = {
    "named": {},
    "nameless": {"anonymous": True},
    "lost": {"state": PledgeState.DROPPED},
    "taken back": {"state": PledgeState.CANCELLED},
    "failed": {"state": PledgeState.CAMPAIGN_FAILED},
}


def with_pledges(copies: range, fields: dict[str, Any]) -> Campaign:
    """A campaign with a pledge of days ago and these copies of it, each of a person of its own, counted."""
    now = clock.now()
    before = now - timedelta(days=9)
    project = campaigns.funding_project()
    campaign = campaigns.open_campaign(project, at=before, ends_at=now + timedelta(days=6))
    paid = {"collected_at": before} if "state" in fields else {}
    pledge = campaigns.pledge(campaign, **{"state": PledgeState.ACTIVE, "at": before, **paid, **fields})
    Growth(rows=[pledge.person, pledge]).add(copies)
    totals.recount(campaign, now)
    return campaign


@pytest.mark.parametrize("fields", OWN.values(), ids=OWN.keys())
def test_pages_of_a_campaign_do_not_grow_with_its_own_pledges_1127_l1(fields: dict[str, Any]) -> None:
    client, read = Client(), []
    for copies in (range(1, 20), range(20, 2019)):
        campaign = with_pledges(copies, fields)
        assert Pledge.objects.filter(campaign=campaign).count() == len(copies) + 1
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        api = reverse("api:campaign", args=[campaign.pk])
        addresses = {
            "campaign": campaign.get_absolute_url(),
            "project": campaign.project.get_absolute_url(),
            "api": api,
        }
        read.append({page: rows_read(client, address) for page, address in addresses.items()})
    few, many = read
    for page, tables in many.items():
        grown = {
            table: rows for table, rows in tables.items() if rows > max(MOST_ROWS, few[page].get(table, 0))
        }
        assert not grown, page


def test_the_clock_reads_what_is_due_alone() -> None:
    """Every ten seconds: promises that are collected, and pledges that came to nothing."""
    at = clock.now()
    states = (CampaignState.OPEN, CampaignState.COLLECTING, CampaignState.SUCCEEDED, CampaignState.MISSED)
    made = {state: campaigns.open_campaign() for state in states}
    campaigns.active_pledge(made[CampaignState.OPEN])
    campaigns.pledge(made[CampaignState.SUCCEEDED], state=PledgeState.COLLECTED)
    campaigns.pledge(made[CampaignState.MISSED], state=PledgeState.CAMPAIGN_FAILED)
    Growth([Pledge]).add(range(1, 2000))
    due = campaigns.active_pledge(made[CampaignState.COLLECTING])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # as they come to be in a year
        for state, campaign in made.items():
            grace = at + timedelta(days=6)
            Campaign.objects.filter(pk=campaign.pk).update(state=state, grace_ends_at=grace)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert Pledge.objects.count() > 3 * MOST_ROWS
    for look in (collection.fail_due, collection.collect_due):
        read = rows_of(lambda look=look: look(at=at))  # type: ignore[misc]
        assert read["campaigns_pledge"] < MOST_ROWS, look
    due.refresh_from_db()
    assert due.state == PledgeState.COLLECTING


# Tasks that compare all of something with its sums, once a day or a minute, or close a day of everything.
OF_EVERYTHING = {
    "civic.accounts.tasks.expire_residencies",  # once an hour, all residencies: they have no index by their end
    "civic.core.tasks.seal_events",
    "civic.pages.tasks.count_numbers",
    "marketplace.campaigns.tasks.recount",
    "marketplace.ledger.tasks.close_day",
    "marketplace.ledger.tasks.link_entries",
    "marketplace.ledger.tasks.publish_daily",
    "marketplace.ledger.tasks.recount",
    "marketplace.ledger.tasks.take_checkpoints",
    "marketplace.payments.tasks.reconcile",
    "projects.proposals.tasks.recount_support",
}


def test_a_task_of_the_clock_looks_at_what_is_due_alone(settings: Any, tmp_path: Any) -> None:
    """Nothing is due: what each of them reads does not grow with what a year has brought."""
    settings.MEDIA_ROOT = str(tmp_path)
    backed(3)
    busy(1)
    payments.charge(at=clock.now())
    Growth(of_a_city()).add(range(1, 400))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    found = {}
    for task in sorted({task for task, _seconds in settings.CLOCK.values()} - OF_EVERYTHING):
        module, _dot, name = task.rpartition(".")
        run = getattr(importlib.import_module(module), name)
        run()
        if much := {table: rows for table, rows in rows_of(run).items() if rows > MOST_ROWS}:
            found[task] = much
    assert not found
