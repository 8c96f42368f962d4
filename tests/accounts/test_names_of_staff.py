"""A letter to a colleague says who invites; what an account with another address can do is said in words."""

import pytest
from django.test import Client

from civic.accounts import operations
from civic.accounts.adapter import MFAAdapter
from civic.accounts.models import Person
from civic.core import clock
from civic.core.errors import Conflict, Invalid
from tests.accounts.test_staff_invitations import ADDRESS, colleague, invite, is_staff, last_link, token
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_steps(settings):
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture
def administrator():
    return make.superuser()


def test_who_has_no_name_writes_one_before_inviting_or_accepting_1127_oc14(administrator, at):
    person, nameless = colleague(), make.superuser(name="")
    with pytest.raises(Conflict, match="your name"):
        invite(nameless, at)
    invitation = invite(administrator, at)
    with pytest.raises(Conflict, match="your name"):
        operations.renew_staff_invitation(actor=nameless, invitation=invitation, at=at)
    Person.objects.filter(pk=person.pk).update(name="")
    link = token()
    person.refresh_from_db()
    with pytest.raises(Conflict, match="your name"):
        operations.accept_staff_invitation(actor=person, token=link, at=at)
    assert not is_staff(person)
    area = {"about": "", "area": None, "indexed": False}
    operations.edit_profile(actor=person, name="Ada Lind", at=at, **area)
    operations.accept_staff_invitation(actor=Person.objects.get(pk=person.pk), token=link, at=at)
    assert is_staff(person)


def test_the_page_leads_to_the_profile_before_it_can_be_accepted_1127_oc14(administrator, settings):
    settings.STAFF_MFA_REQUIRED = False
    invite(administrator, clock.now())
    link, client = last_link(), Client()
    client.force_login(make.person(ADDRESS, name=""))
    page = client.get(link).content.decode()
    assert 'href="/me/profile/">Write your name' in page
    assert "Accept</button>" not in page
    assert client.post(link).status_code == 409


def test_an_account_with_a_second_step_and_another_address_is_told_the_ways_1127_oc16(administrator):
    invite(administrator, clock.now())
    link, client = last_link(), Client()
    client.force_login(colleague("other@city.example"))
    words = "ask for an invitation to the "
    assert words in delivered()[-1].body
    assert words in client.get(link).content.decode()
    said = str(MFAAdapter.error_messages["add_email_blocked"])
    assert "takes no further address" in said


@pytest.mark.parametrize(
    "name", ["\u200b", "\u202egnil eva", "Ada\u200bLind", "Ada\x00", "...", "123", "\ue000"]
)
def test_a_name_that_nobody_can_read_is_none_1127_ay12(at, name):
    person = make.person()
    profile = {"about": "", "area": None, "indexed": False, "at": at}
    with pytest.raises(Invalid):
        operations.edit_profile(actor=person, name=name, **profile)
    with pytest.raises(Invalid):
        operations.create_organisation(actor=person, name=name, kind="community", at=at)
    organisation = make.organisation(person)
    edited = {"kind": organisation.kind, "about": "", "website": "", "at": at}
    with pytest.raises(Invalid):
        operations.edit_organisation(actor=person, organisation=organisation, name=name, **edited)


@pytest.mark.parametrize("name", ["Ada Lind", "Zoë O’Neill-2", "نیلوفر می\u200cخواهد", "李娜", "Αθηνά ☀"])
def test_names_of_all_scripts_are_names_1127_ay12(at, name):
    person = make.person()
    operations.edit_profile(actor=person, name=f" {name} ", about="", area=None, indexed=False, at=at)
    assert Person.objects.get(pk=person.pk).name == name


def test_nobody_without_a_name_is_made_staff_by_hand_1127_ay12(administrator, at):
    person = make.person(name="")
    role = {"actor": administrator, "groups": [], "reason": "New.", "at": at}
    with pytest.raises(Conflict, match="writes a name"):
        operations.appoint(person=person, is_staff=True, **role)
    profile = {"about": "", "area": None, "indexed": False}
    operations.edit_profile(actor=person, name="Ada Lind", at=at, **profile)
    operations.appoint(person=person, is_staff=True, **role)
    assert is_staff(person)
    Person.objects.filter(pk=person.pk).update(name="")
    operations.appoint(person=person, is_staff=False, **role)
    assert not is_staff(person)
