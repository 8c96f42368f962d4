"""Open data: what is public, in keyset pages and as CSV that no spreadsheet runs."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.core import clock
from projects.proposals import operations
from projects.proposals.states import PRIVATE, ProjectState
from tests.factories import accounts, calls, proposals

pytestmark = pytest.mark.django_db


def test_projects_come_in_pages(client: Client) -> None:
    made = proposals.projects(7, calls.call())
    slugs, address = [], "/api/v1/projects/?page_size=3"
    while address:
        page = client.get(address).json()
        slugs += [row["slug"] for row in page["results"]]
        address = page["next"]
    assert sorted(slugs) == sorted(project.slug for project in made)


@pytest.mark.parametrize("state", PRIVATE)
def test_what_is_not_open_is_not_in_it(client: Client, state: str) -> None:
    project = proposals.project(state=state)
    client.force_login(project.author)  # type: ignore[arg-type]
    assert client.get("/api/v1/projects/").json()["results"] == []
    assert client.get(f"/api/v1/projects/{project.slug}/").status_code == 404
    assert project.slug not in b"".join(client.get("/api/v1/projects.csv")).decode()


def test_one_project_has_its_costs_and_goals_and_nobodys_name(client: Client) -> None:
    project = proposals.project(author=accounts.person(name="Ada Lind", email="ada@example.org"))
    proposals.goal(project)
    project.cost_lines.create(label="Trees", amount_minor=500)
    proposals.support(project, accounts.person())
    operations.roll_up(at=clock.now())
    answer = client.get(f"/api/v1/projects/{project.slug}/")
    body = answer.json()
    assert body["cost_lines"] == [{"label": "Trees", "amount_minor": 500}]
    assert body["goals"][0]["participant"] == "Neighbours of Linnside"
    assert body["supporters"] == 1
    assert "Ada" not in answer.content.decode()


def test_filters_and_what_they_refuse(client: Client) -> None:
    proposals.project(theme="green", title="Bee hotel")
    proposals.project(theme="culture", title="Quay lights", state=ProjectState.SHORTLISTED)
    one = client.get("/api/v1/projects/?theme=green").json()["results"]
    assert [row["title"] for row in one] == ["Bee hotel"]
    assert [row["title"] for row in client.get("/api/v1/projects/?q=kway+ligths").json()["results"]] in (
        [], ["Quay lights"]
    )  # fmt: skip
    assert [row["title"] for row in client.get("/api/v1/projects/?stage=ballot").json()["results"]] == [
        "Quay lights"
    ]
    assert len(client.get("/api/v1/projects/?q=%09").json()["results"]) == 2
    wrong = client.get("/api/v1/projects/?theme=nonsense")
    assert wrong.status_code == 400
    assert wrong.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query", ["cursor=%00", "cursor=AAAA", "page_size=-1", "page_size=x", "q=%00", "area='"]
)
def test_nonsense_is_a_problem_and_no_failure(client: Client, query: str) -> None:
    proposals.project()
    assert client.get(f"/api/v1/projects/?{query}").status_code in (200, 400, 404, 422)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client: Client, method: str) -> None:
    project = proposals.project()
    client.force_login(accounts.superuser())
    for address in (
        "/api/v1/projects/",
        f"/api/v1/projects/{project.slug}/",
        "/api/v1/projects.csv",
        "/api/v1/calls/",
    ):
        assert (
            getattr(client, method)(address, {"title": "x"}, content_type="application/json").status_code
            == 405
        )


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_cells_that_look_like_formulas_are_quoted(client: Client, title: str) -> None:
    proposals.project(title=title, place=title)
    answer = client.get("/api/v1/projects.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    assert rows[0]["title"] == rows[0]["place"] == f"'{title}"
    assert rows[0]["cost_minor"] == "1200000"
    assert "creativecommons.org" in answer.headers["Link"]


def test_the_list_asks_as_often_for_many(client: Client) -> None:
    call = calls.call()
    proposals.projects(2, call)
    with CaptureQueriesContext(connection) as few:
        client.get("/api/v1/projects/")
    proposals.projects(30, call)
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/projects/")
    assert len(few) == len(many) <= 3


def test_calls_tell_their_rules_and_dates(client: Client) -> None:
    call = calls.call(tally_rule="greedy")
    calls.call(state="draft")
    rows = client.get("/api/v1/calls/").json()["results"]
    assert [row["slug"] for row in rows] == [call.slug]
    assert rows[0]["tally_rule"] == "greedy"
    assert len(rows[0]["phases"]) == 5
    assert client.get(f"/api/v1/calls/{call.slug}/").json()["budget_minor"] == call.budget_minor
