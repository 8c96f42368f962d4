"""An organisation that would be left alone is handed over or closed, and keeps no contact details then (I12)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from civic.accounts import operations, privacy
from civic.accounts.models import Invitation, Membership, Organisation
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.payouts.models import BankDetails
from tests.accounts.test_admin import act
from tests.factories import accounts as make
from tests.mail import delivered
from tests.visiting import with_password

pytestmark = pytest.mark.django_db
CONTACT = "Call 555 0101"


@pytest.fixture
def owner():
    return make.person()


@pytest.fixture
def alone(owner):
    """An organisation of one person, with a telephone number and a bank account that nothing was paid to."""
    made = make.organisation(owner, name="Corner Shop", about=CONTACT, website="https://corner.example")
    BankDetails.objects.create(
        organisation=made,
        provider="sepa",
        holder="Zorblatt",
        destination="DE02120300000000202051",
        usable_from=timezone.now(),
    )
    return made


def what_is_left(organisation):
    organisation.refresh_from_db()
    return [organisation.about, organisation.website, *organisation.bank_details.all()]


def test_erasure_closes_an_organisation_that_would_be_left_alone_i12(owner, alone, at):
    operations.invite(actor=owner, organisation=alone, email="a@example.org", role="member", at=at)
    with pytest.raises(Invalid) as refusal:
        operations.request_erasure(actor=owner, confirmation=owner.email, at=at)
    assert "close_organisations" in refusal.value.fields
    agreed = {"confirmation": owner.email, "close_organisations": True}
    operations.request_erasure(actor=owner, **agreed, at=at)
    events.deliver_pending(at=at)
    assert "Corner Shop" in delivered()[-1].body
    assert operations.erase_due(at=at + timedelta(days=8)) == 1
    assert what_is_left(alone) == ["", ""]
    assert alone.state == "closed"
    assert not Invitation.objects.exists()
    assert not Organisation.objects.public().exists()
    page = Client().get(alone.get_absolute_url()).content.decode()
    assert "ended its work here" in page
    assert "noindex" in page
    assert "Corner Shop" not in Client().get("/organisations/").content.decode()


def test_a_suspended_organisation_that_is_left_does_not_come_back_i12(owner, alone, at):
    operations.suspend_organisation(actor=make.staff("moderators"), organisation=alone, reason="Fraud", at=at)
    operations.erase_person(person=owner, at=at)
    assert what_is_left(alone) == ["", ""]
    assert alone.state == "suspended"


def test_its_last_member_closes_an_organisation_i12(client, owner, alone):
    page = alone.get_absolute_url()
    client.force_login(owner)
    assert "/close/" in client.get(page).content.decode()
    with pytest.raises(Conflict, match="or close it"):
        operations.leave_organisation(actor=owner, membership=alone.memberships.get(), at=timezone.now())
    assert "stay in the city" in client.get(f"{page}close/").content.decode()
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    client.post(f"{page}close/")
    assert what_is_left(alone) == ["", ""]
    assert alone.state == "closed"
    assert client.get(f"{page}edit/").status_code == 403
    assert client.get(f"{page}close/").status_code == 403


def test_nobody_closes_an_organisation_over_the_heads_of_others_i12(owner, alone, at):
    other = make.membership(alone, make.person())
    with pytest.raises(Conflict, match="Others belong"):
        operations.close_organisation(actor=owner, organisation=alone, at=at)
    with pytest.raises(Forbidden):
        operations.close_organisation(actor=other.person, organisation=alone, at=at)
    operations.change_role(actor=owner, membership=other, role=Membership.Role.OWNER, at=at)
    operations.erase_person(person=owner, at=at)
    assert what_is_left(alone)[0] == CONTACT


def test_what_runs_keeps_an_organisation_and_its_last_member_i12(client, owner, alone, at, monkeypatch):
    reason = "Its invoice 12 is not paid yet."
    monkeypatch.setattr(privacy, "closing_blockers", [lambda organisation: reason])
    with pytest.raises(Conflict, match="invoice 12"):
        operations.close_organisation(actor=owner, organisation=alone, at=at)
    with pytest.raises(Conflict, match="invoice 12"):
        operations.erase_person(person=owner, at=at)
    assert what_is_left(alone)[0] == CONTACT
    client.force_login(owner)
    assert "invoice 12" in client.get(f"{alone.get_absolute_url()}close/").content.decode()


@pytest.fixture
def colleague(alone):
    """A second member, whose account the city then closes."""
    person = make.person("colleague@example.org")
    make.membership(alone, person, "manager")
    return person


def close_account(person, at):
    return operations.close_account(actor=make.staff("moderators"), person=person, reason="Spam", at=at)


def test_a_closed_account_is_nobody_who_can_act_27_o4(owner, alone, colleague, at):
    close_account(colleague, at)
    with pytest.raises(Conflict, match="closed"):
        operations.change_role(
            actor=owner, membership=alone.memberships.get(person=colleague), role="owner", at=at
        )
    Membership.objects.filter(person=colleague).update(role="owner")
    own = alone.memberships.get(person=owner)
    with pytest.raises(Conflict, match="needs an owner"):
        operations.leave_organisation(actor=owner, membership=own, at=at)
    operations.erase_person(person=owner, at=at)
    alone.refresh_from_db()
    assert (alone.state, alone.memberships.count()) == ("closed", 0)


def test_an_active_member_without_an_owner_beside_keeps_the_owner_27_o4(owner, alone, colleague, at):
    third = make.person()
    make.membership(alone, third, "owner")
    close_account(third, at)
    with pytest.raises(Conflict, match="only owner"):
        operations.erase_person(person=owner, at=at)


def test_nobody_reinstates_what_nobody_is_left_in_27_o4(owner, alone, at):
    moderator = make.staff("moderators")
    operations.suspend_organisation(actor=moderator, organisation=alone, reason="Fraud", at=at)
    operations.erase_person(person=owner, at=at)
    with pytest.raises(Conflict, match="Nobody is left"):
        operations.reinstate_organisation(actor=moderator, organisation=alone, reason="Cleared", at=at)


def desk(client, verb, organisation, **more):
    """What the desk says after an action of the list of organisations."""
    data = {
        "action": verb,
        "_selected_action": str(organisation.pk),
        "confirmed": "1",
        "reason": "Left",
        **more,
    }
    return client.post("/admin/accounts/organisation/", data, follow=True).content.decode()


def test_the_desk_names_an_owner_or_closes_what_is_left_alone_27_o4(client, owner, alone, colleague, at):
    moderator = make.staff("moderators")
    with_password(client, moderator)
    assert "It has an owner" in desk(client, "name_owner", alone, email=colleague.email)
    assert "Somebody can act for it" in desk(client, "close_abandoned", alone)
    data = {"action": "close_account", "_selected_action": str(owner.pk), "confirmed": "1", "reason": "Spam"}
    assert (
        f"No owner is left of: {alone.name}"
        in client.post("/admin/accounts/person/", data, follow=True).content.decode()
    )
    assert "whose owner has confirmed" in desk(client, "name_owner", alone, email="nobody@example.org")
    desk(client, "name_owner", alone, email=colleague.email.upper())
    assert alone.memberships.get(person=colleague).role == "owner"
    events.deliver_pending()
    [letter] = [letter for letter in delivered() if letter.to == [colleague.email]]
    assert "Left" in letter.body
    close_account(colleague, at)
    desk(client, "close_abandoned", alone)
    alone.refresh_from_db()
    assert (alone.state, alone.memberships.count()) == ("closed", 0)


def test_closing_is_no_way_out_of_moderation_27_o5(client, owner, alone, at):
    operations.close_organisation(actor=owner, organisation=alone, at=at)
    client.force_login(make.staff("moderators"))
    desk(client, "suspend_organisation", alone)
    assert Client().get(alone.get_absolute_url()).status_code == 404
    assert "Nobody is left" in desk(client, "reinstate_organisation", alone)


def test_where_a_role_ends_the_open_invitations_are_listed_1127_at8(client, at):
    """One to an address of a second account lets a dismissed officer back in; the site cannot know whose it is."""
    administrator, officer = make.superuser(name="Ann Admin"), make.staff("auditors")
    operations.invite_staff(
        actor=administrator, email="zoe.private@example.org", groups=["auditors"], reason="Post 12", at=at
    )
    with_password(client, administrator)
    told = "zoe.private@example.org (Ann Admin)"
    appointed = {
        "is_staff": "on",
        "groups": [group.pk for group in officer.groups.all()],
        "reason": "New post",
    }
    url = reverse("admin:accounts_person_change", args=[officer.pk])
    assert told not in client.post(url, appointed, follow=True).content.decode()
    closed = act(client, "person", "close_account", officer, confirmed="yes", reason="Fraud")
    assert told in client.get(closed.url).content.decode()
    act(client, "person", "reopen_account", officer, confirmed="yes", reason="No fraud")
    assert told in client.post(url, {"reason": "Dismissed"}, follow=True).content.decode()
