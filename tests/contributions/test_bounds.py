"""Who still speaks for an organisation, how long words and lists may be, and what waits for whom."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from civic.accounts.models import Organisation, Person
from civic.accounts.states import OrganisationState
from civic.core import clock
from civic.core.errors import Conflict, Forbidden, Invalid
from projects.contributions import queries
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import offer_steps, wants
from projects.contributions.operations.offer_steps import LONGEST, Offer
from projects.contributions.operations.wants import MOST, Wish
from projects.contributions.states import ContributionState
from projects.proposals.states import ProjectState
from tests.factories import accounts, contributions, proposals

pytestmark = pytest.mark.django_db

State = ContributionState


def take(verb: str, actor: Person | None, thing: Contribution, at: datetime, reason: str = "So") -> None:
    offer_steps.VERBS[verb](actor=actor, contribution=thing, reason=reason, at=at)


@pytest.mark.parametrize("verb", ["deliver", "withdraw"])
def test_who_left_an_organisation_no_longer_acts_for_it(verb: str, at: datetime) -> None:
    group = accounts.organisation()
    place = accounts.membership(group, accounts.person())
    thing = contributions.contribution(state=State.ACCEPTED, organisation=group, person=place.person)
    place.delete()
    with pytest.raises(Forbidden):
        take(verb, thing.person, thing, at)


def test_nobody_acts_for_a_suspended_organisation(at: datetime) -> None:
    owner = accounts.person()
    group = accounts.organisation(owner)
    thing = contributions.contribution(state=State.ACCEPTED, organisation=group, person=owner)
    Organisation.objects.update(state=OrganisationState.SUSPENDED)
    with pytest.raises(Forbidden):
        take("deliver", owner, thing, at)
    assert not queries.acts_for(owner).exists()


def test_an_offer_is_taken_back_and_somebody_else_takes_its_place(at: datetime) -> None:
    line, person = contributions.want(amount=5), accounts.person()
    first = offer_steps.offer(actor=person, want=line, offered=Offer(5), token=uuid4(), at=at)
    take("withdraw", person, first, at)
    assert offer_steps.offer(actor=person, want=line, offered=Offer(5), token=uuid4(), at=at) != first


def test_words_have_an_end(at: datetime) -> None:
    line, long = contributions.want(), "x" * (LONGEST + 1)
    with pytest.raises(Invalid):
        offer_steps.offer(actor=accounts.person(), want=line, offered=Offer(1, long), token=uuid4(), at=at)
    thing = contributions.contribution(line)
    with pytest.raises(Invalid):
        take("decline", line.project.author, thing, at, long)


def test_the_last_answer_of_the_project_is_not_overwritten_by_the_giver(at: datetime) -> None:
    thing = contributions.contribution(state=State.DELIVERED)
    take("send_back", thing.want.project.author, thing, at, "Two are missing")
    take("deliver", thing.person, thing, at, "There they are")
    assert Contribution.objects.get().reason == "Two are missing"


def test_what_is_found_takes_no_further_offer(at: datetime) -> None:
    line = contributions.want(amount=4)
    contributions.contribution(line, State.ACCEPTED, amount=4)
    with pytest.raises(Conflict, match="Others have offered all of it"):
        offer_steps.offer(actor=accounts.person(), want=line, offered=Offer(1), token=uuid4(), at=at)


def test_a_list_has_an_end(at: datetime) -> None:
    project = proposals.project()
    for _ in range(MOST):
        contributions.want(project)
    wish = Wish(kind="space", title="A room", amount=1, unit="evening")
    with pytest.raises(Conflict):
        wants.add_want(actor=project.author, project=project, wish=wish, at=at)
    Want.objects.filter(pk=Want.objects.first().pk).update(closed_at=clock.now())  # type: ignore[union-attr]
    wants.add_want(actor=project.author, project=project, wish=wish, at=at)


def waiting(person: Person) -> list[Any]:
    read = Person.objects.annotate(**queries.me_columns(person, clock.now())).get(pk=person.pk)
    return [one.pk for one in queries.waiting_for(read)]


def test_each_waits_for_the_side_whose_step_it_is() -> None:
    line = contributions.want()
    team = line.project.author
    group = accounts.organisation()
    colleague = accounts.membership(group, accounts.person()).person
    offered = contributions.contribution(line)
    given = contributions.contribution(line, State.DELIVERED, organisation=group)
    promised = contributions.contribution(line, State.ACCEPTED, organisation=group)
    own = contributions.contribution(line, person=team)
    for over in (State.VERIFIED, State.DECLINED, State.WITHDRAWN):
        contributions.contribution(line, over, person=team)
    assert set(waiting(team)) == {offered.pk, given.pk}
    assert waiting(offered.person) == []
    assert waiting(promised.person) == [promised.pk]
    assert promised.pk not in waiting(colleague)
    assert own.pk not in waiting(team)


def test_nothing_waits_where_the_project_is_over() -> None:
    line = contributions.want(proposals.project(state=ProjectState.COMPLETED))
    promised = contributions.contribution(line, State.ACCEPTED)
    assert waiting(promised.person) == []


def test_the_api_lists_what_is_still_wanted_with_how_much_is_taken() -> None:
    line = contributions.want(amount=10)
    contributions.contribution(line, State.ACCEPTED, amount=3)
    contributions.contribution(line, State.OFFERED, amount=4)
    contributions.want(line.project, closed_at=clock.now())
    listed = Client().get(f"/api/v1/projects/{line.project.slug}/wanted/").json()["results"]
    assert [(one["id"], one["amount"], one["taken"]) for one in listed] == [(str(line.pk), 10, 3)]
