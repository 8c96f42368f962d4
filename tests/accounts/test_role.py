"""What the application role may write of members and invitations: as the newest event about them tells it (K4)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from civic.accounts import groups, operations
from civic.accounts.models import Invitation, Membership, Organisation, Person, StaffInvitation
from tests.factories import accounts
from tests.role import role

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(at: datetime) -> Person:
    return accounts.person()


@pytest.fixture
def bakery(owner: Person, at: datetime) -> Organisation:
    return operations.create_organisation(actor=owner, name="Bakery", kind="business", at=at)


def joined(bakery: Organisation, owner: Person, at: datetime) -> Membership:
    """A manager who came by an invitation."""
    somebody = accounts.person()
    sent = operations.invite(actor=owner, organisation=bakery, email=somebody.email, role="manager", at=at)
    Invitation.objects.filter(pk=sent.pk).update(token_hash=operations.invitations.hash_of("token"))
    operations.accept_invitation(actor=somebody, token="token", at=at)
    return Membership.objects.get(person=somebody)


def refused(model: type[Any], **fields: Any) -> None:
    with pytest.raises(IntegrityError, match="untold"), role():
        model.objects.create(**fields)


@pytest.mark.parametrize("end", ["leave", "remove"])
def test_who_is_no_member_any_more_does_not_come_back_by_sql_27_k4(
    bakery: Organisation, owner: Person, at: datetime, end: str
) -> None:
    membership = joined(bakery, owner, at)
    somebody = membership.person
    if end == "leave":
        operations.leave_organisation(actor=somebody, membership=membership, at=at)
    else:
        operations.remove_member(actor=owner, membership=membership, at=at)
    refused(Membership, organisation=bakery, person=somebody, role="manager")


def test_a_member_has_the_role_that_was_told_27_k4(bakery: Organisation, owner: Person, at: datetime) -> None:
    membership = joined(bakery, owner, at)
    operations.change_role(actor=owner, membership=membership, role="member", at=at)
    for other in ("manager", "owner"):
        with pytest.raises(IntegrityError, match="untold"), role():
            Membership.objects.filter(pk=membership.pk).update(role=other)


def test_an_invitation_is_as_it_was_told_27_k4(bakery: Organisation, owner: Person, at: datetime) -> None:
    told = operations.invite(actor=owner, organisation=bakery, email="a@x.example", role="member", at=at)
    fields = {
        "organisation": bakery,
        "email": "a@x.example",
        "token_hash": "x",
        "expires_at": told.expires_at,
    }
    stored = {"role": "member", "invited_by": owner}
    for change in ({"role": "owner"}, {"invited_by": accounts.person()}, {"id": uuid4()}):
        refused(Invitation, **{"id": told.pk, **fields, **stored, **change})


def test_an_invitation_of_staff_has_the_groups_that_were_told_27_k4(at: datetime) -> None:
    administrator = accounts.superuser()
    told = operations.invite_staff(
        actor=administrator, email="a@x.example", groups=[groups.AUDITORS], reason="New.", at=at
    )
    StaffInvitation.objects.all().delete()
    fields = {"id": told.pk, "email": "a@x.example", "reason": "New.", "invited_by": administrator}
    due = at + timedelta(days=1)
    refused(StaffInvitation, groups=[groups.FINANCE_OFFICERS], expires_at=due, token_hash="x", **fields)
    with role():
        StaffInvitation.objects.create(groups=[groups.AUDITORS], expires_at=due, token_hash="x", **fields)


@pytest.mark.parametrize("flag", ["is_staff", "is_active"])
def test_the_flag_of_an_administrator_alone_serves_in_nothing_27_k5(flag: str) -> None:
    """Whoever was dismissed enters and approves no money, whatever else the row still says."""
    administrator = accounts.superuser()
    for serves in (True, False):
        Person.objects.filter(pk=administrator.pk).update(**{flag: serves})
        with connection.cursor() as cursor:
            cursor.execute("SELECT accounts_serves_in(%s, %s)", [administrator.pk, groups.FINANCE_OFFICERS])
            assert cursor.fetchone() == (serves,)
