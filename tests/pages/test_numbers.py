"""The live numbers count exactly what they say."""

import pytest
from django.test import Client

from civic.core import clock
from civic.pages import operations, tasks
from civic.pages.models import Numbers
from projects.discussion.models import Comment
from projects.proposals.states import PRIVATE, ProjectState
from tests.factories import accounts, calls, pages, proposals, voting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]


def comment(project: object, **fields: object) -> Comment:
    return Comment.objects.create(project=project, body="A thought", posted_at=clock.now(), **fields)


def test_nothing_yet_is_zero_and_not_a_failure() -> None:
    counted = operations.count_numbers(at=clock.now())
    assert (counted.projects, counted.people, counted.money_minor, counted.comments) == (0, 0, 0, 0)


def test_projects_are_those_that_were_opened() -> None:
    call = calls.call()
    for state in ProjectState:
        proposals.project(call, state=state, author=None)
    never_opened = len(PRIVATE)
    assert operations.count_numbers(at=clock.now()).projects == len(ProjectState) - never_opened


def test_people_are_accounts_with_a_confirmed_address() -> None:
    accounts.person()
    accounts.person(address_verified=False)
    accounts.person(is_active=False)
    accounts.person(erased_at=clock.now())
    assert operations.count_numbers(at=clock.now()).people == 1


def test_money_is_what_won_whatever_became_of_it() -> None:
    call = calls.call()
    won = [ProjectState.FUNDING, ProjectState.DELIVERING, ProjectState.EVALUATED, ProjectState.FAILED]
    # A winner that missed its goal is unfunded as the losers are: the result tells them apart.
    winners = [*won, ProjectState.UNFUNDED, ProjectState.CANCELLED]
    made = [proposals.project(call, state=state, cost_minor=1_000_00) for state in winners]
    proposals.project(call, state=ProjectState.OPEN, cost_minor=1_000_00)
    voting.results(call, won=made, lost=[proposals.project(call, state=ProjectState.UNFUNDED, cost_minor=1)])
    assert operations.count_numbers(at=clock.now()).money_minor == 5_000_00


def test_comments_without_those_taken_back_or_hidden_or_on_hidden_projects() -> None:
    project = proposals.project()
    comment(project)
    comment(project, hidden_for="insult")
    gone = comment(project)
    Comment.objects.filter(pk=gone.pk).update(deleted_at=clock.now(), body="")
    comment(proposals.project(state=ProjectState.DRAFT))
    assert operations.count_numbers(at=clock.now()).comments == 1


def test_the_task_counts_and_pages_show_it_with_its_meaning(client: Client) -> None:
    pages.tree()
    proposals.project(state=ProjectState.FUNDED, cost_minor=12_500_00)
    tasks.count_numbers()
    page = client.get("/").content.decode()
    assert "€12,500" in page
    for name in ("projects", "people", "money_minor", "comments"):
        assert str(Numbers._meta.get_field(name).help_text) in page


def test_counting_again_replaces_the_count() -> None:
    operations.count_numbers(at=clock.now())
    proposals.project()
    assert operations.count_numbers(at=clock.now()).projects == 1
    assert Numbers.objects.count() == 1
