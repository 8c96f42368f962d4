"""The desk confirmed the wrong account: its papers become free for the right one, and nobody gets two ballots."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from civic.accounts import operations as residencies
from civic.accounts.models import Person, Residency
from civic.accounts.operations.residency import Facts
from civic.accounts.roles import verified_resident
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid
from projects.calls.models import Call
from projects.voting import operations
from projects.voting.models import Ballot, PaperVoter
from tests.factories import accounts, voting

pytestmark = pytest.mark.django_db
BORN = date(1961, 4, 9)
# Of who came to the desk, and of who owns the account that was confirmed in their place.
PAPERS = Facts("Ada Berg", BORN, "X1")
OWN = Facts("Bo Lind", BORN, "Y2")


@pytest.fixture
def steward() -> Person:
    return accounts.staff("data-stewards")


@pytest.fixture
def call() -> Call:
    return voting.voting_call(10, 20, eligibility="residents")


@pytest.fixture
def at(call: Call) -> datetime:
    return call.phases.get(kind="voting").starts_at


class Desk:
    """What a steward does at one moment."""

    def __init__(self, steward: Person, at: datetime) -> None:
        self.steward, self.at, self.area = steward, at, accounts.area()

    def confirm(self, person: Person, facts: Facts = PAPERS) -> Residency:
        return residencies.verify_at_desk(
            actor=self.steward, person=person, facts=facts, area=self.area, at=self.at
        )

    def end(self, residency: Residency) -> None:
        residencies.reject_residency(
            actor=self.steward, residency=residency, reason="The wrong account.", at=self.at
        )

    def release(self, residency: Residency, by: Person | None = None) -> None:
        residencies.release_marks(
            actor=by or self.steward,
            residency=residency,
            reason="The other account's owner came.",
            at=self.at,
        )

    def hand_out(self, call: Call, facts: Facts) -> PaperVoter:
        return operations.hand_out_paper(actor=self.steward, call=call, facts=facts, at=self.at)


@pytest.fixture
def desk(steward: Person, at: datetime) -> Desk:
    return Desk(steward, at)


@pytest.fixture
def wrong(desk: Desk) -> Residency:
    """A confirmation of the wrong account that the desk has ended."""
    made = desk.confirm(accounts.person())
    desk.end(made)
    return made


def test_the_right_account_is_confirmed_and_votes_at_once_1127_at1(
    desk: Desk, wrong: Residency, call: Call, at: datetime
) -> None:
    right = accounts.person()
    with pytest.raises(Conflict, match=f"{wrong.person.email}.*end its confirmation"):
        desk.confirm(right)
    desk.release(wrong)
    desk.confirm(right)
    desk.confirm(wrong.person, OWN)
    for person in (right, wrong.person):
        voting.cast(call, 1, person=person, at=at)
    assert Ballot.objects.live().count() == 2
    told = events.about(wrong).filter(kind="residency.marks_released").get()
    assert (told.actor, told.note) == (desk.steward.pk, "The other account's owner came.")


def test_after_a_ballot_of_the_wrong_account_its_papers_wait_for_the_seal_1127_at1(
    desk: Desk, call: Call, at: datetime
) -> None:
    made, right = desk.confirm(accounts.person()), accounts.person()
    voting.cast(call, 1, person=made.person, at=at)
    desk.end(made)
    for _again in range(2):
        with pytest.raises(Conflict, match=f"has voted in “{call}”"):
            desk.release(made)
        with pytest.raises(Conflict, match="another account is"):
            desk.confirm(right)
        # Also once its owner is confirmed by their own papers: whose ballot it is, nobody can tell.
        if not verified_resident(made.person, at):
            desk.confirm(made.person, OWN)
    with pytest.raises(Conflict, match="The account that is or was confirmed with these papers has voted"):
        desk.hand_out(call, PAPERS)
    assert Ballot.objects.live().count() == 1
    over = Desk(desk.steward, voting.voting_over(call))
    operations.close_voting(call=call, at=over.at)
    over.release(made)
    over.confirm(right)


def test_a_paper_that_was_handed_out_is_the_only_ballot_of_its_papers_1127_at1(
    desk: Desk, wrong: Residency, call: Call, at: datetime
) -> None:
    right = accounts.person()
    desk.hand_out(call, PAPERS)
    desk.release(wrong)
    desk.confirm(right)
    with pytest.raises(Conflict, match="With the papers that your account is or was confirmed with"):
        voting.cast(call, 1, person=right, at=at)
    with pytest.raises(Conflict, match="already"):
        desk.hand_out(call, PAPERS)
    # The paper was noted for the wrong account, whose owner has taken none.
    desk.confirm(wrong.person, OWN)
    desk.hand_out(call, OWN)


def test_a_paper_is_handed_out_after_the_release_1127_at1(
    desk: Desk, wrong: Residency, call: Call, at: datetime
) -> None:
    desk.release(wrong)
    desk.hand_out(call, PAPERS)
    desk.confirm(wrong.person, OWN)
    voting.cast(call, 1, person=wrong.person, at=at)
    right = accounts.person()
    desk.confirm(right)
    with pytest.raises(Conflict, match="somebody was handed a paper ballot"):
        voting.cast(call, 1, person=right, at=at)


def test_erasing_the_wrong_account_neither_frees_nor_holds_its_papers_1127_at1(
    desk: Desk, wrong: Residency, call: Call, at: datetime
) -> None:
    right, voted = accounts.person(), desk.confirm(accounts.person(), OWN)
    voting.cast(call, 1, person=voted.person, at=at)
    desk.end(voted)
    for made in (wrong, voted):
        residencies.erase_person(person=made.person, at=at)
        with pytest.raises(Conflict, match="another account is"):
            desk.confirm(right, PAPERS if made is wrong else OWN)
    with pytest.raises(Conflict, match="has voted in"):
        desk.release(voted)
    desk.release(wrong)
    desk.confirm(right)


def test_two_desks_confirm_one_account_1127_at1(desk: Desk, wrong: Residency, at: datetime) -> None:
    other = Desk(accounts.staff("data-stewards"), at)
    desk.release(wrong)
    with pytest.raises(Conflict, match="No papers are held"):
        other.release(wrong)
    other.confirm(accounts.person())
    with pytest.raises(Conflict, match="another account is"):
        desk.confirm(accounts.person())


def test_what_the_desk_has_not_ended_is_held_1127_at1(desk: Desk, at: datetime) -> None:
    """Who withdraws may come back as another: that is what the hold is for."""
    made = desk.confirm(accounts.person())
    with pytest.raises(Conflict, match="End its confirmation first"):
        desk.release(made)
    with pytest.raises(Forbidden):
        desk.release(made, by=accounts.staff("moderators"))
    asked = Residency.objects.create(person=accounts.person(), area=desk.area, method="letter")
    desk.end(asked)
    with pytest.raises(Conflict, match="No papers are held"):
        desk.release(asked)


def test_a_release_has_a_reason_1127_at1(desk: Desk, wrong: Residency) -> None:
    with pytest.raises(Invalid):
        residencies.release_marks(actor=desk.steward, residency=wrong, reason=" ", at=desk.at)
    assert Residency.objects.exclude(identity="").filter(pk=wrong.pk).exists()


def test_whoever_withdrew_the_wrong_confirmation_first_keeps_nobody_out_1127_ax3(
    desk: Desk, call: Call, at: datetime
) -> None:
    """A steward says whose papers they were, also where the account is confirmed by its owner's own ones by now."""
    made, right = desk.confirm(accounts.person()), accounts.person()
    residencies.withdraw_residency(actor=made.person, residency=made, at=at)
    made.refresh_from_db()
    desk.confirm(made.person, OWN)
    with pytest.raises(Conflict, match="another account is"):
        desk.confirm(right)
    desk.release(made)
    desk.confirm(right)
    for person in (right, made.person):
        voting.cast(call, 1, person=person, at=at)
    assert Ballot.objects.live().count() == 2


