"""Asking for data by the API, and what was granted."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datasets.access.models import AccessRequest
from datasets.access.operations import requests
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
REQUESTS, GRANTS = "/api/v1/me/data-requests/", "/api/v1/me/data-grants/"


@pytest.fixture
def dataset() -> Any:
    """On request, with a question."""
    return access.dataset(title="For few")


def send(client: Client, of: Any, **changes: Any) -> Any:
    body = {"dataset": of.slug, "purpose": "research", "why": access.WHY, "days": 30} | changes
    return client.post(REQUESTS, json.dumps(body), content_type="application/json")


def test_a_program_asks_is_returned_takes_back_and_reads_what_was_granted(dataset: Any) -> None:
    person = accounts.person()
    mine = visitor(person)
    made = send(mine, dataset)
    assert (made.status_code, made.json()["state"]) == (201, "submitted")
    request = AccessRequest.objects.get(pk=made.json()["id"])
    assert (request.person, request.organisation) == (person, None)
    # Sent once more it is no second request, and nothing of it is left.
    assert send(mine, dataset).status_code == 409
    assert AccessRequest.objects.count() == 1
    writer = catalogue.writer(dataset)
    requests.return_request(actor=writer, request=request, reason="Which streets?", at=request.submitted_at)
    one = mine.get(f"{REQUESTS}{request.pk}/").json()
    assert (one["state"], one["reason"], one["dataset"]) == ("returned", "Which streets?", dataset.slug)
    anew = {"purpose": "research", "why": "Of the north.", "days": 20}
    address = f"{REQUESTS}{request.pk}/"
    sent = mine.put(address, json.dumps(anew), content_type="application/json")
    assert (sent.status_code, sent.json()["state"], sent.json()["why"]) == (200, "submitted", "Of the north.")
    assert mine.put(address, json.dumps(anew), content_type="application/json").status_code == 409
    other = visitor(accounts.person())
    assert other.put(address, json.dumps(anew), content_type="application/json").status_code == 404
    assert mine.delete(f"{REQUESTS}{request.pk}/").json()["state"] == "withdrawn"
    assert mine.delete(f"{REQUESTS}{request.pk}/").status_code == 409
    grant = access.approve(AccessRequest.objects.get(pk=send(mine, dataset).json()["id"]))
    (granted,) = mine.get(GRANTS).json()["results"]
    assert (granted["id"], granted["state"], granted["dataset"]) == (str(grant.pk), "active", dataset.slug)
    assert mine.get(granted["agreement"]).status_code == 200


def test_nobody_reads_or_takes_back_what_others_ask(dataset: Any) -> None:
    request = access.sent(dataset)
    other = visitor(accounts.person())
    for client in (other, visitor(catalogue.writer(dataset))):
        assert client.get(REQUESTS).json()["results"] == client.get(GRANTS).json()["results"] == []
        assert client.get(f"{REQUESTS}{request.pk}/").status_code == 404
        assert client.delete(f"{REQUESTS}{request.pk}/").status_code == 404
    assert Client().get(REQUESTS).status_code in (401, 403)


def test_what_cannot_be_asked_says_why_and_leaves_no_draft(dataset: Any) -> None:
    mine = visitor(accounts.person())
    stranger = accounts.organisation(accounts.person())
    draft = catalogue.dataset(title="Nobody knows of it")
    for status, changes in (
        (400, {"why": " "}),
        (400, {"days": 0}),
        (400, {"purpose": "fun"}),
        (422, {"answers": ["Nobody has asked."]}),
        (403, {"organisation": stranger.slug}),
        (404, {"organisation": "nobody-is-named-so"}),
        (404, {"dataset": draft.slug}),
        (409, {"dataset": catalogue.published(title="Open").slug}),
    ):
        answer = send(mine, dataset, **changes)
        assert answer.status_code == status, (changes, answer.content)
    assert not AccessRequest.objects.exists()


def test_lists_ask_as_often_for_many(dataset: Any) -> None:
    person = accounts.person()
    mine, counts = visitor(person), []
    for size in (1, 4):
        for number in range(size):
            access.grant(access.dataset(title=f"{size} {number}"), person)
        asked = []
        for address in (REQUESTS, GRANTS):
            with CaptureQueriesContext(connection) as seen:
                mine.get(address)
            asked.append(len(seen))
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 10
