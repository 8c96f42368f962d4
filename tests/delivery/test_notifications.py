"""Who hears of what: stewards of what was handed in, the team and followers of each step and of news."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Forbidden
from civic.core.event_kinds import event_kind
from civic.notifications import queries
from civic.notifications.models import Notification
from projects.delivery.models import Milestone, Update
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.states import MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery, discussion, proposals

pytestmark = pytest.mark.django_db

State = MilestoneState
MANAGERS = "programme-managers"


def heard(kind: str) -> dict[Person, str]:
    """Who heard of news of this kind, and the words that were for them alone."""
    found = Notification.objects.filter(kind=kind).select_related("person")
    return {one.person: one.detail for one in found}


def handed_in(at: datetime) -> Milestone:
    one = delivery.milestone(State.IN_PROGRESS)
    delivery.evidence(one)
    member = proposals.member(one.project, accounts.staff(MANAGERS)).person
    milestone_steps.submit(actor=member, milestone=one, at=at)
    events.deliver_pending(at=at)
    return one


def test_who_runs_the_call_hears_of_what_was_handed_in(at: datetime) -> None:
    manager, gone = accounts.staff(MANAGERS), accounts.staff(MANAGERS, is_active=False)
    others = [accounts.staff("auditors"), accounts.staff("finance-officers"), accounts.person(), gone]
    one = delivery.milestone(State.IN_PROGRESS)
    delivery.evidence(one)
    own = proposals.member(one.project, accounts.staff(MANAGERS)).person
    given = accounts.staff()
    assign_perm("manage_call", given, one.project.call)
    assign_perm("manage_call", others[2], delivery.project().call)
    milestone_steps.submit(actor=one.project.author, milestone=one, at=at)
    events.deliver_pending(at=at)
    assert set(heard("milestone.submitted")) == {manager, given}
    assert not {own, *others} & set(heard("milestone.submitted"))


def page_of(person: Person) -> str:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client.get("/me/").content.decode()


def test_a_steward_finds_it_on_their_own_page_until_it_is_answered(at: datetime) -> None:
    manager, given, other = accounts.staff(MANAGERS), accounts.staff(), accounts.staff("moderators")
    one = handed_in(at)
    assign_perm("manage_call", given, one.project.call)
    waits = "accept or return it"
    member = one.project.team.get().person
    assert [waits in page_of(who) for who in (manager, given, other, member, one.project.author)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    milestone_steps.accept(actor=manager, milestone=one, reason="Seen", at=at)
    assert waits not in page_of(manager)


def test_a_steward_is_not_asked_about_their_own_project_or_one_that_is_over() -> None:
    manager = accounts.staff(MANAGERS)
    delivery.milestone(State.SUBMITTED, delivery.project(author=manager))
    delivery.milestone(State.SUBMITTED, delivery.project(ProjectState.FAILED))
    assert "accept or return it" not in page_of(manager)


def test_a_team_finds_what_is_overdue_on_its_own_page(clock_at: object, at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    assert "show what is done for" in page_of(one.project.author)
    Milestone.objects.filter(pk=one.pk).update(due_on=at.date().replace(year=at.year - 1))
    assert "is overdue. Show what is done" in page_of(one.project.author)


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("start_delivery", ProjectState.FUNDED),
        ("complete", ProjectState.DELIVERING),
        ("fail", ProjectState.DELIVERING),
    ],
)
def test_team_and_followers_hear_how_the_work_begins_and_ends(verb: str, state: str, at: datetime) -> None:
    project = delivery.project(state)
    delivery.milestones(project, state=State.ACCEPTED if verb == "complete" else State.PLANNED)
    member, follower = proposals.member(project).person, discussion.follow(project).person
    steward = accounts.staff(MANAGERS)
    getattr(milestone_steps, verb)(actor=steward, project=project, reason="The ground is dry", at=at)
    events.deliver_pending(at=at)
    assert heard(event_kind("project", verb)) == {
        project.author: "The ground is dry",
        member: "The ground is dry",
    }
    assert heard(event_kind("followed", verb)) == {follower: ""}


def test_team_and_followers_hear_of_an_accepted_milestone_and_of_news(at: datetime) -> None:
    one = delivery.milestone(State.SUBMITTED)
    project = one.project
    member, follower = proposals.member(project).person, discussion.follow(project).person
    milestone_steps.accept(actor=accounts.staff(MANAGERS), milestone=one, reason="Good work", at=at)
    sent = {"title": "Trees", "text": "All forty", "token": uuid4()}
    for _ in range(2):
        plans.post_update(actor=project.author, project=project, at=at, **sent)  # type: ignore[arg-type]
    events.deliver_pending(at=at)
    assert Update.objects.count() == 1
    assert heard("milestone.accepted") == {project.author: "Good work", member: "Good work"}
    assert heard("followed.milestone_reached") == {follower: ""}
    assert heard("followed.update_posted") == {follower: ""}
    with pytest.raises(Forbidden):
        plans.post_update(actor=follower, project=project, at=at, **sent)  # type: ignore[arg-type]


def test_a_returned_milestone_is_the_teams_business_alone(at: datetime) -> None:
    one = delivery.milestone(State.SUBMITTED)
    follower = discussion.follow(one.project).person
    milestone_steps.send_back(actor=accounts.staff(MANAGERS), milestone=one, reason="Too dark", at=at)
    events.deliver_pending(at=at)
    assert heard("milestone.returned") == {one.project.author: "Too dark"}
    assert not Notification.objects.filter(person=follower).exists()


def test_only_council_staff_are_offered_news_for_the_council() -> None:
    def offered(person: Person) -> set[str]:
        return {stream.slug for stream, _on_site, _rhythm in queries.wishes(person)}

    assert offered(accounts.staff(MANAGERS)) - offered(accounts.person()) == {"disputes", "to-accept"}


def test_a_project_that_was_given_up_says_so_and_not_that_it_is_late(clock_at: object, at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    Milestone.objects.filter(pk=one.pk).update(due_on=at.date().replace(year=at.year - 1))
    Project.objects.filter(pk=one.project_id).update(state=ProjectState.FAILED)
    for address in (one.get_absolute_url(), f"{one.project.get_absolute_url()}delivery/"):
        assert "overdue" not in Client().get(address).content.decode().lower()
