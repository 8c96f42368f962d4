"""What people may say, and that it is said once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections

from civic.accounts.models import Membership
from civic.core.errors import Conflict, Forbidden, Invalid, NotFound
from civic.core.models import Event
from projects.discussion import conditions, limits
from projects.discussion.models import Comment, Follow
from projects.discussion.operations.comments import delete_comment, edit_comment, post_comment, unfollow
from projects.proposals.states import ProjectState
from tests.factories import accounts, discussion, proposals

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_a_comment_is_an_event_and_lets_its_author_follow(at: datetime) -> None:
    actor, project = accounts.person(), proposals.project()
    comment = post_comment(actor=actor, project=project, body="Yes please", token=uuid4(), at=at)
    assert (
        Event.objects.filter(kind="comment.posted", subject_id=str(comment.pk), actor=actor.pk).count() == 1
    )
    assert Follow.objects.running().filter(person=actor, project=project).exists()


@pytest.mark.django_db
def test_a_follow_that_was_ended_is_not_revived_by_a_comment(at: datetime) -> None:
    actor, project = accounts.person(), proposals.project()
    discussion.follow(project, actor)
    unfollow(actor=actor, project=project, at=at)
    post_comment(actor=actor, project=project, body="One more thing", token=uuid4(), at=at)
    assert not Follow.objects.running().exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_comment(at: datetime) -> None:
    actor, project, token = accounts.person(), proposals.project(), uuid4()

    def click(_number: int) -> object:
        try:
            return post_comment(actor=actor, project=project, body="Yes please", token=token, at=at).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        posted = set(pool.map(click, range(16)))
    assert len(posted) == Comment.objects.count() == 1
    assert Event.objects.filter(kind="comment.posted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_many_comments_at_once(at: datetime) -> None:
    actor, project = accounts.person(), proposals.project()

    def click(number: int) -> bool:
        try:
            post_comment(actor=actor, project=project, body=f"Comment {number}", token=uuid4(), at=at)
        except limits.TooMany:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(click, range(24))) == limits.COMMENTS[0]


@pytest.mark.django_db
def test_the_limit_says_until_when_and_ends(at: datetime) -> None:
    actor, project = accounts.person(), proposals.project()
    for number in range(limits.COMMENTS[0]):
        post_comment(actor=actor, project=project, body=f"Comment {number}", token=uuid4(), at=at)
    with pytest.raises(limits.TooMany, match="11:10"):
        post_comment(actor=actor, project=project, body="And", token=uuid4(), at=at)
    post_comment(actor=actor, project=project, body="And", token=uuid4(), at=at + limits.COMMENTS[1])


@pytest.mark.django_db
@pytest.mark.parametrize("state", ProjectState.values)
def test_the_discussion_is_open_while_the_project_lives_in_public(state: str, at: datetime) -> None:
    project = proposals.project(state=state)
    closed = {"draft", "submitted", "returned", "rejected", "evaluated", "unfunded", "cancelled", "failed"}
    actor = accounts.person()
    assert bool(conditions.why_not_comment(actor, project)) == (state in closed)
    if state in closed:
        with pytest.raises(Forbidden):
            post_comment(actor=actor, project=project, body="Hello", token=uuid4(), at=at)


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", " \n\t ", "\u202e\u200f", "x" * 3001])
def test_empty_and_endless_comments_are_refused(body: str, at: datetime) -> None:
    with pytest.raises(Invalid):
        post_comment(actor=accounts.person(), project=proposals.project(), body=body, token=uuid4(), at=at)


@pytest.mark.django_db
def test_characters_that_turn_text_around_are_taken_out(at: datetime) -> None:
    body = "I agree\u202e eerga\r\n\r\n\r\n\r\nend"
    made = post_comment(actor=accounts.person(), project=proposals.project(), body=body, token=uuid4(), at=at)
    assert made.body == "I agree eerga\n\nend"


@pytest.mark.django_db
def test_a_reply_to_a_reply_stays_in_its_thread(at: datetime) -> None:
    opening = discussion.comment()
    reply = discussion.comment(parent=opening)
    answer = post_comment(
        actor=accounts.person(), project=opening.project, parent=reply, body="Right", token=uuid4(), at=at
    )
    assert (answer.thread_id, answer.parent_id) == (opening.pk, reply.pk)
    opening.refresh_from_db()
    assert opening.replies == 2


@pytest.mark.django_db
def test_a_reply_needs_a_comment_of_this_project_that_is_there(at: datetime) -> None:
    actor, project, elsewhere = accounts.person(), proposals.project(), discussion.comment()
    with pytest.raises(NotFound):
        post_comment(actor=actor, project=project, parent=elsewhere, body="Hm", token=uuid4(), at=at)
    gone = discussion.comment(project)
    delete_comment(actor=gone.author, comment=gone, at=at)
    with pytest.raises(Conflict):
        post_comment(actor=actor, project=project, parent=gone, body="Hm", token=uuid4(), at=at)


@pytest.mark.django_db
def test_only_those_who_run_an_organisation_speak_for_it(at: datetime) -> None:
    organisation, project = accounts.organisation(), proposals.project()
    member, manager = accounts.person(), accounts.person()
    accounts.membership(organisation, member)
    accounts.membership(organisation, manager, Membership.Role.MANAGER)
    with pytest.raises(Forbidden):
        post_comment(
            actor=member, project=project, organisation=organisation, body="We", token=uuid4(), at=at
        )
    made = post_comment(
        actor=manager, project=project, organisation=organisation, body="We", token=uuid4(), at=at
    )
    assert made.organisation == organisation


@pytest.mark.django_db
def test_editing_keeps_the_earlier_text_and_ends_with_the_window(at: datetime) -> None:
    comment = discussion.comment(at=at, body="Frist")
    edited = edit_comment(actor=comment.author, comment=comment, body="First", at=at + 29 * MINUTE)
    assert (edited.body, edited.edited_at) == ("First", at + 29 * MINUTE)
    assert [revision.body for revision in comment.revisions.all()] == ["Frist"]
    with pytest.raises(Forbidden):
        edit_comment(actor=comment.author, comment=comment, body="Late", at=at + 30 * MINUTE)


@pytest.mark.django_db
def test_nobody_else_edits_or_takes_back(at: datetime) -> None:
    comment = discussion.comment(at=at)
    for other in (accounts.person(), discussion.moderator(), accounts.superuser()):
        with pytest.raises(Forbidden):
            edit_comment(actor=other, comment=comment, body="Mine now", at=at)
        with pytest.raises(Forbidden):
            delete_comment(actor=other, comment=comment, at=at)


@pytest.mark.django_db
def test_what_is_taken_back_leaves_a_tombstone_without_text(at: datetime) -> None:
    comment = discussion.comment(at=at, body="Frist")
    edit_comment(actor=comment.author, comment=comment, body="First", at=at)
    delete_comment(actor=comment.author, comment=comment, at=at)
    comment.refresh_from_db()
    assert (comment.body, comment.deleted_at, comment.revisions.count()) == ("", at, 0)
    with pytest.raises(Forbidden):
        delete_comment(actor=comment.author, comment=comment, at=at)
