"""Votes: real ballots through the real ballot box, sealed and counted where voting is over."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from civic.accounts.models import Person
from civic.accounts.operations.residency import Facts
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from civic.demo.city.programme import MANAGER
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting.operations import (
    cast_ballot,
    close_voting,
    enter_paper,
    hand_out_paper,
    prepare_poll,
    run_tally,
)

# Those whom visitors can be keep their vote for the visitor.
UNDECIDED = {"zofia-baran", "hanneke-bos", "linh-tran"}
TURNOUT = {"decided": 0.68, "funding": 0.1, "over": 0.6, "voting": 0.44}
NEAR = 2.2
CLERK = "mirja-koskinen"
PAPERS, ENTERED_TWICE = 7, 3
Ballot = dict[UUID, int]


def vote(cast: Cast, ready: Round) -> None:
    """Everybody who turns out votes once, at some moment of the voting phase up to now."""
    first, end = ready.voting
    prepare_poll(call=ready.call, at=cast.calendar.at(first - 1, 16))
    chance = cast.chance("turnout", ready.call.slug)
    for voter in _turnout(cast, ready, chance):
        at = cast.calendar.between(first, min(end - 1, 0), chance)
        choices = _ballot(voter, ready, chance)
        cast_ballot(actor=voter, slug=ready.call.slug, choices=choices, at=max(at, cast.calendar.at(first)))


def seal(cast: Cast, ready: Round) -> None:
    """The programme manager closes the vote on the morning after it ended."""
    at = cast.calendar.at(ready.voting[1], 9)
    close_voting(actor=cast.people[MANAGER], call=ready.call, at=min(at, cast.calendar.now))


def count(cast: Cast, ready: Round) -> None:
    """Counts the sealed ballots by the call's own rule, whatever comes out."""
    ready.call.refresh_from_db()
    run_tally(actor=cast.people[MANAGER], call=ready.call, at=cast.calendar.at(ready.voting[1], 10))
    for project in ready.projects.values():
        project.refresh_from_db()


def paper(cast: Cast, ready: Round) -> None:
    """Ballots from the service desks, typed in by one clerk, some by a second: the count waits for the others."""
    first, second = cast.people[CLERK], cast.people[MANAGER]
    chance, at = cast.chance("paper"), cast.calendar.at(ready.voting[1], 10)
    at = min(at, cast.calendar.now)
    hand_out(cast, ready)
    for number in range(PAPERS):
        serial, wanted = f"GQ-{412 + number:04}", list(ready.projects.values())
        chance.shuffle(wanted)
        choices = _points(wanted, ready.call, chance)
        enter_paper(actor=first, call=ready.call, serial=serial, choices=choices, at=at)
        if number < ENTERED_TWICE:
            enter_paper(actor=second, call=ready.call, serial=serial, choices=choices, at=at)
    misread = {project.pk: 1 for project in wanted[:2]}
    enter_paper(actor=second, call=ready.call, serial=serial, choices=misread, at=at)


def hand_out(cast: Cast, ready: Round) -> None:
    """People without an account come to the service desk on the second day of voting."""
    clerk, at = cast.people[CLERK], cast.calendar.at(ready.voting[0] + 1, 11)
    for number in range(PAPERS):
        facts = Facts(f"Visitor {number} of the desk", date(1948, 3, 1) + timedelta(days=number))
        hand_out_paper(actor=clerk, call=ready.call, facts=facts, at=at + timedelta(minutes=4 * number))


def _turnout(cast: Cast, ready: Round, chance: random.Random) -> list[Person]:
    undecided = {cast.people[key].pk for key in UNDECIDED}
    verified = [
        voter for voter in cast.residents() if voter.pk in cast.verified and voter.pk not in undecided
    ]
    return chance.sample(verified, round(len(verified) * TURNOUT[ready.text["status"]]))


def _ballot(voter: Person, ready: Round, chance: random.Random) -> Ballot:
    """What this voter wants: more of what appeals to all, and more of what is near their home."""
    wanted = _by_liking(voter, ready, chance)
    return KINDS[ready.call.ballot_kind](wanted, ready.call, chance)


def _by_liking(voter: Person, ready: Round, chance: random.Random) -> list[Project]:
    """The projects of the ballot in a random order in which the better liked tend to come first."""
    liked = []
    for text in ready.texts:
        project = ready.projects[text["key"]]
        if project.state == ProjectState.SHORTLISTED:
            near = NEAR if project.area_id == voter.area_id else 1.0
            # The order of exponential waiting times is that of drawing by weight without putting back.
            liked.append((chance.expovariate(text["appeal"] ** ready.text["contrast"] * near), project))
    return [project for _, project in sorted(liked, key=lambda pair: pair[0])]


def _approval(wanted: list[Project], call: Call, chance: random.Random) -> Ballot:
    number = chance.randint(1, call.ballot_max or 6)
    return {project.pk: 1 for project in wanted[:number]}


def _basket(wanted: list[Project], call: Call, chance: random.Random) -> Ballot:
    """Takes what fits, until the basket is full or the voter has had enough."""
    choices: Ballot = {}
    left, enough = call.budget_minor, chance.randint(2, 8)
    for project in wanted:
        cost = project.cost_minor or 0
        if cost <= left and len(choices) < enough:
            choices[project.pk] = 1
            left -= cost
    return choices


def _points(wanted: list[Project], call: Call, chance: random.Random) -> Ballot:
    """All points on one to four projects, the most on the first."""
    points, chosen = call.ballot_max or 10, wanted[: chance.randint(1, 4)]
    shares = sorted(chance.sample(range(1, points), len(chosen) - 1))
    parts = [end - start for start, end in zip([0, *shares], [*shares, points], strict=True)]
    return {project.pk: part for project, part in zip(chosen, sorted(parts, reverse=True), strict=True)}


KINDS: dict[str, Callable[[list[Project], Call, random.Random], Ballot]] = {
    Call.BallotKind.APPROVAL: _approval,
    Call.BallotKind.BASKET: _basket,
    Call.BallotKind.POINTS: _points,
}
