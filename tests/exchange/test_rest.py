"""Needs as open data."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.exchange.operations import needs
from projects.proposals.models import Project
from tests.factories import accounts
from tests.factories import exchange as made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def read(address: str) -> Any:
    return Client().get(f"/api/v1/needs/{address}")


def test_needs_say_what_lies_in_the_bounty_what_was_delivered_and_what_was_paid(at: datetime) -> None:
    here, other = made.scene(at, title="Pavements"), made.scene(at, title="Benches")
    giver = accounts.person(name="Ada Example")
    made.gift(here, 1250, person=giver)
    made.gift(other, 2000)
    made.paid(other)
    listed = {one["title"]: one for one in read("").json()["results"]}
    sums = {title: (one["state"], one["bounty_minor"], one["paid_minor"]) for title, one in listed.items()}
    assert sums == {"Pavements": ("open", 1250, 0), "Benches": ("paid", 0, 2000)}
    assert [one["title"] for one in read("?state=open").json()["results"]] == ["Pavements"]
    assert read("?state=nonsense").status_code == 400
    answer = read(f"{other.need.pk}/")
    (offer,) = answer.json()["offers"]
    assert (offer["organisation"], offer["dataset"]) == (other.organisation.slug, other.dataset.slug)
    (delivery,) = offer["deliveries"]
    assert (delivery["answer"], all(one["passed"] for one in delivery["checks"])) == ("accepted", True)
    assert "Ada" not in read("").content.decode() + answer.content.decode()


def test_drafts_and_needs_of_hidden_projects_are_not_there(at: datetime) -> None:
    here = made.scene(at)
    project = here.need.project
    draft = needs.state_need(actor=here.team, project=project, terms=made.terms(at), at=at)
    assert read(f"{draft.pk}/").status_code == 404
    Project.objects.filter(pk=project.pk).update(hidden_for="spam")
    assert read(f"{here.need.pk}/").status_code == 404
    assert read("").json()["results"] == []


def test_the_list_asks_as_often_for_many(at: datetime) -> None:
    counts = []
    for size in (1, 4):
        for _one in range(size):
            made.gift(made.scene(at))
        with CaptureQueriesContext(connection) as seen:
            read("")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6
