"""A call that is voting, ballots in it, and a finished count."""

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from civic.accounts.models import Person
from civic.core import clock
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import operations
from projects.voting.models import PaperVoter, ProjectResult, Tally
from tests.factories import accounts, calls, proposals

_numbers = itertools.count(1)


def voting_call(
    *costs: int, at: datetime | None = None, budget: int = 100, prepared: bool = True, **fields: Any
) -> Call:
    """A call in its voting phase with one shortlisted project for each cost; costs and budget in whole euros.

    The poll is prepared; everybody with an account may vote unless `eligibility` says otherwise.
    """
    at = at or clock.now()
    fields.setdefault("eligibility", Call.Eligibility.REGISTERED)
    call = calls.call(PhaseKind.VOTING, at=at, budget_minor=budget * 100, **fields)
    for number, cost in enumerate(costs, start=1):
        proposals.project(
            call,
            state=ProjectState.SHORTLISTED,
            cost_minor=cost * 100,
            ballot_number=str(number),
            author=None,
        )
    if prepared:
        operations.prepare_poll(call=call, at=at - timedelta(days=30))
    return call


def on_ballot(call: Call) -> list[Project]:
    """The projects of the call by their number."""
    return sorted(call.projects.exclude(ballot_number=""), key=lambda project: int(project.ballot_number))


def choices(call: Call, *numbers: int, **values: int) -> dict[UUID, int]:
    """Choices by ballot number: `choices(call, 1, 3)`, or with values `choices(call, n1=5, n2=3)`."""
    known = {int(project.ballot_number): project.pk for project in on_ballot(call)}
    return {known[number]: 1 for number in numbers} | {
        known[int(name.removeprefix("n"))]: value for name, value in values.items()
    }


def cast(
    call: Call, *numbers: int, person: Person | None = None, at: datetime | None = None, **values: int
) -> str:
    """A ballot for these numbers; returns the receipt code."""
    return operations.cast_ballot(
        actor=person or accounts.person(),
        slug=call.slug,
        choices=choices(call, *numbers, **values),
        at=at or clock.now(),
    )


def papers_out(call: Call, count: int) -> None:
    """So many people without an account have taken a paper ballot."""
    for _number in range(count):
        PaperVoter.objects.create(call=call, identity=f"mark-{next(_numbers)}")


def voting_over(call: Call) -> datetime:
    """A moment just after the call's voting phase."""
    return call.phases.get(kind=PhaseKind.VOTING).ends_at + timedelta(minutes=1)


def decide(call: Call) -> Tally:
    """Seals and counts the call as the clock would after its voting phase."""
    at = voting_over(call)
    call = Call.objects.get(pk=call.pk)
    assert call.state == CallState.OPEN
    operations.close_voting(call=call, at=at)
    return operations.run_tally(call=call, at=at)


def results(call: Call, *, won: list[Project], lost: list[Project]) -> Tally:
    """A published result in which these projects won and those did not; nobody has voted."""
    tally = Tally.objects.create(
        call=call, rule="greedy", seed="", input_digest="", ballots=0, budget_minor=0, spent_minor=0,
        currency="EUR", unit_minor=1, trace={}, computed_at=clock.now(),
    )  # fmt: skip
    for place, project in enumerate([*won, *lost], 1):
        ProjectResult.objects.create(
            tally=tally, project=project, won=project in won, place=place, score=0, supporters=0,
            cost_minor=project.cost_minor or 0,
        )  # fmt: skip
    return tally
