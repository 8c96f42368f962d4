"""Who hears of what happens to projects and in their discussions."""

from datetime import datetime
from uuid import uuid4

import pytest

from civic.core import events
from civic.core.money import Money
from civic.core.states import transition
from civic.notifications.models import Notification
from projects.calls.operations import announce_voting
from projects.calls.states import PhaseKind
from projects.discussion.models import DiscussionCount
from projects.discussion.operations.comments import follow, post_comment, unfollow
from projects.discussion.tasks import recount
from projects.proposals import operations as project_operations
from projects.proposals.models import Project
from projects.proposals.operations.drafts import Cost
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, discussion, proposals

pytestmark = pytest.mark.django_db


def heard(at: datetime) -> set[tuple[str, object]]:
    """Delivers everything and says who was told what."""
    events.deliver_pending(at=at)
    return set(Notification.objects.values_list("kind", "person"))


def say(project: Project, at: datetime, **more: object) -> object:
    actor = accounts.person()
    return post_comment(actor=actor, project=project, body="Hm", token=uuid4(), at=at, **more)  # type: ignore[arg-type]


def test_a_comment_reaches_each_person_once_for_what_concerns_them_most(at: datetime) -> None:
    project = proposals.project()
    member, follower = proposals.member(project).person, discussion.follow(project).person
    opening = discussion.comment(project)
    discussion.follow(project, opening.author)
    discussion.follow(project, member)
    say(project, at, parent=opening)
    assert heard(at) == {
        ("comment.reply", opening.author.pk),
        ("comment.own", project.author.pk),
        ("comment.own", member.pk),
        ("comment.followed", follower.pk),
    }


def test_a_follower_has_one_note_for_a_project_until_it_is_read(at: datetime) -> None:
    project = proposals.project()
    follower = discussion.follow(project).person
    for _ in range(4):
        say(project, at)
        events.deliver_pending(at=at)
    assert Notification.objects.filter(person=follower).count() == 1
    Notification.objects.filter(person=follower).update(read_at=at)
    say(project, at)
    events.deliver_pending(at=at)
    assert Notification.objects.filter(person=follower).count() == 2


def test_a_comment_that_is_hidden_before_delivery_tells_nobody(at: datetime) -> None:
    project = proposals.project()
    comment = say(project, at)
    discussion.hidden(comment, at=at)  # type: ignore[arg-type]
    assert not [kind for kind, _person in heard(at) if kind.startswith("comment.")]


def test_the_team_hears_the_reason_of_a_return_and_nobody_else_does(at: datetime) -> None:
    project = proposals.project(state=ProjectState.SUBMITTED)
    discussion.follow(project)
    transition(
        project, "return", actor=accounts.staff("programme-managers"), at=at, reason="Who owns the ground?"
    )
    assert heard(at) == {("project.returned", project.author.pk)}
    assert Notification.objects.get().detail == "Who owns the ground?"


def test_followers_and_supporters_hear_of_the_ballot(at: datetime) -> None:
    project = proposals.project()
    follower = discussion.follow(project).person
    (support,) = proposals.support(project)
    transition(project, "shortlist", actor=None, at=at)
    assert heard(at) == {
        ("project.shortlisted", project.author.pk),
        ("followed.shortlisted", follower.pk),
        ("followed.shortlisted", support.person.pk),
    }


@pytest.mark.parametrize("state", ["open", "funding", "delivering"])
def test_supporters_hear_what_changed_and_that_they_may_withdraw(at: datetime, state: str) -> None:
    project, supporter = proposals.project(state=state), accounts.person()
    proposals.support(project, supporter)
    said = {"actor": project.author, "project": project, "reason": "Steel got dearer.", "at": at}
    project_operations.describe(fields={"pitch": "Another sentence."}, **said)
    project_operations.set_costs(lines=[Cost("Steel", Money(20_000_00, "EUR"))], **said)
    events.deliver_pending(at=at)
    news = Notification.objects.filter(person=supporter).order_by("id")
    page = f"{project.get_absolute_url()}changes/"
    assert [(one.kind, one.url) for one in news] == [
        ("followed.revised", f"{page}#revision-1"),
        ("followed.terms_changed", f"{page}#revision-2"),
    ]
    assert "whether you still want it" in news[1].sentence
    assert not Notification.objects.filter(person=project.author).exists()


def test_following_is_told_to_nobody_and_counted(at: datetime) -> None:
    project, actor = proposals.project(), accounts.person()
    follow(actor=actor, project=project, at=at)
    follow(actor=actor, project=project, at=at)
    say(project, at)
    events.deliver_pending(at=at)
    assert DiscussionCount.objects.values_list("comments", "followers").get(project=project) == (1, 2)
    unfollow(actor=actor, project=project, at=at)
    events.deliver_pending(at=at)
    assert DiscussionCount.objects.get(project=project).followers == 1


def test_the_nightly_count_mends_and_reports(at: datetime) -> None:
    project = discussion.comment().project
    DiscussionCount.objects.create(project=project, comments=7, counted_at=at)
    assert recount() == 1
    assert DiscussionCount.objects.get().comments == 1
    assert recount() == 0


def test_voting_is_announced_once(at: datetime) -> None:
    call = calls.call(PhaseKind.VOTING, at=at)
    project = proposals.project(call, state=ProjectState.SHORTLISTED)
    calls.call(PhaseKind.PROPOSALS, at=at)
    assert [announce_voting(at=at), announce_voting(at=at)] == [1, 0]
    assert heard(at) == {("call.voting", project.author.pk)}
