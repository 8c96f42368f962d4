"""Paper ballots are counted when two clerks read the same."""

from datetime import date

import pytest

from civic.accounts.operations.residency import Facts
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import Ballot, PaperBallot
from projects.voting.states import PaperState
from tests.factories import accounts, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    made = voting.voting_call(10, 20)
    voting.papers_out(made, 3)
    return made


@pytest.fixture
def clerks():
    return [accounts.staff("data-stewards") for _ in range(3)]


def enter(call, clerk, *numbers, serial="A-1"):
    at = call.phases.get(kind="voting").starts_at
    return operations.enter_paper(
        actor=clerk, call=call, serial=serial, choices=voting.choices(call, *numbers), at=at
    )


def test_two_entries_that_agree_become_a_ballot(call, clerks):
    assert enter(call, clerks[0], 1).state == PaperState.ONCE
    assert not Ballot.objects.exists()
    paper = enter(call, clerks[1], 1, serial=" a-1 ")
    assert paper.state == PaperState.COUNTED
    ballot = Ballot.objects.get()
    assert (ballot.channel, PaperBallot.objects.get().ballot) == ("paper", ballot)


def test_where_two_differ_a_third_decides(call, clerks):
    enter(call, clerks[0], 1)
    assert enter(call, clerks[1], 2).state == PaperState.DIFFERS
    assert enter(call, clerks[2], 2).state == PaperState.COUNTED
    assert Ballot.objects.get().lines.get().project.ballot_number == "2"


def test_one_clerk_cannot_be_both(call, clerks):
    enter(call, clerks[0], 1)
    with pytest.raises(Conflict):
        enter(call, clerks[0], 1)
    assert not Ballot.objects.exists()


def test_a_counted_paper_is_not_entered_again(call, clerks):
    enter(call, clerks[0], 1)
    enter(call, clerks[1], 1)
    with pytest.raises(Conflict):
        enter(call, clerks[2], 2)


def test_only_staff_of_the_right_groups_enter(call):
    with pytest.raises(Forbidden):
        enter(call, accounts.person(), 1)
    with pytest.raises(Forbidden):
        enter(call, accounts.staff("moderators"), 1)


def test_a_paper_against_the_rule_of_the_call_is_refused_when_it_would_count(clerks):
    call = voting.voting_call(10, 20, ballot_max=1)
    voting.papers_out(call, 1)
    enter(call, clerks[0], 1, 2)
    with pytest.raises(Invalid):
        enter(call, clerks[1], 1, 2)
    assert PaperBallot.objects.get().state == PaperState.ONCE


def test_an_unreadable_paper_is_set_aside_with_a_reason(call, clerks):
    paper = enter(call, clerks[0], 1)
    at = call.phases.get(kind="voting").starts_at
    with pytest.raises(Invalid):
        operations.refuse_paper(actor=clerks[1], paper=paper, reason="", at=at)
    operations.refuse_paper(actor=clerks[1], paper=paper, reason="No stamp", at=at)
    operations.refuse_paper(actor=clerks[2], paper=paper, reason="No stamp", at=at)
    with pytest.raises(IllegalTransition):
        operations.refuse_paper(actor=clerks[1], paper=paper, reason="No stamp", at=at)


def test_voting_is_not_sealed_over_papers_that_wait(call, clerks):
    enter(call, clerks[0], 1)
    with pytest.raises(Conflict):
        operations.close_voting(call=Call.objects.get(pk=call.pk), at=voting.voting_over(call))
    enter(call, clerks[1], 1)
    poll = operations.close_voting(call=Call.objects.get(pk=call.pk), at=voting.voting_over(call))
    assert poll.ballots == 1


def test_nobody_too_young_for_the_call_is_handed_a_paper_i5(clerks):
    call = voting.voting_call(10, minimum_age=16)
    at = call.phases.get(kind="voting").starts_at
    child, adult = (
        Facts("Bo Berg", date(at.year - 6, 1, 1), "X-1"),
        Facts("Ada Berg", date(1984, 7, 31), "X-2"),
    )
    with pytest.raises(Conflict, match="younger"):
        operations.hand_out_paper(actor=clerks[0], call=call, facts=child, at=at)
    assert operations.hand_out_paper(actor=clerks[0], call=call, facts=adult, at=at)
