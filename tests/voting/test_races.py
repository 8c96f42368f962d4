"""Many at once, on the real database: one ballot a person, and no ballot lost or gained around the seal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, transaction

from civic.accounts import operations as residencies
from civic.core.errors import Conflict, Forbidden
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import Ballot, Poll
from projects.voting.states import BallotState
from tests.factories import accounts, voting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Runs each in a thread with a connection of its own, all starting together; results or refusals."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            barrier.wait(timeout=30)
            return work()
        except Conflict as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_thirty_two_ballots_of_one_person_at_once_leave_one_live():
    call, person = voting.voting_call(10, 20), accounts.person()
    said = [voting.choices(call, 1 + n % 2) for n in range(32)]
    at = call.phases.get(kind="voting").starts_at
    codes = at_once(
        *[
            lambda choice=choice: operations.cast_ballot(actor=person, slug=call.slug, choices=choice, at=at)
            for choice in said
        ]
    )
    assert len(set(codes)) == 32
    assert Ballot.objects.live().count() == 1
    assert Ballot.objects.filter(state=BallotState.SUPERSEDED).count() == 31


def test_a_ballot_against_the_seal_is_counted_or_refused_never_both():
    call = voting.voting_call(10)
    choice, end = voting.choices(call, 1), voting.voting_over(call)
    last_moment = end - timedelta(minutes=2)
    people = [accounts.person() for _ in range(15)]

    def cast(person):
        return operations.cast_ballot(actor=person, slug=call.slug, choices=choice, at=last_moment)

    def close():
        return operations.close_voting(call=Call.objects.get(pk=call.pk), at=end)

    works = [lambda person=person: cast(person) for person in people]
    results = at_once(*works[:8], close, *works[8:])
    accepted = [result for result in results if isinstance(result, str)]
    poll = Poll.objects.get()
    assert poll.ballots == Ballot.objects.live().count() == len(accepted)
    assert len(accepted) + sum(isinstance(result, Conflict) for result in results) == 15


def test_two_counts_at_once_give_one_tally():
    call = voting.voting_call(10, 20)
    voting.cast(call, 1)
    end = voting.voting_over(call)
    operations.close_voting(call=Call.objects.get(pk=call.pk), at=end)

    def count():
        return operations.run_tally(call=Call.objects.get(pk=call.pk), at=end).pk

    assert len(set(at_once(*[count] * 4))) == 1


def test_a_ballot_on_its_way_while_the_wrong_confirmation_ends_is_refused_1127_ax4():
    """It was entitled when it set out; the papers that entitled it confirm another account by now, which votes."""
    call = voting.voting_call(10, 20, eligibility="residents")
    at = call.phases.get(kind="voting").starts_at
    made = accounts.residency(accounts.person(), identity="a" * 64)
    steward = accounts.staff("data-stewards")
    choice = voting.choices(call, 1)

    def cast():
        try:
            return operations.cast_ballot(actor=made.person, slug=call.slug, choices=choice, at=at)
        except Forbidden as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            residencies.end_wrong_confirmation(actor=steward, residency=made, reason="Wrong.", at=at)
            sent = pool.submit(cast)
            while not sent.done():
                cursor.execute(
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"
                )
                if cursor.fetchone() == (True,):
                    break
                sleep(0.02)
        assert isinstance(sent.result(), Forbidden)
    assert not Ballot.objects.exists()
