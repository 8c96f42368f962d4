"""Support: one a person, few statements, counted without touching the project's row."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.core import clock, events
from civic.core.errors import Conflict
from projects.proposals import operations, queries
from projects.proposals.models import Project, Support, SupportChange, SupportCount
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, proposals
from tests.proposals.racing import together

pytestmark = pytest.mark.django_db


def counted(project: Project) -> int:
    return SupportCount.objects.get(pk=project.pk).supports


def test_supporting_twice_counts_once_and_can_be_taken_back() -> None:
    project, person, at = proposals.project(), accounts.person(), clock.now()
    for _ in range(2):
        operations.support(actor=person, project=project, at=at)
    operations.roll_up(at=at)
    assert counted(project) == 1
    for _ in range(2):
        operations.withdraw_support(actor=person, project=project, at=at)
    operations.roll_up(at=at)
    assert counted(project) == 0


def test_the_page_counts_what_is_not_rolled_up_yet() -> None:
    project = proposals.project()
    proposals.support(project, *accounts.people(3))
    assert counted(project) == 0
    assert queries.project_page(project.slug, accounts.person()).supporters == 3


def test_support_writes_no_project_row() -> None:
    project = proposals.project()
    before = Project.objects.values("updated_at", "version").get(pk=project.pk)
    with CaptureQueriesContext(connection) as asked:
        operations.support(actor=accounts.person(), project=project, at=clock.now())
    assert not [query for query in asked if "UPDATE" in query["sql"]]
    assert Project.objects.values("updated_at", "version").get(pk=project.pk) == before


@pytest.mark.parametrize("state", [ProjectState.UNFUNDED, ProjectState.CANCELLED, ProjectState.COMPLETED])
def test_what_has_ended_takes_no_support(state: str) -> None:
    project = proposals.project(state=state)
    with pytest.raises(Conflict):
        operations.support(actor=accounts.person(), project=project, at=clock.now())


@pytest.mark.parametrize("htmx", [True, False])
def test_the_button_takes_at_most_six_statements(client: Client, htmx: bool) -> None:
    project, person = proposals.project(), accounts.person()
    client.force_login(person)
    headers = {"HX-Request": "true"} if htmx else {}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(f"/projects/{project.slug}/support/", headers=headers)
    assert len(asked) <= 6, [query["sql"] for query in asked]
    assert Support.objects.filter(project=project, person=person).exists()
    if htmx:
        assert "You want this" in answer.content.decode()
        assert '<strong class="figure">1</strong>' in answer.content.decode()
    else:
        assert answer.headers["Location"] == f"/projects/{project.slug}/#support"
    client.post(f"/projects/{project.slug}/support/", {"withdraw": "1"}, headers=headers)
    assert not Support.objects.exists()


def test_support_by_get_without_a_token_or_signed_out_changes_nothing(client: Client) -> None:
    project = proposals.project()
    url = f"/projects/{project.slug}/support/"
    assert client.post(url).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(accounts.person())
    assert strict.get(url).status_code == 405
    assert strict.post(url).status_code == 403
    assert not Support.objects.exists()


def test_a_draft_of_somebody_else_cannot_be_supported(client: Client) -> None:
    project = proposals.project(state=ProjectState.DRAFT)
    client.force_login(accounts.person())
    assert client.post(f"/projects/{project.slug}/support/").status_code == 404


def test_the_night_mends_a_wrong_count_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    project = proposals.project()
    proposals.support(project, *accounts.people(4))
    assert operations.recount(at=clock.now()) == 0
    SupportCount.objects.filter(pk=project.pk).update(supports=9)
    with caplog.at_level(logging.ERROR):
        assert operations.recount(at=clock.now()) == 1
    assert counted(project) == 4
    assert "was 9, is 4" in caplog.text
    assert events.about(project).get(kind="project.support_miscounted").payload == {"was": 9, "is": 4}


@pytest.mark.django_db(transaction=True)
def test_one_person_at_thirty_two_doors_is_one_supporter() -> None:
    project, person, at = proposals.project(calls.call()), accounts.person(), clock.now()
    together(32, lambda _: operations.support(actor=person, project=project, at=at))
    assert Support.objects.count() == 1
    operations.roll_up(at=at)
    assert counted(project) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_that_roll_up_at_once_lose_and_double_nothing() -> None:
    project, at = proposals.project(), clock.now()
    people = accounts.people(200)

    def act(place: int) -> None:
        for person in people[place * 20 : place * 20 + 20]:
            operations.support(actor=person, project=project, at=at)
            operations.roll_up(at=at, most=7)

    together(10, act)
    operations.roll_up(at=at)
    assert counted(project) == 200
    assert not SupportChange.objects.exists()
