"""Campaigns as open data, a person's own pledges by the API, and the council's desk."""

import csv
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.accounts import groups
from civic.accounts.models import Person
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState, PledgeState
from tests.factories import accounts
from tests.factories.campaigns import active_pledge, draft_campaign, funding_project, open_campaign
from tests.visiting import with_password

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    with_password(client, person)
    return client


def test_campaigns_are_open_data_without_drafts_and_names() -> None:
    draft, campaign = draft_campaign(), open_campaign()
    active_pledge(campaign, accounts.person(name="Ada Example"))
    answer = Client().get("/api/v1/campaigns/")
    assert [one["id"] for one in answer.json()["results"]] == [str(campaign.pk)]
    assert "Ada" not in answer.content.decode()
    assert Client().get(f"/api/v1/campaigns/{draft.pk}/").status_code == 404
    one = Client().get(f"/api/v1/campaigns/{campaign.pk}/").json()
    assert (one["project"], one["goal_minor"], one["stretch_goals"]) == (campaign.project.slug, 100_00, [])
    table = Client().get("/api/v1/campaigns/campaigns.csv")
    lines = list(csv.DictReader(b"".join(table.streaming_content).decode().splitlines()))  # type: ignore[attr-defined]
    assert [line["id"] for line in lines] == [str(campaign.pk)]


def test_the_list_asks_as_often_for_many() -> None:
    counts = []
    for _size in range(2):
        open_campaign()
        with CaptureQueriesContext(connection) as seen:
            Client().get("/api/v1/campaigns/")
        counts.append(len(seen))
        for _more in range(5):
            open_campaign()
    assert counts[0] == counts[1] <= 8


def body(open_one: Campaign, **said: Any) -> str:
    known = {"campaign": str(open_one.pk), "amount_minor": 25_00, "currency": "EUR", "provider": "demo"}
    return json.dumps(known | said)


def send(client: Client, content: str, key: object) -> Any:
    headers = {"Idempotency-Key": str(key)}
    return client.post("/api/v1/me/pledges/", content, content_type="application/json", headers=headers)


def test_a_key_pledges_once_and_another_body_is_refused() -> None:
    campaign, person, key = open_campaign(), accounts.person(), uuid4()
    client = signed_in(person)
    made = send(client, body(campaign), key)
    assert made.status_code == 201
    assert made.json()["go_on"].startswith("/pay/")
    again = send(client, body(campaign), key)
    assert again.json()["pledge"]["id"] == made.json()["pledge"]["id"]
    other = send(client, body(campaign, amount_minor=26_00), key)
    assert (other.status_code, other.json()["type"].split(":")[-1]) == (409, "key-reused")
    assert Pledge.objects.count() == 1
    assert [one["id"] for one in client.get("/api/v1/me/pledges/").json()["results"]] == [
        made.json()["pledge"]["id"]
    ]


@pytest.mark.parametrize(
    ("said", "key", "status"),
    [
        ({}, "", 422),
        ({}, "abc", 422),
        ({"amount_minor": 0}, uuid4(), 400),
        ({"amount_minor": "x"}, uuid4(), 400),
        ({"currency": "XXQ"}, uuid4(), 422),
        ({"currency": "JPY"}, uuid4(), 422),
        ({"amount_minor": 50}, uuid4(), 422),
        ({"provider": "gold"}, uuid4(), 422),
        ({"months": 99}, uuid4(), 400),
        ({"campaign": str(uuid4())}, uuid4(), 404),
        ({"state": "collected", "person": 1}, uuid4(), 201),
    ],
)
def test_what_makes_no_sense_is_refused_and_other_fields_change_nothing(
    said: dict[str, Any], key: object, status: int
) -> None:
    answer = send(signed_in(accounts.person()), body(open_campaign(), **said), key)
    assert answer.status_code in (status, 422 if status == 400 else status), answer.content
    assert set(Pledge.objects.values_list("state", flat=True)) <= {PledgeState.STARTED}


def test_only_own_pledges_are_seen_and_cancelled() -> None:
    person = accounts.person()
    made = active_pledge(open_campaign(), person)
    address = f"/api/v1/me/pledges/{made.pk}/"
    assert Client().get(address).status_code in (401, 403)
    stranger = signed_in(accounts.person())
    assert stranger.get(address).status_code == stranger.delete(address).status_code == 404
    assert signed_in(person).delete(address).json()["state"] == PledgeState.CANCELLED
    assert signed_in(person).delete(address).status_code == 409


@pytest.fixture
def manager(settings: Any) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    return signed_in(accounts.staff(groups.PROGRAMME_MANAGERS))


def act(client: Client, campaign: Campaign, verb: str, **more: str) -> Any:
    sent = {"action": verb, "_selected_action": [str(campaign.pk)], **more}
    return client.post("/admin/campaigns/campaign/?queue=all", sent, follow=True)


def test_the_desk_opens_and_cancels_with_a_reason(manager: Client) -> None:
    campaign = draft_campaign(funding_project(organisation=accounts.organisation()))
    page = manager.get("/admin/campaigns/campaign/")
    assert campaign.project.title in page.content.decode()
    assert "Reason" in act(manager, campaign, "open_campaign").content.decode()
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.DRAFT
    done = {"confirmed": "yes"}
    act(manager, campaign, "open_campaign", reason="Chosen by the vote.", **done)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.OPEN
    act(manager, campaign, "cancel_campaign", reason="The ground is not free.", **done)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CANCELLED
    assert campaign.project.title not in manager.get("/admin/campaigns/campaign/").content.decode()
    assert manager.get(f"/admin/campaigns/campaign/{campaign.pk}/change/").status_code == 200
    assert manager.post(f"/admin/campaigns/campaign/{campaign.pk}/change/", {}).status_code == 403


def test_who_gave_what_is_for_who_keeps_or_reads_the_books(settings: Any) -> None:
    settings.STAFF_MFA_REQUIRED = False
    made = active_pledge(open_campaign(), accounts.person(), anonymous=True)
    for group, status in (
        (groups.FINANCE_OFFICERS, 200),
        (groups.AUDITORS, 200),
        (groups.PROGRAMME_MANAGERS, 403),
        (groups.MODERATORS, 403),
    ):
        client = signed_in(accounts.staff(group))
        assert client.get("/admin/campaigns/pledge/").status_code == status, group
        assert client.get(f"/admin/campaigns/pledge/{made.pk}/change/").status_code == status, group
