"""The pages of the discussion and of moderation: what they show to whom, refuse, and cost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from civic.accounts.models import Person
from civic.core import clock
from projects.discussion.models import Comment, Follow, ModerationCase, Report
from projects.discussion.operations.comments import delete_comment
from projects.discussion.rules import Category
from projects.discussion.states import CaseState
from projects.proposals.states import ProjectState
from tests.factories import accounts, discussion, proposals

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    'https://example.org/"onmouseover="alert(1)',
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "https://example.org/<b>x</b>?a=1&b='2'",
]


def visitor(person: Person | None = None, **how: Any) -> Client:
    client = Client(**how)
    if person:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str, **more: Any) -> str:
    return client.get(address, **more).content.decode()


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


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


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


def test_anybody_reports_and_signed_out_people_leave_an_address() -> None:
    comment = discussion.comment()
    address = f"/comments/{comment.pk}/report/"
    assert visitor().post(address, {"category": Category.SPAM}).status_code == 422
    answer = visitor().post(address, {"category": Category.SPAM, "text": "Shop", "email": "a@example.org"})
    assert answer["Location"] == comment.get_absolute_url()
    made = Report.objects.get()
    assert (made.email, made.reporter, bool(made.origin)) == ("a@example.org", None, True)
    assert "127.0.0.1" not in made.origin


def test_a_forged_forwarding_header_does_not_pass_the_limit() -> None:
    answers = [
        visitor().post(
            f"/comments/{discussion.comment().pk}/report/",
            {"category": Category.SPAM, "email": f"a{number}@example.org"},
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
        )
        for number in range(7)
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [422] * 2
    assert "send it after" in answers[-1].content.decode()


def test_a_case_is_readable_by_whom_it_concerns() -> None:
    at = clock.now()
    comment = discussion.comment(body="A very bad word")
    case = discussion.case(comment, at=at)
    reporter = case.reports.get().reporter
    address = f"/moderation/{case.pk}/"
    assert visitor(comment.author).get(address).status_code == 404  # nothing is decided yet
    case_of_another = discussion.hidden(at=at)
    decided = discussion.hidden(discussion.comment(author=comment.author, body="Bad again"), at=at)
    content = text_of(visitor(comment.author), f"/moderation/{decided.pk}/")
    for owed in ("Bad again", "It calls Ada names.", "No automated means", "Appeal"):
        assert owed in content
    for_reporter = text_of(visitor(reporter), address)
    assert "A very bad word" not in for_reporter
    for stranger in (accounts.person(), comment.author):
        assert visitor(stranger).get(f"/moderation/{case_of_another.pk}/").status_code == 404
    assert visitor().get(address).status_code == 302


def test_the_author_appeals_on_the_page_and_nobody_else() -> None:
    case = discussion.hidden(at=clock.now())
    address = f"/moderation/{case.pk}/"
    assert visitor(accounts.person()).post(address, {"text": "No"}).status_code == 404
    assert visitor(discussion.moderator()).post(address, {"text": "No"}).status_code == 422
    assert visitor(case.author).post(address, {"text": "I meant myself"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.appeal) == (CaseState.APPEALED, "I meant myself")


def test_the_public_page_counts() -> None:
    at = clock.now()
    discussion.hidden(at=at)
    discussion.case(at=at, category=Category.SPAM)
    answer = visitor().get("/moderation/")
    cases = answer.context["figures"].cases
    assert (cases["all"], cases["hidden"], cases["waiting"]) == (2, 1, 1)
    rows = {name: (reported, acted) for _rule, name, reported, acted in answer.context["figures"].by_rule}
    assert (rows["Insult or harassment"], rows["Advertising or spam"]) == ((1, 1), (1, 0))


QUEUE = "/admin/discussion/moderationcase/"


def test_the_queue_shows_the_text_worst_first() -> None:
    at = clock.now()
    discussion.case(discussion.comment(body="Long ago"), at=at - timedelta(days=3))
    discussion.case(discussion.comment(body="A threat"), at=at, category=Category.THREAT)
    discussion.hidden(discussion.comment(body="Decided"), at=at)
    content = text_of(visitor(discussion.moderator()), QUEUE)
    assert content.index("A threat") < content.index("Long ago")
    assert "Decided" not in content


def test_the_queue_asks_as_often_for_many_as_for_few() -> None:
    at, client = clock.now(), visitor(discussion.moderator())
    discussion.case(at=at)
    few = statements(client, QUEUE)
    for _ in range(12):
        discussion.case(at=at)
    assert statements(client, QUEUE) == few


def test_a_button_in_the_row_decides() -> None:
    kept, hidden = discussion.case(at=clock.now()), discussion.case(at=clock.now())
    client = visitor(discussion.moderator())
    client.post(QUEUE, {"at_once": f"keep:{kept.pk}"})
    client.post(QUEUE, {"at_once": f"hide:{hidden.pk}:{Category.INSULT}"})
    states = dict(ModerationCase.objects.values_list("pk", "state"))
    assert states == {kept.pk: CaseState.KEPT, hidden.pk: CaseState.HIDDEN}
    for nonsense in ("keep:nothing", "explode", f"fly:{kept.pk}"):
        assert client.post(QUEUE, {"at_once": nonsense}).status_code == 302


def test_many_are_decided_at_once_with_the_words_of_the_rule() -> None:
    cases = [discussion.case(at=clock.now()) for _ in range(5)]
    chosen = {
        "action": "hide",
        "_selected_action": [str(case.pk) for case in cases],
        "category": Category.SPAM,
    }
    visitor(discussion.moderator()).post(QUEUE, chosen)
    decided = ModerationCase.objects.filter(state=CaseState.HIDDEN, category=Category.SPAM)
    assert decided.count() == 5
    assert all("advertises" in case.facts for case in decided)


def test_auditors_read_the_queue_and_decide_nothing() -> None:
    case = discussion.case(at=clock.now())
    client = visitor(accounts.staff("auditors"))
    assert client.get(QUEUE).status_code == 200
    assert client.post(QUEUE, {"at_once": f"keep:{case.pk}"}).status_code == 403
    address = f"{QUEUE}{case.pk}/case/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"verb": "keep"}).status_code == 403
    assert visitor(accounts.staff("finance-officers")).get(QUEUE).status_code == 403
    case.refresh_from_db()
    assert case.state == CaseState.REPORTED


def test_the_page_of_a_case_decides_and_goes_on_to_the_next() -> None:
    first, second = discussion.case(at=clock.now()), discussion.case(at=clock.now())
    client = visitor(discussion.moderator())
    address = f"{QUEUE}{first.pk}/case/"
    assert "Choose the house rule" in client.post(address, {"verb": "hide"}).content.decode()
    answer = client.post(
        address, {"verb": "edit", "category": Category.PRIVATE, "text": "Without the number"}
    )
    assert str(second.pk) in answer["Location"]
    first.refresh_from_db()
    assert (first.state, first.comment.body) == (CaseState.EDITED, "Without the number")


def test_the_api_gives_comments_by_keyset(at: datetime) -> None:
    project = proposals.project()
    for _ in range(5):
        discussion.comment(project)
    first = visitor().get(f"/api/v1/projects/{project.slug}/comments/?page_size=3").json()
    second = visitor().get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (3, 2, None)
    assert "email" not in str(first)
