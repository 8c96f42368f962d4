"""Whose ballot the desk takes out of the count learns of it, with the reason, on pages that they alone see (AX1)."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from civic.accounts import operations as residencies
from civic.accounts.models import Mail, Person
from civic.accounts.operations.residency import Facts
from civic.core import clock, events
from civic.notifications.models import Notification
from projects.calls.models import Call
from projects.voting import operations, queries
from projects.voting.models import Ballot
from tests.factories import accounts, voting
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
REASON = "Cast under threat"
TOLD, ANEW = "The city took your ballot", "You can cast another one"


@pytest.fixture
def call() -> Call:
    return voting.voting_call(10, 20)


def take_out(ballot: Ballot, reason: str = REASON) -> None:
    manager = accounts.staff("programme-managers")
    operations.void_ballot(actor=manager, ballot=ballot, reason=reason, at=clock.now())


def pages(client: Client, call: Call) -> list[str]:
    return [text_of(client, address) for address in (reverse("voting:ballot", args=[call.slug]), "/me/")]


def voted(call: Call) -> tuple[Person, Client]:
    person = accounts.person()
    voting.cast(call, 1, person=person)
    return person, visitor(person)


def test_its_voter_learns_of_it_and_votes_anew_1127_ax1(call: Call) -> None:
    (person, client), (_other, neighbour) = voted(call), voted(call)
    assert not any(TOLD in page for page in pages(client, call))
    ballot = queries.own_ballot(person, call)
    assert ballot
    take_out(ballot)
    for page in pages(client, call):
        assert TOLD in page
        assert REASON in page
    assert ANEW in pages(client, call)[0]
    for page in (*pages(neighbour, call), *pages(visitor(accounts.person()), call)):
        assert TOLD not in page
        assert REASON not in page
    voting.cast(call, 2, person=person)
    ballot_page, own_page = pages(client, call)
    assert TOLD not in ballot_page
    # What became of the earlier one stays there to be read, beside the receipt of the one that counts.
    assert TOLD not in own_page
    assert REASON in own_page
    assert reverse("voting:receipt", args=[call.slug]) in own_page


def test_the_newest_reason_is_told_1127_ax1(call: Call) -> None:
    person, client = voted(call)
    for reason in ("The first", "The second"):
        voting.cast(call, 1, person=person)
        take_out(Ballot.objects.live().get(), reason)
    assert "The second" in pages(client, call)[0]
    assert "The first" not in pages(client, call)[0]


def test_it_is_told_after_the_vote_as_well_1127_ax1(call: Call) -> None:
    _person, client = voted(call)
    take_out(Ballot.objects.live().get())
    with time_machine.travel(voting.voting_over(call)):
        for page in pages(client, call):
            assert REASON in page
            assert ANEW not in page


def test_no_row_joins_the_voter_to_the_ballot_1127_ax1(call: Call) -> None:
    """A notification has a person and an event, whose subject is the ballot: how they voted would stand there."""
    voted(call)
    take_out(Ballot.objects.live().get())
    told = Notification.objects.count(), Mail.objects.count()
    events.deliver_pending()
    assert (Notification.objects.count(), Mail.objects.count()) == told


def test_with_a_paper_nobody_is_asked_to_vote_anew_1127_ay9() -> None:
    call = voting.voting_call(10, 20, eligibility="residents")
    facts = Facts("Ada Berg", date(1961, 4, 9), "X1")
    person, steward = accounts.person(), accounts.staff("data-stewards")
    residencies.verify_at_desk(
        actor=steward, person=person, facts=facts, area=accounts.area(), at=clock.now()
    )
    client = visitor(person)
    voting.cast(call, 1, person=person)
    take_out(Ballot.objects.live().get())
    assert ANEW in pages(client, call)[0]
    assert "and vote anew" in pages(client, call)[1]
    operations.hand_out_paper(actor=steward, call=call, facts=facts, at=clock.now())
    ballot, own = pages(client, call)
    assert TOLD in ballot
    assert "Your paper ballot counts" in ballot
    assert ANEW not in ballot
    assert 'name="review"' not in client.get(reverse("voting:ballot", args=[call.slug])).content.decode()
    assert "and vote anew" not in own
    assert "You were handed a paper ballot" in text_of(client, call.get_absolute_url())