def test_ended_in_one_step_the_wrong_accounts_owner_may_vote_first_1127_ax4(
    desk: Desk, call: Call, at: datetime
) -> None:
    made, right = desk.confirm(accounts.person()), accounts.person()
    residencies.end_wrong_confirmation(actor=desk.steward, residency=made, reason="The wrong account.", at=at)
    desk.confirm(made.person, OWN)
    voting.cast(call, 1, person=made.person, at=at)
    desk.confirm(right)
    voting.cast(call, 2, person=right, at=at)
    assert Ballot.objects.live().count() == 2


def test_nothing_is_ended_in_one_step_after_a_ballot_of_the_wrong_account_1127_ax4(
    desk: Desk, call: Call, at: datetime
) -> None:
    made = desk.confirm(accounts.person())
    voting.cast(call, 1, person=made.person, at=at)
    with pytest.raises(Conflict, match="has voted in"):
        residencies.end_wrong_confirmation(actor=desk.steward, residency=made, reason="Wrong.", at=at)
    assert verified_resident(made.person, at)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_paper_noted_for_the_wrong_account_keeps_its_owner_from_no_vote_1127_ax5(
    desk: Desk, call: Call, at: datetime, withdrawn: bool
) -> None:
    made, right = desk.confirm(accounts.person()), accounts.person()
    desk.hand_out(call, PAPERS)
    if withdrawn:
        residencies.withdraw_residency(actor=made.person, residency=made, at=at)
        made.refresh_from_db()
    else:
        desk.end(made)
    desk.release(made)
    desk.confirm(made.person, OWN)
    voting.cast(call, 1, person=made.person, at=at)
    desk.confirm(right)
    with pytest.raises(Conflict, match="somebody was handed a paper ballot"):
        voting.cast(call, 1, person=right, at=at)
    with pytest.raises(Conflict, match="already"):
        desk.hand_out(call, PAPERS)


def test_a_paper_stays_noted_for_the_account_of_who_took_it_1127_ax5(
    desk: Desk, call: Call, at: datetime
) -> None:
    """The owner took a paper by their own papers; that the desk had confirmed them by others before changes nothing."""
    made = desk.confirm(accounts.person())
    desk.end(made)
    desk.confirm(made.person, OWN)
    desk.hand_out(call, OWN)
    desk.release(made)
    with pytest.raises(Conflict, match="handed"):
        voting.cast(call, 1, person=made.person, at=at)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        PaperVoter.objects.update(voter="")
