"""What readers see of a discussion: who speaks, in which order, and that words are only words."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from civic.core import clock
from projects.discussion.operations.comments import delete_comment
from tests.factories import accounts, discussion, proposals
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db
EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    'https://example.org/"onmouseover="alert(1)',
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "<b>x</b> https://example.org/ <b>x</b>",
    "https://example.org/<b>x</b>?a=1&b='2'",
]


@pytest.mark.parametrize("evil", EVIL)
def test_bodies_are_text_wherever_they_are_shown(evil: str) -> None:
    comment = discussion.comment(body=evil)
    case = discussion.case(comment, at=clock.now())
    author, moderator = visitor(comment.author), visitor(discussion.moderator())
    pages = [
        text_of(visitor(), comment.get_absolute_url()),
        text_of(visitor(), f"/projects/{comment.project.slug}/discussion/"),
        text_of(visitor(), f"/comments/{comment.pk}/report/"),
        text_of(author, f"/comments/{comment.pk}/edit/"),
        text_of(author, f"/comments/{comment.pk}/delete/"),
        text_of(moderator, f"/moderation/{case.pk}/"),
        text_of(moderator, "/admin/discussion/moderationcase/"),
        text_of(moderator, f"/admin/discussion/moderationcase/{case.pk}/case/"),
    ]
    for content in pages:
        assert escape(evil) in content or "nofollow ugc" in content
        assert "{{" not in evil or "{{ 7|add:7 }}" in content
        assert "<script>alert" not in content
        for tag in (
            "<img src=x",
            "<svg onload",
            "<b>x</b>",
            'onmouseover="',
            "href='javascript",
            'href="javascript',
        ):
            assert tag not in content


def test_addresses_become_links_that_are_not_counted() -> None:
    comment = discussion.comment(body="See https://example.org/a?b=1&c=2. And www.example.org")
    content = text_of(visitor(), comment.get_absolute_url())
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">' in content
    assert "www.example.org</a>" not in content


def test_a_hidden_comment_is_a_note_with_its_rule_and_nowhere_else() -> None:
    at = clock.now()
    comment = discussion.comment(body="A very bad word")
    discussion.comment(parent=comment, body="A calm answer")
    discussion.hidden(comment, at=at)
    address = f"/projects/{comment.project.slug}/discussion/"
    for client in (visitor(), visitor(accounts.person()), visitor(comment.author)):
        content = text_of(client, address)
        assert "A very bad word" not in content
        assert "A moderator has hidden this comment: Insult or harassment" in content
        assert "A calm answer" in content
    data = visitor().get(f"/api/v1/projects/{comment.project.slug}/comments/").json()
    assert [row["body"] for row in data["results"]] == ["A calm answer"]
    assert "bad word" not in text_of(visitor(comment.author), "/me/")
    assert visitor(accounts.person()).get(f"/comments/{comment.pk}/report/").status_code == 404


def test_a_comment_that_was_taken_back_leaves_a_note() -> None:
    comment = discussion.comment(body="Never mind")
    delete_comment(actor=comment.author, comment=comment, at=clock.now())
    content = text_of(visitor(), f"/projects/{comment.project.slug}/discussion/")
    assert "has taken this comment back" in content
    assert visitor().get(f"/api/v1/projects/{comment.project.slug}/comments/").json()["results"] == []


def test_badges_say_who_speaks() -> None:
    project = proposals.project()
    discussion.comment(project, author=project.author)
    discussion.comment(project, author=accounts.staff("moderators"))
    discussion.comment(project, organisation=accounts.organisation(name="Harbour Bakery"))
    content = text_of(visitor(), f"/projects/{project.slug}/discussion/")
    for badge in (">Proposer<", ">City<", ">Harbour Bakery<"):
        assert content.count(badge) == 1


@pytest.mark.parametrize(
    ("order", "bodies"),
    [("-posted_at", "CBA"), ("posted_at", "ABC"), ("-replies", "BCA"), ("nonsense", "CBA")],
)
def test_the_order_is_the_readers_choice(order: str, bodies: str) -> None:
    project, at = proposals.project(), clock.now() - timedelta(days=1)
    made = [
        discussion.comment(project, body=f"Said {name}", at=at + timedelta(minutes=n))
        for n, name in enumerate("ABC")
    ]
    for _ in range(2):
        discussion.comment(parent=made[1], body="Answer")
    content = text_of(visitor(), f"/projects/{project.slug}/discussion/", data={"order": order})
    assert "".join(sorted("ABC", key=lambda name: content.index(f"Said {name}"))) == bodies


@pytest.mark.parametrize("order", ["-posted_at", "posted_at", "-replies"])
def test_pages_follow_each_other_without_gaps(order: str) -> None:
    project = proposals.project()
    discussion.comments(project, 23)
    client, address, seen = visitor(), f"/projects/{project.slug}/discussion/", []
    after = ""
    while True:
        found = client.get(address, {"order": order, **({"after": after} if after else {})}).context[
            "discussion"
        ]
        seen += [said.comment.pk for said in found.threads]
        after = found.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 23


def test_a_long_thread_is_on_its_own_page_as_a_whole() -> None:
    opening = discussion.comment()
    for number in range(8):
        discussion.comment(parent=opening, body=f"Reply {number}")
    address = f"/projects/{opening.project.slug}/discussion/"
    assert "Show 3 more replies" in text_of(visitor(), address)
    content = text_of(visitor(), f"{address}{opening.pk}/")
    assert all(f"Reply {number}" in content for number in range(8))
    other = proposals.project()
    assert visitor().get(f"/projects/{other.slug}/discussion/{opening.pk}/").status_code == 404


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_discussion_asks_as_often_for_many_as_for_few(signed_in: bool) -> None:
    project = proposals.project()
    client = visitor(accounts.person() if signed_in else None)
    discussion.comments(project, 2, replies=1)
    address = f"/projects/{project.slug}/discussion/"
    few = statements(client, address)
    discussion.comments(project, 15, replies=4)
    assert statements(client, address) == few <= (14 if signed_in else 8)
    data = f"/api/v1/projects/{project.slug}/comments/"
    assert statements(client, data) <= (14 if signed_in else 8)
