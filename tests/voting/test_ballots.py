"""What always holds of ballots, through the public verbs and against writes that go around them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from civic.accounts.models import Residency
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from projects.calls import operations as call_operations
from projects.calls.models import Call
from projects.calls.states import CallState
from projects.proposals.states import ProjectState
from projects.voting import operations
from projects.voting.models import Ballot, BallotLine, Poll
from projects.voting.secrecy import fingerprint, voter_mark
from projects.voting.states import BallotState
from tests.factories import accounts, calls, proposals, voting

pytestmark = pytest.mark.django_db
KIND = Call.BallotKind


def values(ballot: Ballot) -> dict[str, int]:
    return {line.project.ballot_number: line.value for line in ballot.lines.select_related("project")}


def test_a_ballot_is_stored_with_its_lines_and_a_receipt_only_its_voter_knows():
    call, person = voting.voting_call(10, 20, 30), accounts.person()
    code = voting.cast(call, 1, 3, person=person)
    ballot = Ballot.objects.get()
    assert values(ballot) == {"1": 1, "3": 1}
    assert ballot.receipt == fingerprint(code) == fingerprint(code.lower().replace("-", " "))
    assert ballot.voter == voter_mark(call.pk, person.pk)
    assert code not in str(Ballot.objects.values().get())


def test_a_second_ballot_replaces_the_first():
    call, person = voting.voting_call(10, 20), accounts.person()
    voting.cast(call, 1, person=person)
    voting.cast(call, 2, person=person)
    assert values(Ballot.objects.live().get()) == {"2": 1}
    assert Ballot.objects.filter(state=BallotState.SUPERSEDED).count() == 1


def test_marks_of_one_person_differ_between_calls():
    one, other, person = voting.voting_call(10), voting.voting_call(10), accounts.person()
    voting.cast(one, 1, person=person)
    voting.cast(other, 1, person=person)
    assert Ballot.objects.live().values("voter").distinct().count() == 2


@pytest.mark.parametrize(
    ("fields", "numbers", "said", "code"),
    [
        ({"ballot_max": 1}, [1, 2], {}, "too-many"),
        ({"ballot_kind": KIND.BASKET}, [2, 3], {}, "over-budget"),
        ({"ballot_kind": KIND.POINTS, "ballot_max": 5}, [], {"n1": 3, "n2": 3}, "too-many"),
        ({"ballot_kind": KIND.POINTS}, [], {"n1": 11}, "too-many"),
        ({"ballot_kind": KIND.RANKING}, [], {"n1": 1, "n2": 1}, "ranks"),
        ({"ballot_kind": KIND.RANKING}, [], {"n1": 1, "n2": 3}, "ranks"),
        ({"ballot_kind": KIND.RANKING, "ballot_max": 1}, [], {"n1": 1, "n2": 2}, "too-many"),
        ({}, [], {"n1": 2}, "values"),
        ({}, [], {"n1": 0}, "values"),
        ({}, [], {}, "empty"),
    ],
)
def test_what_the_rule_of_the_call_does_not_allow_is_refused(fields, numbers, said, code):
    call = voting.voting_call(10, 60, 50, **fields)
    with pytest.raises(Invalid) as refused:
        voting.cast(call, *numbers, **said)
    assert refused.value.code == code
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("fields", "numbers", "said"),
    [
        ({"ballot_max": 2}, [1, 2], {}),
        ({"ballot_kind": KIND.BASKET}, [1, 2], {}),
        ({"ballot_kind": KIND.POINTS, "ballot_max": 5}, [], {"n1": 3, "n2": 2}),
        ({"ballot_kind": KIND.RANKING}, [], {"n3": 1, "n1": 2}),
    ],
)
def test_what_the_rule_allows_is_kept(fields, numbers, said):
    call = voting.voting_call(10, 60, 50, **fields)
    voting.cast(call, *numbers, **said)
    expected = {str(number): 1 for number in numbers} | {name[1:]: value for name, value in said.items()}
    assert values(Ballot.objects.get()) == expected


def test_a_project_of_another_call_or_not_shortlisted_is_refused():
    call, other = voting.voting_call(10), voting.voting_call(10)
    cancelled = proposals.project(call, state=ProjectState.CANCELLED, ballot_number="9")
    for strange in (voting.on_ballot(other)[0], cancelled):
        with pytest.raises(Invalid) as refused:
            operations.cast_ballot(
                actor=accounts.person(),
                slug=call.slug,
                choices={strange.pk: 1},
                at=call.phases.get(kind="voting").starts_at,
            )
        assert refused.value.code == "project"


def test_only_while_the_call_votes():
    call = voting.voting_call(10)
    phase = call.phases.get(kind="voting")
    for at in (phase.starts_at - timedelta(seconds=1), phase.ends_at):
        with pytest.raises(Conflict) as refused:
            voting.cast(call, 1, at=at)
        assert refused.value.code == "not-voting"
    voting.cast(call, 1, at=phase.starts_at)


def test_without_a_committed_draw_nobody_votes():
    call = voting.voting_call(10, prepared=False)
    with pytest.raises(Conflict) as refused:
        voting.cast(call, 1)
    assert refused.value.code == "no-poll"


def test_verified_residents_of_the_area_vote_and_nobody_else():
    city = accounts.area("City")
    here, there = accounts.area(parent=city), accounts.area(parent=city)
    local = voting.voting_call(10, areas=[here], eligibility=Call.Eligibility.VERIFIED)
    wide = voting.voting_call(10, areas=[city], eligibility=Call.Eligibility.VERIFIED)
    everywhere = voting.voting_call(10, eligibility=Call.Eligibility.VERIFIED)
    neighbour, stranger, unverified = accounts.resident(here), accounts.resident(there), accounts.person()
    voting.cast(local, 1, person=neighbour)
    voting.cast(wide, 1, person=stranger)
    voting.cast(everywhere, 1, person=stranger)
    for call, person in [
        (local, stranger),
        (local, unverified),
        (wide, unverified),
        (everywhere, unverified),
    ]:
        with pytest.raises(Forbidden):
            voting.cast(call, 1, person=person)


def test_a_residency_that_ran_out_does_not_vote(at):
    call = voting.voting_call(10, at=at, eligibility=Call.Eligibility.VERIFIED)
    person = accounts.resident()
    Residency.objects.update(expires_at=at)
    with pytest.raises(Forbidden):
        voting.cast(call, 1, person=person, at=at)


def test_the_seal_keeps_late_ballots_out_and_the_others_in():
    call = voting.voting_call(10)
    voting.cast(call, 1)
    poll = operations.close_voting(call=Call.objects.get(pk=call.pk), at=voting.voting_over(call))
    assert poll.ballots == 1
    ballot, manager = Ballot.objects.get(), accounts.staff("programme-managers")
    with pytest.raises(Conflict):
        voting.cast(call, 1)
    with pytest.raises(Conflict):
        operations.void_ballot(actor=manager, ballot=ballot, reason="late", at=poll.sealed_at)
    for change in ("UPDATE voting_ballot SET state = 'void'", "DELETE FROM voting_ballot"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_voting_cannot_be_closed_before_it_is_over():
    call = voting.voting_call(10)
    with pytest.raises(Conflict):
        operations.close_voting(call=call, at=call.phases.get(kind="voting").starts_at)


LINE = "INSERT INTO voting_ballotline (ballot_id, project_id, value) SELECT "
SAME_VOTER = (
    "INSERT INTO voting_ballot (id, created_at, state_since, call_id, voter, channel, choices, receipt, state) "
    "SELECT gen_random_uuid(), created_at, state_since, call_id, voter, channel, choices, 'r', state FROM voting_ballot"
)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE voting_ballotline SET value = 2",
        "DELETE FROM voting_ballotline",
        "UPDATE voting_ballot SET voter = 'x'",
        "UPDATE voting_ballot SET choices = 2",
        "UPDATE voting_poll SET seed = 'better for me'",
        "DELETE FROM voting_poll",
        LINE + "b.id, p.id, 1 FROM voting_ballot b, proposals_project p WHERE p.ballot_number = '2'",
        LINE + "ballot_id, project_id, 1 FROM voting_ballotline",
        SAME_VOTER,
    ],
)
def test_the_database_itself_keeps_ballots_as_they_are(change):
    call = voting.voting_call(10, 20)
    voting.cast(call, 1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_ballot_with_fewer_lines_than_it_says_does_not_commit():
    call = voting.voting_call(10)
    Ballot.objects.create(call=call, voter="x", channel="import", choices=1, receipt="y")
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_voiding_needs_the_right_and_a_reason_and_happens_once():
    call = voting.voting_call(10)
    voting.cast(call, 1)
    ballot, manager = Ballot.objects.get(), accounts.staff("programme-managers")
    at = call.phases.get(kind="voting").starts_at
    with pytest.raises(Forbidden):
        operations.void_ballot(actor=accounts.person(), ballot=ballot, reason="no", at=at)
    with pytest.raises(Invalid):
        operations.void_ballot(actor=manager, ballot=ballot, reason=" ", at=at)
    operations.void_ballot(actor=manager, ballot=ballot, reason="Cast for somebody else", at=at)
    assert not Ballot.objects.live().exists()
    with pytest.raises(IllegalTransition):
        operations.void_ballot(actor=manager, ballot=ballot, reason="again", at=at)


def test_the_draw_is_committed_before_voting_and_never_after():

    call = calls.call("voting")
    phase = call.phases.get(kind="voting")
    with pytest.raises(Conflict):
        operations.prepare_poll(call=call, at=phase.starts_at)
    poll = operations.prepare_poll(call=call, at=phase.starts_at - timedelta(days=1))
    assert operations.prepare_poll(call=call, at=phase.starts_at - timedelta(hours=1)).seed == poll.seed
    assert Event.objects.get(kind="poll.prepared").payload == {"commitment": poll.commitment}
    assert poll.seed not in str(list(Event.objects.values_list("payload", flat=True)))
    assert Poll.objects.count() == 1


def test_lines_say_at_least_one():
    call = voting.voting_call(10)
    voting.cast(call, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotLine.objects.create(ballot=Ballot.objects.get(), project=voting.on_ballot(call)[0], value=0)


def test_a_call_that_opens_gets_its_draw_committed(at):

    call = calls.call("proposals", at=at, state=CallState.DRAFT)
    call_operations.open_call(actor=accounts.staff("programme-managers"), call=call, at=at)
    events.deliver_pending(at=at + timedelta(minutes=1))
    events.deliver_pending(at=at + timedelta(minutes=2))
    assert Poll.objects.get().call == call


def test_a_ballot_tells_the_day_and_no_time_i2():
    call, person = voting.voting_call(10), accounts.person()
    for _again in range(2):
        voting.cast(call, 1, person=person)
    for ballot in Ballot.objects.filter(call=call):
        assert ballot.pk.version == 4
        for moment in (ballot.created_at, ballot.state_since):
            assert moment == moment.replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize("eligibility", ["verified", "registered"])
def test_a_call_for_an_age_takes_nobody_younger_or_of_unknown_age_i5(eligibility):
    call = voting.voting_call(10, minimum_age=16, eligibility=eligibility)
    today = timezone.now().date()
    old_enough = today.replace(year=today.year - 16, day=min(today.day, 28))
    for born, may_vote in [(old_enough, True), (today - timedelta(days=6 * 365), False), (None, False)]:
        person = accounts.person()
        accounts.residency(person, born=born)
        if may_vote:
            voting.cast(call, 1, person=person)
        else:
            with pytest.raises(Forbidden):
                voting.cast(call, 1, person=person)
