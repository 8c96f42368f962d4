"""Council staff are enrolled by invitation: one link, one address, the second step first (I4)."""

import re
import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from civic.accounts import operations
from civic.accounts.models import Person, StaffInvitation
from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid, NotFound
from tests.accounts.test_sign_in import totp_now, with_second_step
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db
ADDRESS = "new@city.example"


@pytest.fixture(autouse=True)
def two_steps(settings):
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture
def administrator():
    return make.superuser()


def invite(administrator, at, email=ADDRESS, groups=("moderators",)):
    return operations.invite_staff(actor=administrator, email=email, groups=groups, reason="Post 12", at=at)


def last_link():
    events.deliver_pending()
    return re.findall(r"/council/invitations/[\w-]+/", "".join(letter.body for letter in delivered()))[-1]


def token():
    return last_link().split("/")[3]


def colleague(email=ADDRESS):
    """Somebody with this proven address who has set up a second step."""
    person = make.person(email)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def is_staff(person):
    return Person.objects.get(pk=person.pk).is_staff


def test_an_administrator_enrols_staff_by_invitation_from_the_desk_i4(client, administrator):
    secret = with_second_step(administrator)
    client.force_login(administrator)
    client.post("/accounts/2fa/reauthenticate/", {"code": totp_now(secret)})
    desk = "/admin/accounts/staffinvitation/add/"
    assert 'name="groups"' in client.get(desk).content.decode()
    data = {"email": ADDRESS.upper(), "groups": ["auditors", "moderators"], "reason": "Post 12"}
    assert client.post(desk, data).status_code == 302
    link = last_link()
    assert Client().get(link).status_code == 200
    person = make.person(ADDRESS)
    new = Client()
    new.force_login(person)
    assert "/accounts/2fa/totp/activate/" in new.get(link).content.decode()
    assert new.post(link).status_code == 409
    own = with_second_step(person)  # in another session: this one gave no code of it
    assert "/accounts/2fa/reauthenticate/" in new.get(link).content.decode()
    assert new.post(link).status_code == 409
    assert not is_staff(person)
    new.post("/accounts/2fa/reauthenticate/", {"code": totp_now(own)})
    assert new.post(link).url == "/admin/"
    assert new.get("/admin/").status_code == 200
    person = Person.objects.get(pk=person.pk)
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert person.group_names == {"auditors", "moderators"}
    told = events.about(person).get(kind="person.appointed")
    assert (told.actor, told.note) == (administrator.pk, "Post 12")
    assert (
        events.about(StaffInvitation.objects.get()).get(kind="staff_invitation.accepted").actor == person.pk
    )
    events.deliver_pending()
    assert delivered()[-1].to == [administrator.email]
    assert ADDRESS in delivered()[-1].body
    page = client.get("/admin/accounts/staffinvitation/").content.decode()
    assert "accepted" in page
    assert new.get(link).status_code == 404


