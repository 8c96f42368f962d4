"""What each verb of residency, organisations and invitations does in each state: the cells are the specification.

A cell is `DONE`, `NOTHING` where the clock leaves the row alone, or the error that refuses.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from civic.accounts import operations
from civic.accounts.models import Membership, Organisation, Person, Residency, StaffInvitation
from civic.accounts.operations.residency import Facts
from civic.accounts.roles import acts_for, verified_resident
from civic.accounts.states import OrganisationState, ResidencyState, StaffInvitationState
from civic.core.errors import Conflict, Forbidden, IllegalTransition, NotFound
from tests.accounts.test_organisations import token_of_last_letter
from tests.accounts.test_staff_invitations import token
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

DONE, NOTHING, ILLEGAL = "done", "nothing", IllegalTransition
NONE = "none"
R, Org, S = ResidencyState, OrganisationState, StaffInvitationState
FACTS = Facts("Ada Lind", date(1984, 7, 31), "X-1")
LATER = timedelta(days=3 * 365)


def came_of(verb: Callable[[], Any]) -> Any:
    """`DONE`, `NOTHING`, or the kind of the refusal."""
    try:
        return NOTHING if verb() == 0 else DONE
    except (Conflict, Forbidden, NotFound) as refusal:
        return type(refusal)


class Resident:
    """Somebody whose residency is in one of the states, brought there by the verbs, and a data steward."""

    def __init__(self, state: str, at: Any) -> None:
        self.at, self.person, self.steward = at, make.person(), make.staff("data-stewards")
        self.area, self.code = make.area(), "NONE-NONE"
        if state != NONE:
            self.request()
        if state in (R.CODE_SENT, R.VERIFIED, R.EXPIRED):
            self.send_code()
        if state == R.VERIFIED:
            self.confirm()
        if state == R.EXPIRED:
            operations.expire_residencies(at=at + timedelta(days=365))
        if state in (R.REJECTED, R.WITHDRAWN):
            getattr(self, "reject" if state == R.REJECTED else "withdraw")()

    @property
    def residency(self) -> Residency:
        found = Residency.objects.filter(person=self.person).first()
        if found is None:
            raise NotFound
        return found

    def request(self) -> Any:
        letter = {"name": FACTS.name, "born": FACTS.born, "address": "Quay 1\n26789 Aldermere"}
        return operations.request_letter(actor=self.person, area=self.area, at=self.at, **letter)

    def send_code(self) -> Any:
        letters = operations.print_letters(actor=self.steward, residencies=[self.residency], at=self.at)
        self.code = letters[0].code
        return letters

    def confirm(self) -> Any:
        return operations.confirm_code(actor=self.person, code=self.code, at=self.at)

    def verify(self) -> Any:
        return operations.verify_at_desk(
            actor=self.steward, person=self.person, facts=FACTS, area=self.area, at=self.at
        )

    def reject(self) -> Any:
        return operations.reject_residency(
            actor=self.steward, residency=self.residency, reason="Nobody there", at=self.at
        )

    def withdraw(self) -> Any:
        return operations.withdraw_residency(actor=self.person, residency=self.residency, at=self.at)

    def expire(self) -> Any:
        return operations.expire_residencies(at=self.at + LATER)


RESIDENCY: dict[str, dict[str, Any]] = {
    "request": {
        **dict.fromkeys([NONE, R.REJECTED, R.EXPIRED, R.WITHDRAWN], DONE),
        **dict.fromkeys([R.REQUESTED, R.CODE_SENT, R.VERIFIED], Conflict),
    },
    "send_code": {
        NONE: NotFound,
        **dict.fromkeys([R.REQUESTED, R.CODE_SENT], DONE),
        **dict.fromkeys([R.VERIFIED, R.REJECTED, R.EXPIRED, R.WITHDRAWN], ILLEGAL),
    },
    "confirm": {**dict.fromkeys([NONE, *R], Conflict), R.CODE_SENT: DONE},
    "verify": {**dict.fromkeys([NONE, *R], DONE), R.VERIFIED: Conflict},
    "reject": {
        NONE: NotFound,
        **dict.fromkeys([R.REQUESTED, R.CODE_SENT, R.VERIFIED], DONE),
        **dict.fromkeys([R.REJECTED, R.EXPIRED, R.WITHDRAWN], ILLEGAL),
    },
    "withdraw": {
        NONE: NotFound,
        **dict.fromkeys([R.REQUESTED, R.CODE_SENT, R.VERIFIED], DONE),
        **dict.fromkeys([R.REJECTED, R.EXPIRED, R.WITHDRAWN], ILLEGAL),
    },
    "expire": {**dict.fromkeys([NONE, *R], NOTHING), **dict.fromkeys([R.CODE_SENT, R.VERIFIED], DONE)},
}
COUNTS = {"confirm", "verify"}  # after which the person is a resident; after the others only who was


@pytest.mark.parametrize("verb", RESIDENCY)
@pytest.mark.parametrize("state", [NONE, *R])
def test_each_verb_of_residency_in_each_state(state, verb, at):
    here = Resident(state, at)
    if state in R:
        assert here.residency.state == state
    assert came_of(getattr(here, verb)) == RESIDENCY[verb][state]
    stays = state == R.VERIFIED and verb not in ("reject", "withdraw", "expire")
    gained = verb in COUNTS and RESIDENCY[verb][state] == DONE
    assert verified_resident(here.person, at) == (stays or gained)


# Of another account of the same person: whether this one can be verified now.
OTHER = {
    NONE: DONE,
    R.REQUESTED: DONE,
    R.CODE_SENT: DONE,
    R.VERIFIED: Conflict,
    R.REJECTED: DONE,
    R.EXPIRED: DONE,  # of a letter that nobody answered
    R.WITHDRAWN: DONE,  # of a request that was not verified
    "verified, then withdrawn": Conflict,
    "verified, then expired": Conflict,
    "verified, then erased": Conflict,
    "verified, then rejected": Conflict,
    "withdrawn long ago": DONE,
}


@pytest.mark.parametrize("other", [NONE, *R, *(state for state in OTHER if state not in [NONE, *R])])
@pytest.mark.parametrize("verb", ["confirm", "verify"])
def test_a_person_is_verified_by_one_account_whatever_state_the_other_is_in(other, verb, at):
    first = Resident(other if other in [NONE, *R] else R.VERIFIED, at)
    if "withdrawn" in other and other != R.WITHDRAWN:
        first.withdraw()
    if other == "verified, then rejected":
        first.reject()
    if other == "verified, then expired":
        first.expire()
    if other == "verified, then erased":
        operations.erase_person(person=first.person, at=at)
    moment = at + timedelta(days=200) if other == "withdrawn long ago" else at
    operations.expire_residencies(at=moment)
    second = Resident(NONE, moment)
    if verb == "confirm":
        second.request()
        second.send_code()
    assert came_of(getattr(second, verb)) == OTHER[other]


class Members:
    """An organisation in one of the states, its only member, staff, and somebody who was invited before."""

    def __init__(self, state: str, at: Any) -> None:
        self.at, self.owner, self.staff = at, make.person(), make.staff("moderators")
        self.organisation = make.organisation(self.owner)
        self.guest = make.person()
        self.do("invite", actor=self.owner, email=self.guest.email, role="member")
        self.token = token_of_last_letter()
        self.membership = self.organisation.memberships.get()
        if state in (Org.CHECKED, Org.SUSPENDED):
            getattr(self, "check" if state == Org.CHECKED else "suspend")()
        if state == Org.CLOSED:
            self.close()

    def do(self, verb: str, **more: Any) -> Any:
        organisation = Organisation.objects.get(pk=self.organisation.pk)
        return getattr(operations, verb)(organisation=organisation, at=self.at, **more)

    def check(self) -> Any:
        return self.do("check_organisation", actor=self.staff)

    def suspend(self) -> Any:
        return self.do("suspend_organisation", actor=self.staff, reason="Fraud")

    def reinstate(self) -> Any:
        return self.do("reinstate_organisation", actor=self.staff, reason="Cleared")

    def close(self) -> Any:
        return self.do("close_organisation", actor=self.owner)

    def edit(self) -> Any:
        new = {"name": "New", "kind": "business", "about": "", "website": ""}
        return self.do("edit_organisation", actor=self.owner, **new)

    def invite(self) -> Any:
        return self.do("invite", actor=self.owner, email="new@example.org", role="member")

    def join(self) -> Any:
        return operations.accept_invitation(actor=self.guest, token=self.token, at=self.at)

    def leave(self) -> Any:
        return operations.leave_organisation(actor=self.owner, membership=self.membership, at=self.at)

    def erase_owner(self) -> Any:
        return operations.erase_person(person=self.owner, at=self.at)


ACTIVE = {Org.UNCHECKED: DONE, Org.CHECKED: DONE}
ORGANISATION: dict[str, dict[str, Any]] = {
    "check": {Org.UNCHECKED: DONE, Org.CHECKED: ILLEGAL, Org.SUSPENDED: ILLEGAL, Org.CLOSED: ILLEGAL},
    "suspend": {**ACTIVE, Org.SUSPENDED: ILLEGAL, Org.CLOSED: DONE},
    "reinstate": {Org.UNCHECKED: ILLEGAL, Org.CHECKED: ILLEGAL, Org.SUSPENDED: DONE, Org.CLOSED: ILLEGAL},
    "close": {**ACTIVE, Org.SUSPENDED: Forbidden, Org.CLOSED: Forbidden},
    "edit": {**ACTIVE, Org.SUSPENDED: Forbidden, Org.CLOSED: Forbidden},
    "invite": {**ACTIVE, Org.SUSPENDED: Forbidden, Org.CLOSED: Forbidden},
    "join": {**ACTIVE, Org.SUSPENDED: NotFound, Org.CLOSED: NotFound},
    # The last owner closes it instead; of a closed one nobody is a member.
    "leave": dict.fromkeys(Org, Conflict),
    "erase_owner": dict.fromkeys(Org, DONE),
}


@pytest.mark.parametrize("verb", ORGANISATION)
@pytest.mark.parametrize("state", Org)
def test_each_verb_of_organisations_in_each_state(state, verb, at):
    here = Members(state, at)
    assert Organisation.objects.get(pk=here.organisation.pk).state == state
    assert came_of(getattr(here, verb)) == ORGANISATION[verb][state]
    after = Organisation.objects.get(pk=here.organisation.pk)
    public = Organisation.objects.public().filter(pk=after.pk).exists()
    assert public == (after.state in (Org.UNCHECKED, Org.CHECKED))
    assert acts_for(here.owner, after) == (public and verb != "erase_owner")
    assert public <= Membership.objects.filter(organisation=after, role="owner").exists()


class Invited:
    """An invitation to the council staff in one of the states, the invited colleague and an administrator."""

    def __init__(self, state: str, at: Any) -> None:
        self.at, self.admin, self.person = at, make.superuser(), make.person("new@city.example")
        Authenticator.objects.create(user=self.person, type=Authenticator.Type.TOTP, data={})
        self.invite()
        self.token = token()
        if state != S.OPEN:
            {S.ACCEPTED: self.accept, S.EXPIRED: self.expire, S.WITHDRAWN: self.withdraw}[S(state)]()

    def do(self, verb: str) -> Any:
        invitation = StaffInvitation.objects.latest("created_at")
        return getattr(operations, verb)(actor=self.admin, invitation=invitation, at=self.at)

    def invite(self) -> Any:
        return operations.invite_staff(
            actor=self.admin, email=self.person.email, groups=["auditors"], reason="Post 12", at=self.at
        )

    def accept(self) -> Any:
        return operations.accept_staff_invitation(actor=self.person, token=self.token, at=self.at)

    def expire(self) -> Any:
        return operations.end_staff_invitations(at=self.at + timedelta(days=7))

    def renew(self) -> Any:
        return self.do("renew_staff_invitation")

    def withdraw(self) -> Any:
        return self.do("withdraw_staff_invitation")

    def erase(self) -> Any:
        return operations.erase_person(person=self.person, at=self.at)


STAFF_INVITATION: dict[str, dict[str, Any]] = {
    "accept": {S.OPEN: DONE, S.ACCEPTED: NotFound, S.EXPIRED: NotFound, S.WITHDRAWN: NotFound},
    "expire": {S.OPEN: DONE, S.ACCEPTED: NOTHING, S.EXPIRED: NOTHING, S.WITHDRAWN: NOTHING},
    "renew": {S.OPEN: DONE, S.ACCEPTED: ILLEGAL, S.EXPIRED: DONE, S.WITHDRAWN: ILLEGAL},
    "withdraw": {S.OPEN: DONE, S.ACCEPTED: ILLEGAL, S.EXPIRED: ILLEGAL, S.WITHDRAWN: ILLEGAL},
    # Council staff end their role first.
    "erase": {S.OPEN: DONE, S.ACCEPTED: Conflict, S.EXPIRED: DONE, S.WITHDRAWN: DONE},
}


@pytest.mark.parametrize("verb", STAFF_INVITATION)
@pytest.mark.parametrize("state", S)
def test_each_verb_of_staff_invitations_in_each_state(state, verb, at):
    here = Invited(state, at)
    assert StaffInvitation.objects.get().state == state
    assert came_of(getattr(here, verb)) == STAFF_INVITATION[verb][state]
    is_staff = Person.objects.get(pk=here.person.pk).is_staff
    assert is_staff == (state == S.ACCEPTED or (verb, state) == ("accept", S.OPEN))
