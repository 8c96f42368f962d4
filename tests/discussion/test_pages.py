"""Saying something, mending it, following: what the pages do, refuse and cost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from civic.core import clock
from projects.discussion.models import Comment, Follow
from projects.proposals.states import ProjectState
from tests.factories import accounts, discussion, proposals
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def sent(body: str = "I would use that", **more: Any) -> dict[str, Any]:
    return {"body": body, "token": str(uuid4()), **more}


def test_a_plain_post_leads_to_the_comment() -> None:
    project = proposals.project()
    answer = visitor(accounts.person()).post(f"/projects/{project.slug}/discussion/post/", sent())
    comment = Comment.objects.get()
    assert answer["Location"] == comment.get_absolute_url()
    assert comment.body in text_of(visitor(), comment.get_absolute_url())


def test_by_htmx_the_comment_comes_back_with_a_fresh_form() -> None:
    project, client, form = proposals.project(), visitor(accounts.person()), sent()
    answer = client.post(f"/projects/{project.slug}/discussion/post/", form, **HTMX)
    content = answer.content.decode()
    assert 'hx-swap-oob="afterbegin:#comments"' in content
    assert form["token"] not in content


@pytest.mark.parametrize("how", [{}, HTMX])
def test_what_was_typed_comes_back_with_what_is_wrong(how: dict[str, str]) -> None:
    project = proposals.project()
    typed = sent("Too long " + "x" * 3000)
    answer = visitor(accounts.person()).post(f"/projects/{project.slug}/discussion/post/", typed, **how)
    content = answer.content.decode()
    assert typed["body"] in content
    assert "field-errors" in content


def test_strangers_are_asked_to_sign_in_and_cannot_post() -> None:
    project = proposals.project()
    address = f"/projects/{project.slug}/discussion/"
    content = text_of(visitor(), address)
    assert "Sign in" in content
    assert "<textarea" not in content
    assert visitor().post(f"{address}post/", sent()).status_code == 302
    assert not Comment.objects.exists()


def test_a_public_page_sets_no_cookie() -> None:
    project = discussion.comment().project
    assert not visitor().get(f"/projects/{project.slug}/discussion/").cookies


def test_a_project_that_is_not_public_has_no_discussion_for_others() -> None:
    project = discussion.comment(proposals.project(state=ProjectState.SUBMITTED)).project
    for client in (visitor(), visitor(accounts.person())):
        assert client.get(f"/projects/{project.slug}/discussion/").status_code == 404
        assert client.get(f"/api/v1/projects/{project.slug}/comments/").status_code == 404
    assert visitor(accounts.person()).post(f"/projects/{project.slug}/follow/").status_code == 404


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_somebody_elses_comment_is_not_found(what: str) -> None:
    comment = discussion.comment()
    for other in (accounts.person(), discussion.moderator()):
        for answer in (
            visitor(other).get(f"/comments/{comment.pk}/{what}/"),
            visitor(other).post(f"/comments/{comment.pk}/{what}/", {"body": "Mine"}),
        ):
            assert answer.status_code == 404
    comment.refresh_from_db()
    assert comment.is_shown


def test_editing_after_the_window_keeps_what_was_typed() -> None:
    comment = discussion.comment(at=clock.now() - timedelta(hours=1))
    answer = visitor(comment.author).post(f"/comments/{comment.pk}/edit/", {"body": "Much better"})
    assert answer.status_code == 422
    assert "Much better" in answer.content.decode()


def test_following_and_no_longer() -> None:
    project, client = proposals.project(), visitor(accounts.person())
    client.post(f"/projects/{project.slug}/follow/", {"follow": "yes"})
    assert Follow.objects.running().count() == 1
    content = client.post(f"/projects/{project.slug}/follow/", {"follow": "no"}, **HTMX).content.decode()
    assert 'value="yes"' in content
    assert not Follow.objects.running().exists()


def test_the_api_gives_comments_by_keyset(at: datetime) -> None:
    project = proposals.project()
    for _ in range(5):
        discussion.comment(project)
    first = visitor().get(f"/api/v1/projects/{project.slug}/comments/?page_size=3").json()
    second = visitor().get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (3, 2, None)
    assert "email" not in str(first)


def test_the_projects_page_asks_as_often_for_many_comments_as_for_few() -> None:
    project = proposals.project()
    client, person = visitor(), visitor(accounts.person())
    discussion.comments(project, 1, replies=1)
    few = [statements(one, project.get_absolute_url()) for one in (client, person)]
    discussion.comments(project, 10, replies=3)
    many = [statements(one, project.get_absolute_url()) for one in (client, person)]
    assert many == few
    assert few[0] <= 8
    assert few[1] <= 14


def test_ones_own_page_lists_comments_and_followed_projects() -> None:
    comment = discussion.comment(body="The fuse links worry me")
    discussion.follow(comment.project, comment.author)
    content = text_of(visitor(comment.author), "/me/")
    assert "The fuse links worry me" in content
    assert content.count(comment.project.title) == 2
