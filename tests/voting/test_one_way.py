"""One person votes one way, on paper or online: held by the database, whatever an operation forgets."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from civic.accounts.models import Person
from civic.accounts.operations import verify_at_desk
from civic.accounts.operations.residency import Facts
from civic.core.errors import Conflict, Forbidden
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import Ballot, PaperVoter
from projects.voting.secrecy import voter_mark
from tests.factories import accounts, voting
from tests.proposals.racing import together

pytestmark = pytest.mark.django_db
BORN = date(1961, 4, 9)


def facts(name: str = "Ada Berg", document: str = "X1", **more: bool) -> Facts:
    return Facts(name, BORN, document, **more)


@pytest.fixture
def call() -> Call:
    return voting.voting_call(10, 20)


@pytest.fixture
def clerk() -> Person:
    return accounts.staff("data-stewards")


def begin(call: Call) -> datetime:
    return call.phases.get(kind="voting").starts_at


def verified(said: Facts) -> Person:
    """Somebody whom the city knows by these facts."""
    person = accounts.person()
    accounts.residency(person, **said.marks())
    return person


def hand_out(call: Call, clerk: Person, said: Facts) -> PaperVoter:
    return operations.hand_out_paper(actor=clerk, call=call, facts=said, at=begin(call))


def vote(call: Call, person: Person) -> str:
    return voting.cast(call, 1, person=person, at=begin(call))


def test_who_took_a_paper_cannot_vote_online(call: Call, clerk: Person) -> None:
    person = verified(facts())
    hand_out(call, clerk, facts())
    with pytest.raises(Conflict, match="handed a paper ballot"):
        vote(call, person)
    assert not Ballot.objects.exists()


def test_who_voted_online_gets_no_paper_until_that_ballot_is_void(call: Call, clerk: Person) -> None:
    person = verified(facts())
    vote(call, person)
    with pytest.raises(Conflict, match="has voted online"):
        hand_out(call, clerk, facts())
    manager = accounts.staff("programme-managers")
    operations.void_ballot(
        actor=manager, ballot=Ballot.objects.get(), reason="Asked for paper", at=begin(call)
    )
    hand_out(call, clerk, facts())


def test_an_account_verified_after_the_paper_was_taken_is_found(call: Call, clerk: Person) -> None:
    hand_out(call, clerk, facts())
    with pytest.raises(Conflict, match="handed a paper ballot"):
        vote(call, verified(facts(document="")))
    by_document = verified(facts("Ada Berg-Lind"))
    with pytest.raises(Conflict, match="handed a paper ballot"):
        vote(call, by_document)
    vote(call, verified(facts("Somebody Else", "Y2")))


def test_a_second_paper_is_refused_and_a_namesake_gets_one(call: Call, clerk: Person) -> None:
    hand_out(call, clerk, facts())
    for again in (facts("  bERG, adá "), facts("Other Name")):
        with pytest.raises(Conflict, match="already"):
            hand_out(call, clerk, again)
    hand_out(call, clerk, facts(document="Z9", namesake=True))
    assert PaperVoter.objects.count() == 2


def test_another_call_is_another_matter(call: Call, clerk: Person) -> None:
    person = verified(facts())
    hand_out(call, clerk, facts())
    vote(voting.voting_call(10), person)


def test_papers_are_handed_out_while_people_vote_by_the_right_groups(call: Call, clerk: Person) -> None:
    with pytest.raises(Forbidden):
        hand_out(call, accounts.staff("moderators"), facts())
    with pytest.raises(Conflict, match="voting phase"):
        operations.hand_out_paper(actor=clerk, call=call, facts=facts(), at=voting.voting_over(call))


def test_no_more_papers_are_counted_than_were_handed_out(call: Call) -> None:
    clerks = [accounts.staff("data-stewards") for _ in range(2)]

    def enter(serial: str) -> None:
        for clerk in clerks:
            operations.enter_paper(
                actor=clerk, call=call, serial=serial, choices=voting.choices(call, 1), at=begin(call)
            )

    with pytest.raises(Conflict, match="as many papers"):
        enter("A-1")
    hand_out(call, clerks[0], facts())
    operations.enter_paper(
        actor=clerks[1], call=call, serial="A-1", choices=voting.choices(call, 1), at=begin(call)
    )
    with pytest.raises(Conflict, match="as many papers"):
        enter("A-2")
    assert Ballot.objects.get().channel == "paper"


INSERT = """INSERT INTO voting_ballot (id, call_id, voter, channel, choices, receipt, state, state_since, created_at)
VALUES (gen_random_uuid(), %s, %s, %s, 0, gen_random_uuid(), 'cast', now(), now())"""


def insert(call: Call, voter: str, channel: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [call.pk, voter, channel])


def test_plain_sql_cannot_give_somebody_both(call: Call, clerk: Person) -> None:
    PaperVoter.objects.create(call=call, identity="i", voter="v")
    with pytest.raises(IntegrityError, match="on_paper"):
        insert(call, "v", "online")
    insert(call, "w", "online")
    with pytest.raises(IntegrityError, match="voted_online"), transaction.atomic():
        PaperVoter.objects.create(call=call, identity="j", voter="w")
    insert(call, "p", "paper")
    with pytest.raises(IntegrityError, match="no_paper_out"):
        insert(call, "q", "paper")
    verified(facts())
    hand_out(call, clerk, facts())
    changes = ("SET voter = 'z'", "SET identity = 'z'", "SET voter = '' WHERE length(identity) > 1")
    for change in (*(f"UPDATE voting_papervoter {one}" for one in changes), "DELETE FROM voting_papervoter"):
        with pytest.raises(IntegrityError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.django_db(transaction=True)
def test_thirty_two_at_the_desk_and_online_at_once_leave_one_way(call: Call, clerk: Person) -> None:
    person = verified(facts())

    def act(place: int) -> str:
        if place % 2:
            return vote(call, person)
        return str(hand_out(call, clerk, facts()).pk)

    answers = together(32, act)
    online = Ballot.objects.live().filter(voter=voter_mark(call.pk, person.pk)).count()
    papers = PaperVoter.objects.count()
    assert (online, papers) in ((1, 0), (0, 1))
    done = [answer for answer in answers if isinstance(answer, str)]
    assert len(done) == (16 if online else 1)


@pytest.mark.django_db(transaction=True)
def test_a_person_verified_while_taking_a_paper_does_not_get_both(call: Call, clerk: Person) -> None:
    people = [accounts.person() for _ in range(16)]
    area = accounts.area()

    def act(place: int) -> object:
        said, person = facts(f"Person {place // 2}", f"D{place // 2}"), people[place // 2]
        if place % 2:
            return hand_out(call, clerk, said)
        verify_at_desk(actor=clerk, person=person, facts=said, area=area, at=begin(call))
        return vote(call, person)

    together(32, act)
    assert Ballot.objects.live().count() + PaperVoter.objects.count() == 16


def test_the_desk_notes_who_takes_a_paper(client, call: Call, clerk: Person) -> None:
    address = reverse("admin:voting_hand_out_paper", args=[call.slug])
    client.force_login(clerk)
    said = {"name": "Ada Berg", "born": "1961-04-09", "document": "X1"}
    assert "one paper ballot" in client.post(address, said, follow=True).content.decode()
    again = client.post(address, said).content.decode()
    assert "was handed a paper ballot" in again
    assert 'value="Ada Berg"' in again
    assert "Handed out so far: 1. In the box: 0." in again
    assert "date is not possible" in client.post(address, said | {"born": "1061-04-09"}).content.decode()
    client.force_login(accounts.staff("moderators"))
    assert client.get(address).status_code == 403
