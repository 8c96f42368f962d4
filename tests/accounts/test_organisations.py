"""Organisations, their members and their invitations."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from civic.accounts import operations
from civic.accounts.models import Invitation, Membership, Organisation
from civic.accounts.roles import acts_for
from civic.core import events
from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid, NotFound
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def owner():
    return make.person()


@pytest.fixture
def organisation(owner):
    return make.organisation(owner)


def member(organisation, role=Role.MEMBER):
    return make.membership(organisation, make.person(), role)


def token_of_last_letter():
    events.deliver_pending()
    return re.search(r"/invitations/([\w-]+)/", delivered()[-1].body).group(1)


def test_who_sets_one_up_owns_it(owner, at):
    made = operations.create_organisation(actor=owner, name="Harbour Bakery", kind="business", at=at)
    again = operations.create_organisation(actor=owner, name="Harbour Bakery", kind="business", at=at)
    assert made.slug == "harbour-bakery"
    assert again.slug != made.slug
    assert made.state == "unchecked"
    assert acts_for(owner, made, Role.OWNER)


@pytest.mark.parametrize("name", ["New", "!!!", "日本"])
def test_an_address_never_collides_with_our_own_words(owner, name, at):
    if name == "New":
        assert operations.create_organisation(actor=owner, name=name, kind="business", at=at).slug != "new"
        return
    with pytest.raises(Invalid) as refusal:
        operations.create_organisation(actor=owner, name=name, kind="business", at=at)
    assert "name" in refusal.value.fields


def test_only_staff_sets_up_a_department(owner, organisation, at):
    with pytest.raises(Invalid):
        operations.create_organisation(actor=owner, name="Parks", kind="department", at=at)
    with pytest.raises(Invalid):
        operations.edit_organisation(
            actor=owner,
            organisation=organisation,
            name="Parks",
            kind="department",
            about="",
            website="",
            at=at,
        )
    operations.create_organisation(actor=make.staff(), name="Parks", kind="department", at=at)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.OWNER, True), (Role.MANAGER, True), (Role.MEMBER, False), (None, False)]
)
def test_owners_and_managers_edit(organisation, role, may, at):
    person = make.person()
    if role:
        make.membership(organisation, person, role)
    new = {"name": "New name", "kind": "business", "about": "", "website": "", "at": at}
    if may:
        operations.edit_organisation(actor=person, organisation=organisation, **new)
        assert Organisation.objects.get().name == "New name"
    else:
        with pytest.raises(Forbidden):
            operations.edit_organisation(actor=person, organisation=organisation, **new)


def test_the_last_owner_stays(owner, organisation, at):
    own = organisation.memberships.get(person=owner)
    with pytest.raises(Conflict):
        operations.leave_organisation(actor=owner, membership=own, at=at)
    with pytest.raises(Conflict):
        operations.change_role(actor=owner, membership=own, role=Role.MEMBER, at=at)
    second = member(organisation)
    operations.change_role(actor=owner, membership=second, role=Role.OWNER, at=at)
    operations.leave_organisation(actor=owner, membership=own, at=at)
    assert not acts_for(owner, organisation)


def test_nobody_but_owners_changes_members(organisation, at):
    manager, plain = member(organisation, Role.MANAGER), member(organisation)
    for operation in (operations.remove_member, operations.leave_organisation):
        with pytest.raises(Forbidden):
            operation(actor=manager.person, membership=plain, at=at)
    with pytest.raises(Forbidden):
        operations.change_role(actor=manager.person, membership=manager, role=Role.OWNER, at=at)
    with pytest.raises(Forbidden):
        operations.invite(
            actor=manager.person, organisation=organisation, email="x@example.org", role="owner", at=at
        )


def test_an_invitation_is_accepted_by_its_address_only(owner, organisation, at):
    invited, stranger = make.person("Guest@Example.org"), make.person()
    operations.invite(
        actor=owner, organisation=organisation, email="guest@example.org", role=Role.MANAGER, at=at
    )
    token = token_of_last_letter()
    with pytest.raises(Forbidden):
        operations.accept_invitation(actor=stranger, token=token, at=at)
    operations.accept_invitation(actor=invited, token=token, at=at)
    assert acts_for(invited, organisation, Role.MANAGER)
    with pytest.raises(NotFound):
        operations.accept_invitation(actor=invited, token=token, at=at)


def test_an_unverified_address_does_not_count(owner, organisation, at):
    invited = make.person("guest@example.org", address_verified=False)
    operations.invite(
        actor=owner, organisation=organisation, email="guest@example.org", role=Role.MEMBER, at=at
    )
    token = token_of_last_letter()
    with pytest.raises(Forbidden):
        operations.accept_invitation(actor=invited, token=token, at=at)
    EmailAddress.objects.update(verified=True)
    operations.accept_invitation(actor=invited, token=token, at=at)


def test_an_invitation_runs_out_and_a_new_link_replaces_the_old(owner, organisation, at):
    invited = make.person("guest@example.org")
    invitation = operations.invite(
        actor=owner, organisation=organisation, email="guest@example.org", role=Role.MEMBER, at=at
    )
    old = token_of_last_letter()
    later = at + timedelta(days=14)
    with pytest.raises(NotFound):
        operations.accept_invitation(actor=invited, token=old, at=later)
    operations.resend_invitation(actor=owner, invitation=invitation, at=later)
    new = token_of_last_letter()
    with pytest.raises(NotFound):
        operations.accept_invitation(actor=invited, token=old, at=later)
    operations.accept_invitation(actor=invited, token=new, at=later)


def test_a_withdrawn_invitation_is_gone_and_its_token_was_never_stored(owner, organisation, at):
    invited = make.person("guest@example.org")
    invitation = operations.invite(
        actor=owner, organisation=organisation, email="guest@example.org", role=Role.MEMBER, at=at
    )
    token = token_of_last_letter()
    assert token not in str(Invitation.objects.values().get())
    operations.revoke_invitation(actor=owner, invitation=invitation, at=at)
    with pytest.raises(NotFound):
        operations.accept_invitation(actor=invited, token=token, at=at)


def test_who_is_there_or_invited_is_not_invited_again(owner, organisation, at):
    for email in (owner.email.upper(), "a@example.org"):
        if email == "a@example.org":
            operations.invite(actor=owner, organisation=organisation, email=email, role=Role.MEMBER, at=at)
        with pytest.raises(Invalid) as refusal:
            operations.invite(actor=owner, organisation=organisation, email=email, role=Role.MEMBER, at=at)
        assert "email" in refusal.value.fields


@pytest.mark.parametrize("group", ["moderators", "programme-managers"])
def test_staff_check_suspend_and_reinstate_with_reasons(owner, organisation, group, at):
    staff = make.staff(group)
    operations.check_organisation(actor=staff, organisation=organisation, at=at)
    with pytest.raises(Invalid):
        operations.suspend_organisation(actor=staff, organisation=organisation, reason="", at=at)
    operations.suspend_organisation(actor=staff, organisation=organisation, reason="Does not exist.", at=at)
    assert not acts_for(owner, organisation)
    assert organisation not in Organisation.objects.public()
    with pytest.raises(IllegalTransition):
        operations.suspend_organisation(actor=staff, organisation=organisation, reason="Again.", at=at)
    operations.reinstate_organisation(actor=staff, organisation=organisation, reason="It does.", at=at)
    assert acts_for(owner, organisation)


def test_residents_and_auditors_suspend_nothing(owner, organisation, at):
    for actor in (owner, make.staff("auditors")):
        with pytest.raises(Forbidden):
            operations.suspend_organisation(actor=actor, organisation=organisation, reason="x", at=at)


def test_a_stranger_gets_a_few_invitations_a_day_i11(at):
    owner = make.person()
    first, second = make.organisation(owner), make.organisation(owner)
    rest = {"actor": owner, "role": Role.MEMBER, "at": at}
    invitation = operations.invite(organisation=first, email="stranger@example.org", **rest)
    operations.resend_invitation(actor=owner, invitation=invitation, at=at)
    operations.invite(organisation=second, email="stranger@example.org", **rest)
    with pytest.raises(Conflict, match="enough letters"):
        operations.resend_invitation(actor=owner, invitation=invitation, at=at)
    operations.resend_invitation(actor=owner, invitation=invitation, at=at + timedelta(days=1, minutes=1))