@pytest.mark.parametrize("group", ["moderators", "data-stewards", "auditors", None])
def test_nobody_but_administrators_invites_staff_i4(group, at):
    actor = make.staff(group) if group else make.person()
    invitation = invite(make.superuser(), at)
    for attempt in (
        lambda: invite(actor, at, "friend@city.example"),
        lambda: operations.renew_staff_invitation(actor=actor, invitation=invitation, at=at),
        lambda: operations.withdraw_staff_invitation(actor=actor, invitation=invitation, at=at),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_what_is_no_invitation_of_staff_is_refused_i4(administrator, at):
    make.staff("auditors", email="known@city.example")
    invite(administrator, at)
    for email, groups, name in (
        (ADDRESS.upper(), ["moderators"], "email"),
        ("known@city.example", ["moderators"], "email"),
        ("other@city.example", [], "groups"),
        ("other@city.example", ["administrators"], "groups"),
    ):
        with pytest.raises(Invalid) as refusal:
            invite(administrator, at, email, groups)
        assert name in refusal.value.fields


def test_a_staff_link_counts_once_and_for_its_address_only_i4(administrator, at):
    invite(administrator, at)
    link = token()
    stranger, unproven = colleague("other@city.example"), make.person("third@city.example")
    EmailAddress.objects.create(user=unproven, email=ADDRESS, verified=False)
    Authenticator.objects.create(user=unproven, type=Authenticator.Type.TOTP, data={})
    for person in (stranger, unproven):
        with pytest.raises(Forbidden):
            operations.accept_staff_invitation(actor=person, token=link, at=at)
    person = make.person(ADDRESS)
    with pytest.raises(Conflict, match="second step"):
        operations.accept_staff_invitation(actor=person, token=link, at=at)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    operations.accept_staff_invitation(actor=person, token=link, at=at)
    operations.appoint(actor=administrator, person=person, is_staff=False, groups=[], reason="Left", at=at)
    with pytest.raises(NotFound):
        operations.accept_staff_invitation(actor=person, token=link, at=at)
    assert not is_staff(person)


def test_who_is_staff_by_another_address_keeps_the_groups_i4(administrator, at):
    person = make.staff("auditors", email="desk@city.example")
    EmailAddress.objects.create(user=person, email="second@city.example", verified=False)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    invite(administrator, at, "second@city.example")
    EmailAddress.objects.filter(user=person).update(verified=True)
    operations.accept_staff_invitation(actor=person, token=token(), at=at)
    assert Person.objects.get(pk=person.pk).group_names == {"auditors", "moderators"}


def ended(how, invitation, administrator, person, at):
    """Does to an open invitation what makes its link worthless; returns when it is tried."""
    if how == "expired":
        return at + timedelta(days=7)
    if how == "ended by the clock":
        assert operations.end_staff_invitations(at=at + timedelta(days=7)) == 1
    elif how == "withdrawn in another tab":
        operations.withdraw_staff_invitation(actor=administrator, invitation=invitation, at=at)
    elif how == "sent again":
        operations.renew_staff_invitation(actor=administrator, invitation=invitation, at=at)
    elif how == "inviter is no administrator any more":
        Person.objects.filter(pk=administrator.pk).update(is_superuser=False)
    elif how == "inviter was dismissed":
        operations.appoint(
            actor=make.superuser(), person=administrator, is_staff=False, groups=[], reason="Left.", at=at
        )
    elif how == "inviter's account is closed":
        Person.objects.filter(pk=administrator.pk).update(is_active=False)
    elif how == "invited person erased":
        operations.erase_person(person=person, at=at)
        assert not StaffInvitation.objects.exists()
    return at


@pytest.mark.parametrize(
    "how",
    [
        "expired",
        "ended by the clock",
        "withdrawn in another tab",
        "sent again",
        "inviter is no administrator any more",
        "inviter was dismissed",
        "inviter's account is closed",
        "invited person erased",
    ],
)
def test_a_staff_link_that_is_over_gives_no_role_i4(how, client, administrator, at):
    invitation, person = invite(administrator, at), colleague()
    link = token()
    when = ended(how, invitation, administrator, person, at)
    with pytest.raises(NotFound):
        operations.accept_staff_invitation(actor=person, token=link, at=when)
    assert not is_staff(person)
    if how != "expired":
        assert client.get(f"/council/invitations/{link}/").status_code == 404


def test_an_expired_invitation_tells_its_sender_and_is_sent_again_i4(administrator, at):
    invitation = invite(administrator, at)
    events.deliver_pending()
    operations.end_staff_invitations(at=at + timedelta(days=7))
    events.deliver_pending()
    assert (delivered()[-1].to, ADDRESS in delivered()[-1].body) == ([administrator.email], True)
    other, later = make.superuser(), at + timedelta(days=8)
    operations.renew_staff_invitation(actor=other, invitation=invitation, at=later)
    person = colleague()
    operations.accept_staff_invitation(actor=person, token=token(), at=later)
    assert events.about(person).get(kind="person.appointed").actor == other.pk
    with pytest.raises(IllegalTransition):
        operations.withdraw_staff_invitation(actor=other, invitation=invitation, at=later)
    assert is_staff(person)


def test_who_never_came_to_the_council_is_forgotten_i4(administrator, at):
    operations.withdraw_staff_invitation(actor=administrator, invitation=invite(administrator, at), at=at)
    operations.end_staff_invitations(at=at + timedelta(days=89))
    assert StaffInvitation.objects.exists()
    operations.end_staff_invitations(at=at + timedelta(days=91))
    assert not StaffInvitation.objects.exists()


def test_an_address_gets_a_few_staff_invitations_a_day_i11(administrator, at):
    for _number in range(10):
        invitation = invite(administrator, at)
        operations.withdraw_staff_invitation(actor=administrator, invitation=invitation, at=at)
    with pytest.raises(Conflict, match="enough letters"):
        invite(make.superuser(), at)
    assert invite(administrator, at + timedelta(days=1)).state == "open"


def test_a_residents_letters_keep_no_colleague_out_27_k9_o9(administrator, at):
    owner = make.person()
    organisation = make.organisation(owner)
    for _number in range(3):
        made = operations.invite(actor=owner, organisation=organisation, email=ADDRESS, role="member", at=at)
        operations.revoke_invitation(actor=owner, invitation=made, at=at)
    with pytest.raises(Conflict, match="This address has had"):
        operations.invite(actor=owner, organisation=organisation, email=ADDRESS, role="member", at=at)
    invitation = invite(administrator, at)
    for _number in range(2):
        operations.renew_staff_invitation(actor=administrator, invitation=invitation, at=at)
    # Of the wrong group: withdrawn, and sent again with the right one.
    operations.withdraw_staff_invitation(actor=administrator, invitation=invitation, at=at)
    assert invite(administrator, at).state == "open"


@pytest.mark.django_db(transaction=True)
def test_of_two_acceptances_at_once_one_counts_i4(administrator):
    at = clock.now()
    invite(administrator, at)
    link, answers = token(), []
    person = colleague()
    start = threading.Barrier(2)

    def accept():
        start.wait()
        try:
            operations.accept_staff_invitation(actor=person, token=link, at=at)
            answers.append("accepted")
        except NotFound:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["accepted", "refused"]
    assert events.about(person).filter(kind="person.appointed").count() == 1
