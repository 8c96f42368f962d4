"""Nobody votes in two districts at a time, by whatever way and in whatever order."""

import pytest
from django.db import connection

from civic.accounts.models import Person
from civic.accounts.operations.residency import Facts
from civic.core.errors import Conflict
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import PaperVoter
from tests.factories import accounts, voting
from tests.proposals.racing import together
from tests.voting.test_one_way import begin, facts, hand_out, verified, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Person:
    return accounts.staff("data-stewards")


@pytest.fixture
def districts() -> tuple[Call, Call]:
    """Two calls of two districts that vote at the same time."""
    only = {"eligibility": Call.Eligibility.VERIFIED}
    first, second = (voting.voting_call(10, areas=[accounts.area()], **only) for _number in range(2))
    return first, second


def moved(said: Facts, call: Call) -> Person:
    """Whom the city knows by these facts, and who lives in the call's district now."""
    person = Person.objects.filter(residencies__identity=said.marks()["identity"]).first() or verified(said)
    person.residencies.update(area=call.areas.get())
    return person


@pytest.mark.parametrize(
    ("first", "then"), [("paper", "online"), ("online", "paper"), ("paper", "paper"), ("online", "online")]
)
def test_nobody_votes_in_two_districts_by_whatever_way_1127_w1(
    districts: tuple[Call, Call], clerk: Person, first: str, then: str
) -> None:
    for call, way in zip(districts, (first, then), strict=True):
        person = moved(facts(), call)
        if call == districts[1]:
            with pytest.raises(Conflict, match="in two districts"):
                vote(call, person) if way == "online" else hand_out(call, clerk, facts())
        else:
            vote(call, person) if way == "online" else hand_out(call, clerk, facts())
    # Somebody else votes there, and this person where the whole city does, or where both districts do.
    hand_out(districts[1], clerk, facts("Bo Berg", "X2"))
    for areas in ([], [districts[0].areas.get(), districts[1].areas.get()]):
        both = voting.voting_call(10, areas=areas, eligibility=Call.Eligibility.VERIFIED)
        vote(both, person) if then == "online" else hand_out(both, clerk, facts())


@pytest.mark.parametrize("account", [True, False])
@pytest.mark.parametrize("first", ["online", "paper"])
def test_who_moves_and_tells_the_desk_alone_votes_once_1127_a0(
    districts: tuple[Call, Call], clerk: Person, first: str, account: bool
) -> None:
    """The account still says the first district; the desk of the second sees the papers."""
    if account or first == "online":
        moved(facts(), districts[0])
    if first == "online":
        vote(districts[0], Person.objects.get(residencies__identity=facts().marks()["identity"]))
    else:
        hand_out(districts[0], clerk, facts())
    with pytest.raises(Conflict, match="in two districts"):
        hand_out(districts[1], clerk, facts())
    hand_out(districts[1], clerk, facts("Bo Berg", "X2"))


def test_two_calls_that_share_a_district_are_two_for_others_1127_sa2(
    districts: tuple[Call, Call], clerk: Person
) -> None:
    person, shared = moved(facts(), districts[0]), accounts.area()
    there = districts[1].areas.get()
    for call in districts:
        call.areas.add(shared)
    vote(districts[0], person)
    person.residencies.update(area=there)
    with pytest.raises(Conflict, match="in two districts"):
        vote(districts[1], person)
    # Who lives in the shared one may vote in both.
    other = verified(facts("Bo Berg", "X2"))
    other.residencies.update(area=shared)
    vote(districts[0], other)
    hand_out(districts[1], clerk, facts("Bo Berg", "X2"))


def test_a_paper_under_the_old_papers_of_an_account_is_found_1127_sa3(
    districts: tuple[Call, Call], clerk: Person
) -> None:
    person = verified(facts())
    hand_out(districts[0], clerk, facts())
    person.residencies.update(state="expired")
    accounts.residency(person, districts[1].areas.get(), **facts("Ada Lind", "Y2").marks())
    with pytest.raises(Conflict, match="in two districts"):
        hand_out(districts[1], clerk, facts("Ada Lind", "Y2"))


@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_hand_one_paper_to_one_person_1127_sa4(clerk: Person) -> None:
    only = {"eligibility": Call.Eligibility.VERIFIED}
    calls = [voting.voting_call(10, areas=[accounts.area()], **only) for _number in range(2)]
    verified(facts())

    at = max(begin(call) for call in calls)

    def act(place: int) -> object:
        return operations.hand_out_paper(actor=clerk, call=calls[place % 2], facts=facts(), at=at)

    together(16, act)
    assert PaperVoter.objects.count() == 1


def test_who_may_vote_in_both_districts_does(districts: tuple[Call, Call]) -> None:
    everybody = voting.voting_call(10, areas=[accounts.area()], eligibility=Call.Eligibility.REGISTERED)
    person = moved(facts(), districts[1])
    vote(everybody, person)
    vote(districts[1], person)


def test_nobody_votes_while_it_is_not_known_whether_they_have_in_another_district(
    districts: tuple[Call, Call], clerk: Person
) -> None:
    person = moved(facts(), districts[0])
    vote(districts[0], person)
    moved(facts(), districts[1])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM voting_key WHERE call_id = %s", [districts[0].pk])
    with pytest.raises(Conflict, match="a little later"):
        vote(districts[1], person)
    with pytest.raises(Conflict, match="a little later"):
        hand_out(districts[1], clerk, facts())
