"""From an offer to verified help: who may take which step, how much fits, and who hears of it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from civic.accounts.models import Person
from civic.accounts.privacy import undeclared
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from civic.notifications.models import Notification
from projects.contributions.models import Contribution, Want
from projects.contributions.operations import offer_steps, wants
from projects.contributions.operations.offer_steps import Offer
from projects.contributions.operations.wants import Wish
from projects.contributions.states import ContributionState
from tests.factories import accounts, contributions, proposals

pytestmark = pytest.mark.django_db

State = ContributionState


def give(line: Want, at: datetime, actor: Person | None = None, **offer: Any) -> Contribution:
    offered = Offer(**({"amount": 4} | offer))
    return offer_steps.offer(
        actor=actor or accounts.person(), want=line, offered=offered, token=uuid4(), at=at
    )


def take(
    verb: str, actor: Person, thing: Contribution, at: datetime, reason: str = "Because"
) -> Contribution:
    return offer_steps.VERBS[verb](actor=actor, contribution=thing, reason=reason, at=at)


def test_help_goes_from_an_offer_to_verified(at: datetime) -> None:
    line = contributions.want()
    helper, team = accounts.person(), line.project.author
    given = give(line, at, helper, message="Saturdays")
    for verb, actor in [("accept", team), ("deliver", helper), ("verify", team)]:
        given = take(verb, actor, given, at)
    assert Contribution.objects.get().state == State.VERIFIED
    kinds = Event.objects.filter(kind__startswith="contribution.").values_list("kind", flat=True)
    assert list(kinds.order_by("seq")) == [
        f"contribution.{step}" for step in ("offered", "accepted", "delivered", "verified")
    ]
    assert "Saturdays" not in str(list(Event.objects.values_list("payload", flat=True)))


def test_each_side_hears_of_what_the_other_did(at: datetime) -> None:
    line = contributions.want()
    member, helper = proposals.member(line.project).person, accounts.person()
    given = give(line, at, helper)
    take("decline", line.project.author, given, at, "We have no ladder")
    events.deliver_pending(at=at)
    heard = set(Notification.objects.values_list("kind", "person", "detail"))
    assert heard == {
        ("contribution.offered", line.project.author.pk, ""),
        ("contribution.offered", member.pk, ""),
        ("contribution.declined", helper.pk, "We have no ladder"),
    }


@pytest.mark.parametrize("verb", ["accept", "decline", "verify", "send_back"])
def test_nobody_answers_their_own_offer_or_that_of_their_organisation(verb: str, at: datetime) -> None:
    state = State.OFFERED if verb in ("accept", "decline") else State.DELIVERED
    line = contributions.want()
    group = accounts.organisation(accounts.person())
    accounts.membership(group, line.project.author)
    own = contributions.contribution(line, state, person=line.project.author)
    ours = contributions.contribution(line, state, organisation=group)
    for thing in (own, ours):
        with pytest.raises(Forbidden):
            take(verb, line.project.author, thing, at)
        with pytest.raises(Forbidden):
            take(verb, accounts.person(), thing, at)
    take(verb, accounts.staff("programme-managers"), own, at)
    take(verb, proposals.member(line.project).person, ours, at)


@pytest.mark.parametrize("verb", ["withdraw", "deliver"])
def test_only_who_gives_takes_back_or_delivers(verb: str, at: datetime) -> None:
    thing = contributions.contribution(state=State.ACCEPTED)
    for actor in (thing.want.project.author, accounts.staff("programme-managers"), accounts.person()):
        with pytest.raises(Forbidden):
            take(verb, actor, thing, at)
    assert take(verb, thing.person, thing, at).state != State.ACCEPTED


def test_a_colleague_delivers_what_the_organisation_promised(at: datetime) -> None:
    group = accounts.organisation()
    colleague = accounts.membership(group, accounts.person()).person
    thing = contributions.contribution(state=State.ACCEPTED, organisation=group)
    assert take("deliver", colleague, thing, at).state == State.DELIVERED


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", list(offer_steps.VERBS))
def test_only_the_steps_of_the_table_are_possible(verb: str, state: str, at: datetime) -> None:
    thing = contributions.contribution(state=state)
    actor = thing.person if verb in ("withdraw", "deliver") else thing.want.project.author
    if (verb, state) in Contribution.TRANSITIONS:
        assert take(verb, actor, thing, at).state == Contribution.TRANSITIONS[verb, state]
    else:
        with pytest.raises(IllegalTransition):
            take(verb, actor, thing, at)


@pytest.mark.parametrize(("verb", "state"), [("decline", State.OFFERED), ("send_back", State.DELIVERED)])
def test_a_no_needs_its_reason(verb: str, state: str, at: datetime) -> None:
    thing = contributions.contribution(state=state)
    with pytest.raises(Invalid):
        take(verb, thing.want.project.author, thing, at, "  ")
    take(verb, thing.want.project.author, thing, at, "Half is missing")
    assert Contribution.objects.get().reason == "Half is missing"


@pytest.mark.parametrize("amount", [0, -1, 5, 10**9])
def test_no_more_can_be_offered_than_is_missing(amount: int, at: datetime) -> None:
    line = contributions.want(amount=10)
    contributions.contribution(line, State.VERIFIED, amount=6)
    with pytest.raises(Invalid):
        give(line, at, amount=amount)
    assert give(line, at, amount=4).amount == 4


def test_no_more_is_accepted_than_is_wanted(at: datetime) -> None:
    line = contributions.want(amount=6)
    first, second = give(line, at), give(line, at)
    take("accept", line.project.author, first, at)
    with pytest.raises(Conflict):
        take("accept", line.project.author, second, at)
    take("withdraw", first.person, first, at)
    assert take("accept", line.project.author, second, at).state == State.ACCEPTED


def test_a_form_sent_twice_offers_once(at: datetime) -> None:
    line, actor, token = contributions.want(), accounts.person(), uuid4()
    sent = [offer_steps.offer(actor=actor, want=line, offered=Offer(2), token=token, at=at) for _ in range(2)]
    assert sent[0] == sent[1]
    with pytest.raises(Conflict):
        give(line, at, actor)


@pytest.mark.parametrize("state", ["completed", "cancelled", "submitted", "failed"])
def test_a_project_that_is_over_or_not_open_takes_no_help(state: str, at: datetime) -> None:
    line = contributions.want(proposals.project(state=state))
    with pytest.raises(Conflict):
        give(line, at)
    with pytest.raises(Conflict):
        take("accept", line.project.author, contributions.contribution(line), at)


def test_a_hidden_project_takes_no_help(at: datetime) -> None:
    line = contributions.want(proposals.project(hidden_for="insult"))
    with pytest.raises(Conflict):
        give(line, at)


def test_nobody_offers_for_an_organisation_that_is_not_theirs(at: datetime) -> None:
    line, group = contributions.want(), accounts.organisation()
    with pytest.raises(Forbidden):
        give(line, at, organisation=group)
    member = accounts.membership(group, accounts.person()).person
    assert give(line, at, member, organisation=group).public_name == group.name


def wish(**more: Any) -> Wish:
    return Wish(**({"kind": "space", "title": "A room", "amount": 3, "unit": "evenings"} | more))


def test_the_team_keeps_the_list_and_nobody_else(at: datetime) -> None:
    project = proposals.project()
    line = wants.add_want(actor=project.author, project=project, wish=wish(), at=at)
    for actor in (accounts.person(), accounts.staff("programme-managers")):
        with pytest.raises(Forbidden):
            wants.add_want(actor=actor, project=project, wish=wish(), at=at)
        with pytest.raises(Forbidden):
            wants.change_want(actor=actor, want=line, wish=wish(amount=1), at=at)
        with pytest.raises(Forbidden):
            wants.close_want(actor=actor, want=line, at=at)
    wants.close_want(actor=project.author, want=line, at=at)
    with pytest.raises(Conflict):
        give(line, at, amount=1)


@pytest.mark.parametrize(
    "bad", [{"amount": 0}, {"title": " "}, {"unit": ""}, {"kind": "gold"}, {"amount": 10**7}]
)
def test_a_line_says_what_and_how_much(bad: dict[str, Any], at: datetime) -> None:
    project = proposals.project()
    with pytest.raises(Invalid):
        wants.add_want(actor=project.author, project=project, wish=wish(**bad), at=at)


def test_what_was_accepted_is_not_wished_away(at: datetime) -> None:
    line = contributions.want(amount=10)
    contributions.contribution(line, State.ACCEPTED, amount=6)
    for changed in (wish(kind="time", unit="hours", amount=5), wish(amount=10)):
        with pytest.raises(Invalid):
            wants.change_want(actor=line.project.author, want=line, wish=changed, at=at)
    smaller = wish(kind="time", unit="hours", amount=6)
    assert wants.change_want(actor=line.project.author, want=line, wish=smaller, at=at).amount == 6


def test_the_database_refuses_what_the_operations_would() -> None:
    line, person = contributions.want(), accounts.person()
    contributions.contribution(line, person=person)
    for bad in ({"amount": 0}, {"person": person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            contributions.contribution(line, **bad)


def test_every_personal_column_is_declared() -> None:
    assert not [name for name in undeclared() if "contributions." in str(name)]
