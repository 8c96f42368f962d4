"""From sealed ballots to a decision that anybody can recompute from what is published."""

import io
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from civic.core.errors import Conflict
from projects.calls.models import Call
from projects.calls.states import CallState
from projects.proposals.states import ProjectState
from projects.voting import explanations, operations, pabulib, publication, rules, tasks
from projects.voting.models import Ballot, ProjectResult, Tally
from projects.voting.rules.outcome import Why
from projects.voting.secrecy import voter_mark
from projects.voting.ties import commitment
from tests.factories import accounts, proposals, voting

pytestmark = pytest.mark.django_db
KIND, RULE = Call.BallotKind, Call.TallyRule


def recomputed(tally: Tally) -> tuple[rules.Outcome, pabulib.Document, str]:
    """What somebody finds who has nothing but the published file."""
    data = "".join(publication.pabulib_lines(tally)).encode()
    document = pabulib.read(io.BytesIO(data), "published.pb")
    election = pabulib.election(document)
    return rules.tally(election, rule=tally.rule, seed=document.meta["seed"]), document, election.digest()


def cast_some(call: Call) -> None:
    kind = call.ballot_kind
    for number in range(12):
        first, second = 1 + number % 3, 1 + (number + 1 + number // 4) % 4
        if kind == KIND.POINTS:
            voting.cast(call, **{f"n{first}": 3, f"n{second}": 1} if first != second else {f"n{first}": 2})
        elif kind == KIND.RANKING:
            voting.cast(call, **{f"n{first}": 1, f"n{second}": 2} if first != second else {f"n{first}": 1})
        else:
            voting.cast(call, *{first, second})


@pytest.mark.parametrize("rule", [RULE.GREEDY, RULE.EQUAL_SHARES])
@pytest.mark.parametrize("kind", KIND.values)
def test_the_published_ballots_give_the_same_winners(kind, rule):
    call = voting.voting_call(40, 60, 30, 50, ballot_kind=kind, tally_rule=rule, ballot_max=5)
    cast_some(call)
    tally = voting.decide(call)
    outcome, document, digest = recomputed(tally)
    assert list(outcome.winners) == tally.trace["winners"] != []
    assert digest == tally.input_digest == document.meta["input_digest"]
    assert commitment(document.meta["seed"]) == tally.call.poll.commitment


def test_a_call_with_cents_counts_in_cents():
    call = voting.voting_call(budget=100)
    proposals.project(call, state=ProjectState.SHORTLISTED, cost_minor=40_05, ballot_number="1")
    voting.cast(call, 1)
    tally = voting.decide(call)
    assert tally.unit_minor == 1
    outcome, document, _digest = recomputed(tally)
    assert document.projects["1"].cost == 40_05
    assert list(outcome.winners) == tally.trace["winners"]


def test_the_result_moves_the_call_and_its_projects():
    call = voting.voting_call(60, 61, tally_rule=RULE.GREEDY)
    voting.cast(call, 1)
    voting.cast(call, 1, 2)
    tally = voting.decide(call)
    call.refresh_from_db()
    assert call.state == CallState.DECIDED
    assert [p.state for p in voting.on_ballot(call)] == [ProjectState.FUNDING, ProjectState.UNFUNDED]
    assert tally.spent_minor == 60_00
    loser = ProjectResult.objects.get(won=False)
    assert (loser.why, loser.missing_minor, loser.more_supporters) == ("did_not_fit", 21_00, 2)


def test_a_superseded_and_a_void_ballot_do_not_count():
    call, person = voting.voting_call(60, 60), accounts.person()
    voting.cast(call, 1, person=person)
    voting.cast(call, 2, person=person)
    voting.cast(call, 1)
    other = Ballot.objects.live().exclude(voter=voter_mark(call.pk, person.pk)).get()
    at = call.phases.get(kind="voting").starts_at
    operations.void_ballot(actor=accounts.staff("programme-managers"), ballot=other, reason="Test", at=at)
    tally = voting.decide(call)
    assert tally.ballots == 1
    assert tally.trace["winners"] == ["2"]


def test_unsealed_ballots_are_not_counted():
    call = voting.voting_call(10)
    with pytest.raises(Conflict):
        operations.run_tally(call=call, at=voting.voting_over(call))


def test_counting_again_gives_the_tally_there_is():
    call = voting.voting_call(10)
    voting.cast(call, 1)
    tally = voting.decide(call)
    call.refresh_from_db()
    assert operations.run_tally(call=call, at=voting.voting_over(call)) == tally


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE voting_tally SET rule = 'mine'",
        "DELETE FROM voting_tally",
        "UPDATE voting_projectresult SET won = NOT won",
        "DELETE FROM voting_projectresult",
    ],
)
def test_a_tally_is_never_changed(change):
    call = voting.voting_call(10)
    voting.cast(call, 1)
    voting.decide(call)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_clock_seals_and_counts_what_is_over():

    call = voting.voting_call(10)
    voting.cast(call, 1)
    with time_machine.travel(voting.voting_over(call), tick=False):
        tasks.keep_polls()
        tasks.keep_polls()
    assert Tally.objects.get().call == call
    assert Call.objects.get().state == CallState.DECIDED


def test_the_draw_decides_between_equals_and_says_so():
    call = voting.voting_call(60, 60, tally_rule=RULE.GREEDY)
    voting.cast(call, 1)
    voting.cast(call, 2)
    tally = voting.decide(call)
    outcome, _document, _digest = recomputed(tally)
    assert list(outcome.winners) == tally.trace["winners"]
    assert len(tally.trace["winners"]) == 1


@pytest.mark.parametrize("reason", Why)
def test_each_reason_is_put_into_words_of_its_own_1127_nc3(reason: Why) -> None:
    call = voting.voting_call(10)
    voting.cast(call, 1)
    tally = voting.decide(call)
    result = ProjectResult(tally=tally, won=False, why=reason, missing_minor=Decimal(5_00))
    others = [
        ProjectResult(tally=tally, won=False, why=one, missing_minor=Decimal(5_00))
        for one in Why
        if one != reason
    ]
    assert explanations.explain(result, tally) not in {explanations.explain(one, tally) for one in others}


def test_a_reason_without_words_says_nothing_untrue_1127_nc3() -> None:
    call = voting.voting_call(10)
    voting.cast(call, 1)
    tally = voting.decide(call)
    with pytest.raises(ValueError, match="unheard"):
        explanations.explain(ProjectResult(tally=tally, won=False, why="unheard"), tally)
