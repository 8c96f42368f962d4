"""The team: joined by accepting; nobody learns who has an account."""

from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, Invalid, NotFound
from projects.proposals import operations
from projects.proposals.models import TeamInvitation, TeamMember
from projects.proposals.roles import in_team
from projects.proposals.states import ProjectState
from tests.factories import accounts, proposals
from tests.mail import delivered

pytestmark = pytest.mark.django_db


def invited(email: str) -> TeamInvitation:
    project = proposals.project(state=ProjectState.DRAFT)
    return operations.invite(
        actor=project.author, project=project, email=email, role="Planner", at=clock.now()
    )


def test_whoever_has_the_address_joins_and_may_write() -> None:
    friend = accounts.person("bo@example.org")
    invitation = invited("Bo@Example.org")
    assert not in_team(friend, invitation.project)
    operations.accept(actor=friend, invitation=invitation, at=clock.now())
    assert in_team(friend, invitation.project)
    assert not TeamInvitation.objects.exists()


def test_nobody_else_can_take_the_invitation() -> None:
    invitation = invited("bo@example.org")
    unverified = accounts.person("bo@example.org", address_verified=False)
    for stranger in (accounts.person(), unverified):
        with pytest.raises(NotFound):
            operations.accept(actor=stranger, invitation=invitation, at=clock.now())
    assert not TeamMember.objects.exists()


def test_the_answer_and_the_letter_are_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    accounts.person("known@example.org")
    project = proposals.project(state=ProjectState.DRAFT)
    client.force_login(project.author)  # type: ignore[arg-type]
    pages, letters = [], []
    for email in ("known@example.org", "unknown@example.org"):
        page = client.post(
            f"/projects/{project.slug}/team/", {"email": email, "role": "Planner"}, follow=True
        )
        pages.append(page.content.decode().replace(email, "?").count("Invited, has not answered yet"))
        events.deliver_pending()
        letters.append(delivered()[-1].subject)
        project.invitations.all().delete()
    assert pages == [1, 1]
    assert letters[0] == letters[1]


def test_the_letter_leads_to_the_invitation(client: Client) -> None:
    friend = accounts.person("bo@example.org")
    invitation = invited("bo@example.org")
    events.deliver_pending()
    address = f"/projects/invitations/{invitation.pk}/"
    assert address in delivered()[-1].body
    client.force_login(friend)
    assert invitation.project.title in client.get(address).content.decode()
    client.post(address)
    assert TeamMember.objects.get().person == friend
    assert client.get(address).status_code == 404


def test_declining_leaves_nothing(client: Client) -> None:
    client.force_login(accounts.person("bo@example.org"))
    invitation = invited("bo@example.org")
    client.post(f"/projects/invitations/{invitation.pk}/", {"decline": "1"})
    assert not TeamInvitation.objects.exists()
    assert not TeamMember.objects.exists()


@pytest.mark.parametrize(
    ("email", "role"), [("nonsense", "Planner"), ("bo@example.org", ""), ("", "Planner")]
)
def test_an_invitation_needs_an_address_and_a_role(email: str, role: str) -> None:
    project = proposals.project(state=ProjectState.DRAFT)
    with pytest.raises(Invalid):
        operations.invite(actor=project.author, project=project, email=email, role=role, at=clock.now())


def test_strangers_invite_nobody_and_the_author_takes_people_off() -> None:
    project = proposals.project(state=ProjectState.DRAFT)
    with pytest.raises(Forbidden):
        operations.invite(
            actor=accounts.person(), project=project, email="a@example.org", role="x", at=clock.now()
        )
    one, other = proposals.member(project), proposals.member(project)
    with pytest.raises(Conflict):
        operations.leave(actor=one.person, project=project, member=other, at=clock.now())
    operations.leave(actor=project.author, project=project, member=other, at=clock.now())
    operations.leave(actor=one.person, project=project, member=one, at=clock.now())
    assert not TeamMember.objects.exists()


def test_who_was_taken_off_comes_back_by_no_invitation_of_before_1127_at7() -> None:
    """Invited at two addresses: taken off the team, the second invitation was still good."""
    friend, first = accounts.person("bo@example.org"), invited("bo@example.org")
    project = first.project
    EmailAddress.objects.create(user=friend, email="bo@private.example", verified=True)
    invite = partial(operations.invite, actor=project.author, project=project, role="Planner")
    other = invite(email="bo@private.example", at=clock.now())
    member = operations.accept(actor=friend, invitation=first, at=clock.now())
    operations.leave(actor=project.author, project=project, member=member, at=clock.now())
    with pytest.raises(Conflict):
        operations.accept(actor=friend, invitation=other, at=clock.now())
    assert not in_team(friend, project)
    operations.accept(actor=friend, invitation=invite(email="bo@example.org", at=clock.now()), at=clock.now())
    assert in_team(friend, project)
