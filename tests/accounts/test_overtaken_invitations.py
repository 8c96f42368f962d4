"""An invitation sent before somebody was dismissed or removed brings nobody back, whatever address it went to."""

import pytest
from allauth.account.models import EmailAddress

from civic.accounts import operations
from civic.accounts.models import Membership, StaffInvitation
from civic.core.errors import Conflict, NotFound
from tests.accounts.test_organisations import token_of_last_letter
from tests.accounts.test_staff_invitations import colleague, invite, is_staff, token
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.superuser()


@pytest.mark.parametrize("then", ["dismissed", "closed"])
def test_a_role_decided_by_hand_ends_an_open_staff_invitation_o3(then, administrator, at):
    """The link of before would bring a dismissed officer back, in the name of whoever had invited."""
    invitation, person = invite(administrator, at), colleague()
    link, role = (
        token(),
        {"actor": administrator, "person": person, "groups": [], "reason": "Left.", "at": at},
    )
    if then == "dismissed":
        operations.appoint(is_staff=True, **role)
        operations.appoint(is_staff=False, **role)
    else:
        operations.close_account(actor=administrator, person=person, reason="Left.", at=at)
    with pytest.raises(NotFound):
        operations.accept_staff_invitation(actor=person, token=link, at=at)
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"


@pytest.mark.parametrize("then", ["dismissed", "closed", "invited anew"])
def test_an_older_letter_to_an_address_proven_later_brings_nobody_back_1127_oc3(then, administrator, at):
    """Dismissed, she proved a second address and used the link that had been sent there before."""
    invite(administrator, at, "private@zoe.example")
    link, person = token(), colleague()
    role = {"actor": administrator, "person": person, "groups": [], "reason": "Left.", "at": at}
    operations.appoint(is_staff=True, **role)
    if then == "closed":
        operations.close_account(actor=administrator, person=person, reason="Left.", at=at)
        operations.reopen_account(actor=administrator, person=person, reason="Writes stories.", at=at)
    else:
        operations.appoint(is_staff=False, **role)
    EmailAddress.objects.create(user=person, email="private@zoe.example", verified=True)
    if then == "invited anew":
        invitation = StaffInvitation.objects.get()
        operations.renew_staff_invitation(actor=administrator, invitation=invitation, at=at)
        operations.accept_staff_invitation(actor=person, token=token(), at=at)
    else:
        with pytest.raises(Conflict):
            operations.accept_staff_invitation(actor=person, token=link, at=at)
    assert is_staff(person) == (then != "dismissed")


def test_an_older_letter_brings_no_removed_member_back_1127_oc3(at):
    """She was removed, proved a second address and used the link that had been sent there before."""
    owner = make.person()
    organisation = make.organisation(owner)
    operations.invite(
        actor=owner, organisation=organisation, email="private@zoe.example", role="manager", at=at
    )
    link, person = token_of_last_letter(), make.person()
    membership = make.membership(organisation, person)
    operations.remove_member(actor=owner, membership=membership, at=at)
    EmailAddress.objects.create(user=person, email="private@zoe.example", verified=True)
    with pytest.raises(Conflict):
        operations.accept_invitation(actor=person, token=link, at=at)
    operations.resend_invitation(actor=owner, invitation=organisation.invitations.get(), at=at)
    operations.accept_invitation(actor=person, token=token_of_last_letter(), at=at)
    assert Membership.objects.filter(organisation=organisation, person=person).exists()


@pytest.mark.parametrize("then", ["removed", "demoted"])
def test_who_may_invite_no_more_has_no_friend_come_in_1127_at6(then: str, at) -> None:
    """A removed owner's open invitation made a friend an owner, who invited them back."""
    owner, friend = make.person(), make.person()
    organisation = make.organisation(owner)
    mine = make.membership(organisation, make.person(), Membership.Role.OWNER)
    operations.invite(actor=mine.person, organisation=organisation, email=friend.email, role="owner", at=at)
    link = token_of_last_letter()
    if then == "removed":
        operations.remove_member(actor=owner, membership=mine, at=at)
    else:
        operations.change_role(actor=owner, membership=mine, role=Membership.Role.MEMBER, at=at)
    with pytest.raises(NotFound):
        operations.accept_invitation(actor=friend, token=link, at=at)
    # Sent again by somebody who may, it is theirs.
    operations.resend_invitation(actor=owner, invitation=organisation.invitations.get(), at=at)
    operations.accept_invitation(actor=friend, token=token_of_last_letter(), at=at)


def test_who_was_demoted_is_no_owner_again_by_leaving_1127_at6(at) -> None:
    owner = make.person()
    organisation = make.organisation(owner)
    judith = make.membership(organisation, make.person(), Membership.Role.MANAGER)
    address = "private@judith.example"
    operations.invite(actor=owner, organisation=organisation, email=address, role="owner", at=at)
    link = token_of_last_letter()
    operations.change_role(actor=owner, membership=judith, role=Membership.Role.MEMBER, at=at)
    EmailAddress.objects.create(user=judith.person, email=address, verified=True)
    operations.leave_organisation(actor=judith.person, membership=judith, at=at)
    with pytest.raises(Conflict):
        operations.accept_invitation(actor=judith.person, token=link, at=at)
