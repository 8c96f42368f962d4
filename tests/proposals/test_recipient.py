"""Who is paid for a project that raises money: the city's word, for an organisation of its team."""

from datetime import datetime

import pytest

from civic.accounts import groups
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid, Refused
from projects.proposals.operations import describe, name_organisation
from projects.proposals.states import RAISED, ProjectState
from tests.factories import accounts, proposals

pytestmark = pytest.mark.django_db
# The verb over every state of its project.
TABLE: dict[str, type[Refused] | None] = {
    state: None if state in RAISED else Conflict for state in ProjectState.values
}


@pytest.mark.parametrize("state", ProjectState.values)
def test_the_city_names_who_is_paid_for_what_raises_money_m23(state: str, at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    project = proposals.project(state=state)
    mine = accounts.organisation(project.author)
    named = {"project": project, "organisation": mine, "reason": "Agreed.", "at": at}
    if refusal := TABLE[state]:
        with pytest.raises(refusal):
            name_organisation(actor=manager, **named)
        return
    name_organisation(actor=manager, **named)
    project.refresh_from_db()
    assert project.organisation == mine
    assert events.about(project).get(kind="project.organisation_named").note == "Agreed."


def test_the_city_names_nobody_foreign_and_no_team_turns_money_away_m23(at: datetime) -> None:
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    project = proposals.project(state=ProjectState.DELIVERING)
    foreign = accounts.organisation()
    with pytest.raises(Invalid):
        name_organisation(actor=manager, project=project, organisation=foreign, reason="Agreed.", at=at)
    own = proposals.project(state=ProjectState.DELIVERING, author=manager)
    theirs = accounts.organisation(manager)
    with pytest.raises(Forbidden):
        name_organisation(actor=manager, project=own, organisation=theirs, reason="Mine.", at=at)
    first, other = (accounts.organisation(project.author) for _number in range(2))
    change = {"actor": project.author, "project": project, "reason": "Who is paid.", "at": at}
    describe(fields={"organisation": first}, **change)
    with pytest.raises(Conflict, match="Ask the city"):
        describe(fields={"organisation": other}, **change)
    with pytest.raises(Conflict, match="Ask the city"):
        describe(fields={"organisation": None}, **change)
    name_organisation(actor=manager, project=project, organisation=other, reason="They split up.", at=at)
