"""The two pages on which every slice shows something ask the database a few times, however much there is."""

from typing import Any

import pytest

from civic.accounts.models import Person
from projects.calls.models import Call
from projects.contributions.states import ContributionState
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, contributions, delivery, discussion, proposals, voting
from tests.visiting import statements, visitor

pytestmark = pytest.mark.django_db

SIZES = (2, 9)


def voted(size: int, voter: Person) -> Call:
    call = voting.voting_call(*[1] * 3)
    for person in [voter, *accounts.people(size)]:
        voting.cast(call, 1, person=person)
    voting.decide(call)
    return call


def full(size: int) -> Project:
    """A project that won its vote and is being delivered, with `size` of everything."""
    project = Project.objects.filter(call=voted(size, accounts.person())).order_by("ballot_number")[0]
    changes: Any = {"latitude": 53, "longitude": 6, "state": ProjectState.DELIVERING}
    Project.objects.filter(pk=project.pk).update(author=accounts.person(), **changes)
    delivery.milestones(project, *[10_000 // size] * (size - 1), 10_000 - 10_000 // size * (size - 1))
    discussion.comments(project, size, replies=3)
    for _ in range(size):
        proposals.member(project)
        proposals.picture(project)
        discussion.follow(project)
        delivery.update(project, author=accounts.person())
        line = contributions.want(project)
        contributions.contribution(line, organisation=accounts.organisation())
        contributions.contribution(line, ContributionState.VERIFIED, organisation=accounts.organisation())
    project.refresh_from_db()
    return project


def test_the_project_page(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    counts = []
    for size in SIZES:
        project = full(size)
        address, reader = project.get_absolute_url(), accounts.person()
        for _ in range(size):
            accounts.membership(accounts.organisation(), reader, "owner")
        steward = accounts.staff("programme-managers")
        member = project.team.earliest("pk").person
        readers = [None, reader, project.author, member, steward]
        counts.append([statements(visitor(one), address) for one in readers])
    few, many = counts
    assert many == few
    assert few[0] <= 5
    assert max(few) <= 10


def test_ones_own_page(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    counts = []
    for size in SIZES:
        person = busy(size)
        counts.append(statements(visitor(person), "/me/"))
    assert counts[0] == counts[1] <= 10


def busy(size: int) -> Person:
    """Somebody with `size` of everything that stands or waits on /me/."""
    person = accounts.resident()
    for _ in range(size):
        accounts.membership(accounts.organisation(), person)
        discussion.follow(proposals.project(), person)
        discussion.comment(author=person)
        proposals.project(author=person, state=ProjectState.RETURNED)
        contributions.contribution(person=person)
        contributions.contribution(state=ContributionState.ACCEPTED, person=person)
        contributions.contribution(contributions.want(proposals.project(author=person)))
        delivery.milestone(MilestoneState.IN_PROGRESS, delivery.project(author=person))
        voting.voting_call(1, 1)
        voted(1, person)
    return person
