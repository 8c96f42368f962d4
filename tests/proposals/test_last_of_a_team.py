"""Whoever is the last of a team stays while the city's money waits for the project (M25)."""

import pytest

from civic.accounts.operations import erasure
from civic.core import clock
from civic.core.errors import Conflict
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery, proposals

pytestmark = pytest.mark.django_db
WAITS = {ProjectState.FUNDING, ProjectState.FUNDED, ProjectState.DELIVERING}


def may_go(project: Project, who: str) -> bool:
    """Whether the author, or the only member whose author is gone, may ask for erasure."""
    person = project.author
    if who == "member":
        person = proposals.member(project).person
        Project.objects.filter(pk=project.pk).update(author=None)
    assert person
    try:
        erasure.request_erasure(actor=person, confirmation=person.email, at=clock.now())
    except Conflict as refusal:
        return project.title not in str(refusal.detail)
    return True


@pytest.mark.parametrize("who", ["author", "member"])
@pytest.mark.parametrize("state", ProjectState)
def test_the_last_of_a_team_stays_while_money_waits_m25(state: str, who: str) -> None:
    if state == ProjectState.DELIVERING:
        project = proposals.project(state=ProjectState.FUNDED)
        delivery.milestones(project)
        Project.objects.filter(pk=project.pk).update(state=state)
    else:
        project = proposals.project(state=state)
    assert may_go(project, who) is (state not in WAITS)


def test_with_somebody_who_goes_on_the_author_may_leave_m25() -> None:
    project = proposals.project(state=ProjectState.FUNDED)
    proposals.member(project, accounts.person())
    assert may_go(project, "author")
