"""The council's desk for proposals."""

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from civic.accounts import groups
from civic.core import clock
from projects.proposals import operations
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, proposals

pytestmark = pytest.mark.django_db
LIST = "/admin/proposals/project/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    return client


def test_the_longest_waiting_stands_first_and_drafts_are_not_there(desk: Client) -> None:
    newer = proposals.project(state=ProjectState.SUBMITTED, title="Newer")
    older = proposals.project(state=ProjectState.SUBMITTED, title="Older")
    Project.objects.filter(pk=older.pk).update(state_since="2026-01-01T00:00Z")
    proposals.project(state=ProjectState.DRAFT, title="Nobody's business")
    text = desk.get(LIST).content.decode()
    assert text.index("Older") < text.index("Newer")
    assert "business" not in text
    assert newer.title in text


@pytest.mark.parametrize(
    ("decision", "state"),
    [("open", ProjectState.OPEN), ("return", ProjectState.RETURNED), ("reject", ProjectState.REJECTED)],
)
def test_a_decision_is_one_form_and_leads_to_the_next(desk: Client, decision: str, state: str) -> None:
    project, following = (proposals.project(state=ProjectState.SUBMITTED) for _ in range(2))
    page = desk.get(f"{LIST}{project.pk}/change/")
    assert project.story in page.content.decode()
    answer = desk.post(f"{LIST}{project.pk}/change/", {"decision": decision, "reason": "Because."})
    assert answer.headers["Location"] == f"{LIST}{following.pk}/change/"
    project.refresh_from_db()
    assert project.state == state


def test_without_a_reason_the_page_says_so(desk: Client) -> None:
    project = proposals.project(state=ProjectState.SUBMITTED)
    page = desk.post(f"{LIST}{project.pk}/change/", {"decision": "return", "reason": ""})
    assert "Give a reason" in page.content.decode()
    project.refresh_from_db()
    assert project.state == ProjectState.SUBMITTED


def test_many_are_returned_with_one_reason(desk: Client) -> None:
    chosen = [proposals.project(state=ProjectState.SUBMITTED) for _ in range(3)]
    data = {"action": "return_for_changes", "_selected_action": [project.pk for project in chosen]}
    desk.post(LIST, {**data, "confirmed": "yes", "reason": "Please add the upkeep."}, follow=True)
    assert Project.objects.filter(state=ProjectState.RETURNED).count() == 3


def test_what_changed_since_the_last_time_is_shown(desk: Client) -> None:
    project, at = proposals.complete_draft(), clock.now()
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    operations.submit(actor=project.author, project=project, at=at)
    operations.return_for_changes(actor=manager, project=project, reason="Where?", at=at)
    operations.describe(actor=project.author, project=project, fields={"place": "Behind the mill"}, at=at)
    operations.submit(actor=project.author, project=project, at=at)
    page = desk.get(f"{LIST}{project.pk}/change/").content.decode()
    assert "What changed since it was handed in last" in page
    assert "mill</ins>" in page


def test_the_ballot_is_made_from_a_page_that_shows_it(desk: Client) -> None:
    call = calls.call(phase="review")
    project = proposals.project(call)
    address = f"{LIST}ballot/{call.pk}/"
    assert project.title in desk.get(address).content.decode()
    desk.post(address)
    project.refresh_from_db()
    assert project.ballot_number == "1"


@pytest.mark.parametrize("group", [groups.MODERATORS, groups.AUDITORS, groups.FINANCE_OFFICERS])
def test_other_staff_look_at_most(client: Client, group: str) -> None:
    project = proposals.project(state=ProjectState.SUBMITTED)
    client.force_login(accounts.staff(group))
    for address in (f"{LIST}{project.pk}/change/", f"{LIST}ballot/{project.call_id}/"):
        client.post(address, {"decision": "open", "reason": "x"})
    project.refresh_from_db()
    assert project.state == ProjectState.SUBMITTED


def test_staff_with_one_call_see_its_proposals_only(client: Client) -> None:
    mine = proposals.project(state=ProjectState.SUBMITTED, title="In their call")
    other = proposals.project(state=ProjectState.SUBMITTED, title="In another")
    staff = accounts.staff()
    assign_perm("calls.manage_call", staff, mine.call)
    client.force_login(staff)
    text = client.get(LIST).content.decode()
    assert "In their call" in text
    assert "In another" not in text
    assert client.get(f"{LIST}{other.pk}/change/").status_code == 404
    client.post(f"{LIST}{mine.pk}/change/", {"decision": "open", "reason": ""})
    mine.refresh_from_db()
    assert mine.state == ProjectState.OPEN
