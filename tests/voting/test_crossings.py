"""What each verb that touches votes does in each state of the call: the cells are the specification.

A cell is `DONE`, or the error that refuses (its code, where several mean different things), or `NONE` where there is
nothing that the verb could be done to. After whatever is done the vote goes on to its end, and a stranger recounts it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from civic.accounts import operations as account_operations
from civic.accounts.models import Person, Residency
from civic.accounts.operations.residency import Facts
from civic.core import clock, events
from civic.core.errors import Conflict, IllegalTransition
from projects.calls import operations as call_operations
from projects.calls.models import Call
from projects.calls.operations import Planned
from projects.calls.states import CallState
from projects.discussion import operations as _discussion  # noqa: F401  the handlers of a report
from projects.discussion.models import ModerationCase
from projects.discussion.operations import moderation
from projects.proposals import operations as project_operations
from projects.voting import operations, queries
from projects.voting.models import Ballot, PaperBallot
from projects.voting.states import PAPER_WAITS
from tests.factories import accounts, voting
from tests.voting.test_tally import recomputed

pytestmark = pytest.mark.django_db

DONE, NONE, ILLEGAL, REFUSED = "done", "none", IllegalTransition, Conflict
BEFORE, VOTING, OVER, SEALED, DECIDED, OFF = STATES = (
    "before",
    "voting",
    "over",
    "sealed",
    "decided",
    "called off",
)


@dataclass
class Scene:
    """A call in one of the states, at a moment of that state, with a voter, a paper ballot and staff."""

    call: Call
    at: datetime
    voter: Person
    manager: Person
    clerks: list[Person] = field(default_factory=list)

    def paper(self) -> PaperBallot | None:
        return PaperBallot.objects.filter(call=self.call).first()


def scene(state: str) -> Scene:
    now = clock.now()
    call = voting.voting_call(
        40, 60, 30, at=now, eligibility=Call.Eligibility.VERIFIED, ballot_kind="ranking"
    )
    phase = call.phases.get(kind="voting")
    made = Scene(call, now, accounts.resident(), accounts.staff("programme-managers"))
    made.clerks = [accounts.staff("data-stewards") for _ in range(3)]
    if state in (BEFORE, OFF):
        made.at = phase.starts_at - timedelta(days=1)
    else:
        voting.cast(call, n1=1, n2=2, person=made.voter)
        voting.cast(call, n2=1, n3=2, person=accounts.resident())
        voting.papers_out(call, 2)
        enter(made, made.clerks[0])
        made.at = now if state == VOTING else voting.voting_over(call)
    if state in (SEALED, DECIDED):
        enter(made, made.clerks[1])
        operations.close_voting(call=Call.objects.get(pk=call.pk), at=made.at)
    if state == DECIDED:
        operations.run_tally(call=Call.objects.get(pk=call.pk), at=made.at)
    if state == OFF:
        call_operations.call_off(actor=made.manager, call=call, reason="No money", at=made.at)
        events.deliver_pending(at=made.at + timedelta(minutes=1))
        made.at = voting.voting_over(call)
    made.call = Call.objects.get(pk=call.pk)
    return made


def enter(here: Scene, clerk: Person, serial: str = "A") -> PaperBallot:
    choices = voting.choices(here.call, n3=1)
    return operations.enter_paper(actor=clerk, call=here.call, serial=serial, choices=choices, at=here.at)


def cast(here: Scene) -> None:
    voting.cast(here.call, n1=1, person=accounts.resident(), at=here.at)


def replace(here: Scene) -> None:
    voting.cast(here.call, n3=1, person=here.voter, at=here.at)


def void(here: Scene) -> object:
    ballot = queries.own_ballot(here.voter, here.call)
    if ballot is None:
        return NONE
    return operations.void_ballot(actor=here.manager, ballot=ballot, reason="Under threat", at=here.at)


def hand_out_paper(here: Scene) -> None:
    facts = Facts("Ada Byron", date(1980, 1, 1), "X-1")
    operations.hand_out_paper(actor=here.clerks[0], call=here.call, facts=facts, at=here.at)


def enter_paper(here: Scene) -> None:
    enter(here, here.clerks[2], "B")


def finish_paper(here: Scene) -> object:
    return NONE if here.paper() is None else enter(here, here.clerks[2])


def discard_paper(here: Scene) -> object:
    paper = here.paper()
    if paper is None:
        return NONE
    for clerk in here.clerks[:2]:
        operations.refuse_paper(actor=clerk, paper=paper, reason="No stamp", at=here.at)
    return DONE


def cancel_project(here: Scene) -> None:
    project = here.call.projects.get(ballot_number="2")
    project_operations.cancel(actor=here.manager, project=project, reason="The land was sold", at=here.at)


def hide_project(here: Scene) -> None:
    project = here.call.projects.get(ballot_number="2")
    moderation.report(actor=here.voter, thing=project, category="spam", text="An advertisement", at=here.at)
    case = ModerationCase.objects.get()
    moderator = accounts.staff("moderators")
    moderation.hide(actor=moderator, case=case, category="spam", facts="An advertisement.", at=here.at)


def close_by_hand(here: Scene) -> None:
    call_operations.close_call(actor=here.manager, call=here.call, reason="Enough", at=here.at)


def call_off(here: Scene) -> None:
    call_operations.call_off(actor=here.manager, call=here.call, reason="No money", at=here.at)


def shorten_phase(here: Scene) -> None:
    plan = [Planned(phase.kind, phase.starts_at, phase.ends_at) for phase in here.call.ordered_phases()]
    shorter = [
        phase._replace(ends_at=phase.ends_at - timedelta(days=1)) if phase.kind == "voting" else phase
        for phase in plan
    ]
    call_operations.set_phases(actor=here.manager, call=here.call, phases=shorter, at=here.at)


def seal(here: Scene) -> None:
    operations.close_voting(call=here.call, at=here.at)


def tally(here: Scene) -> None:
    operations.run_tally(call=here.call, at=here.at)


def withdraw_residency(here: Scene) -> None:
    residency = Residency.objects.get(person=here.voter)
    account_operations.withdraw_residency(actor=here.voter, residency=residency, at=here.at)


def erase_account(here: Scene) -> None:
    account_operations.erase_person(person=here.voter, at=here.at)


Cell = Any
TABLE: dict[Callable[[Scene], object], tuple[Cell, ...]] = {
    #                    before       voting       over         sealed       decided      called off
    cast:               ("not-voting", DONE,       "not-voting", "not-voting", "not-voting", "not-voting"),
    replace:            ("not-voting", DONE,       "not-voting", "not-voting", "not-voting", "not-voting"),
    void:               (NONE,        DONE,        DONE,        "sealed",    "sealed",    NONE),
    hand_out_paper:     ("not-voting", DONE,       "not-voting", "not-voting", "not-voting", "not-voting"),
    enter_paper:        ("not-voting", DONE,       DONE,        "not-voting", "not-voting", "not-voting"),
    finish_paper:       (NONE,        DONE,        DONE,        "not-voting", "not-voting", NONE),
    discard_paper:      (NONE,        DONE,        DONE,        ILLEGAL,     ILLEGAL,     NONE),
    cancel_project:     (DONE,        DONE,        DONE,        DONE,        DONE,        ILLEGAL),
    hide_project:       (DONE,        DONE,        DONE,        DONE,        DONE,        DONE),
    close_by_hand:      (REFUSED,     REFUSED,     REFUSED,     ILLEGAL,     ILLEGAL,     ILLEGAL),
    call_off:           (DONE,        REFUSED,     REFUSED,     ILLEGAL,     ILLEGAL,     ILLEGAL),
    shorten_phase:      (DONE,        REFUSED,     REFUSED,     REFUSED,     REFUSED,     REFUSED),
    seal:               (REFUSED,     REFUSED,     REFUSED,     DONE,        DONE,        REFUSED),
    tally:              (REFUSED,     REFUSED,     REFUSED,     DONE,        DONE,        REFUSED),
    withdraw_residency: (DONE,        DONE,        DONE,        DONE,        DONE,        DONE),
    erase_account:      (DONE,        DONE,        DONE,        DONE,        DONE,        DONE),
}  # fmt: skip
CELLS = [(verb, state, cells[place]) for verb, cells in TABLE.items() for place, state in enumerate(STATES)]


@pytest.mark.parametrize(
    ("verb", "state", "cell"), CELLS, ids=[f"{verb.__name__}-{state}" for verb, state, _cell in CELLS]
)
def test_each_verb_in_each_state_of_the_call(verb: Callable[[Scene], object], state: str, cell: Cell) -> None:
    here = scene(state)
    ballots = Ballot.objects.live().count()
    if cell in (DONE, NONE):
        assert (verb(here) == NONE) is (cell == NONE)
    else:
        with pytest.raises(Conflict if isinstance(cell, str) else cell) as refused:
            verb(here)
        assert not isinstance(cell, str) or refused.value.code == cell
        assert Ballot.objects.live().count() == ballots
    assert_it_ends_well(here)


def assert_it_ends_well(here: Scene) -> None:
    """The clock goes on: papers are finished, the vote is sealed and counted, and a stranger finds the same."""
    here.call.refresh_from_db()
    if here.call.state == CallState.CALLED_OFF:
        assert here.call not in queries.calls_to_seal(voting.voting_over(here.call))
        return
    here.at = voting.voting_over(here.call)
    for paper in PaperBallot.objects.filter(call=here.call, state__in=PAPER_WAITS):
        enter(here, accounts.staff("data-stewards"), paper.serial)
    operations.close_voting(call=here.call, at=here.at)
    counted = operations.run_tally(call=Call.objects.get(pk=here.call.pk), at=here.at)
    outcome, _document, digest = recomputed(counted)
    assert (list(outcome.winners), digest) == (counted.trace["winners"], counted.input_digest)
    live = Ballot.objects.live().filter(call=here.call)
    assert live.count() == live.values("voter").distinct().count() == counted.ballots
