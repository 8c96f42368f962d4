"""An organisation that would be left alone is handed over or closed, and keeps no contact details then (I12)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from civic.accounts import operations, privacy
from civic.accounts.models import Invitation, Membership, Organisation
from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.payouts.models import BankDetails
from tests.factories import accounts as make
from tests.mail import delivered

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
