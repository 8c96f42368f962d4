"""Votes: real ballots through the real ballot box, sealed and counted where voting is over."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from civic.accounts.models import Person
from civic.accounts.operations.residency import Facts
from civic.demo.city.calls import Round
from civic.demo.city.cast import Cast
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import operations

# Those whom visitors can be keep their vote for the visitor.
UNDECIDED = {"zofia-baran", "hanneke-bos", "linh-tran"}
TURNOUT = {"decided": 0.68, "funding": 0.1, "over": 0.6, "voting": 0.44}
NEAR = 2.2
PAPERS, ENTERED_TWICE = 7, 3
Ballot = dict[UUID, int]


def vote(cast: Cast, ready: Round) -> None:
    """Everybody who turns out votes once, at some moment of the voting phase up to now."""
    first, end = ready.voting
    operations.prepare_poll(call=ready.call, at=cast.calendar.at(first - 1, 16))
    chance = cast.chance("turnout", ready.call.slug)
    undecided = {cast.people[key].pk for key in UNDECIDED}
    voters = [one for one in cast.residents() if one.pk in cast.verified and one.pk not in undecided]
    for voter in chance.sample(voters, round(len(voters) * TURNOUT[ready.text["status"]])):
        at = max(cast.calendar.between(first, min(end - 1, 0), chance), cast.calendar.at(first))
        choices = _filled_in(_by_liking(voter, ready, chance), ready.call, chance)
        operations.cast_ballot(actor=voter, slug=ready.call.slug, choices=choices, at=at)


def seal(cast: Cast, ready: Round) -> None:
    """The programme manager closes the vote on the morning after it ended."""
    at = min(cast.calendar.at(ready.voting[1], 9), cast.calendar.now)
    operations.close_voting(actor=cast.manager, call=ready.call, at=at)


def count(cast: Cast, ready: Round) -> None:
    """Counts the sealed ballots by the call's own rule, whatever comes out."""
    ready.call.refresh_from_db()
    operations.run_tally(actor=cast.manager, call=ready.call, at=cast.calendar.at(ready.voting[1], 10))
    for project in ready.projects.values():
        project.refresh_from_db()


def paper(cast: Cast, ready: Round) -> None:
    """Ballots from the service desks, typed in by one clerk, some by a second: the count waits for the others."""
    handed_out = cast.calendar.at(ready.voting[0] + 1, 11)
    for number in range(PAPERS):
        facts = Facts(f"Visitor {number} of the desk", date(1948, 3, 1) + timedelta(days=number))
        at = handed_out + timedelta(minutes=4 * number)
        operations.hand_out_paper(actor=cast.clerk, call=ready.call, facts=facts, at=at)
    chance = cast.chance("paper")
    at = min(cast.calendar.at(ready.voting[1], 10), cast.calendar.now)
    for number in range(PAPERS):
        wanted = list(ready.projects.values())
        chance.shuffle(wanted)
        sheet: dict[str, Any] = {"call": ready.call, "serial": f"GQ-{412 + number:04}", "at": at}
        choices = _points(wanted, ready.call, chance)
        operations.enter_paper(actor=cast.clerk, choices=choices, **sheet)
        if number < ENTERED_TWICE:
            operations.enter_paper(actor=cast.manager, choices=choices, **sheet)
    misread = {project.pk: 1 for project in wanted[:2]}
    operations.enter_paper(actor=cast.manager, choices=misread, **sheet)


def _by_liking(voter: Person, ready: Round, chance: random.Random) -> list[Project]:
    """The projects of the ballot in a random order in which the better liked, and those near home, tend to lead."""
    liked = []
    for text in ready.texts:
        project = ready.projects[text["key"]]
        if project.state == ProjectState.SHORTLISTED:
            near = NEAR if project.area_id == voter.area_id else 1.0
            # The order of exponential waiting times is that of drawing by weight without putting back.
            liked.append((chance.expovariate(text["appeal"] ** ready.text["contrast"] * near), project))
    return [project for _, project in sorted(liked, key=lambda pair: pair[0])]


def _filled_in(wanted: list[Project], call: Call, chance: random.Random) -> Ballot:
    """A ballot of the call's kind, from what the voter wants most."""
    if call.ballot_kind == Call.BallotKind.POINTS:
        return _points(wanted, call, chance)
    if call.ballot_kind == Call.BallotKind.APPROVAL:
        return {project.pk: 1 for project in wanted[: chance.randint(1, call.ballot_max or 6)]}
    # Takes what fits, until the basket is full or the voter has had enough.
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
