"""Reporting and deciding in a browser: what is shown to whom, and the queue of the desk."""

from datetime import timedelta

import pytest

from civic.core import clock
from projects.discussion.models import ModerationCase, Report
from projects.discussion.rules import Category
from projects.discussion.states import CaseState
from tests.factories import accounts, discussion, proposals
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db


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
        "confirmed": "yes",
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


def test_a_hidden_project_is_a_note_with_its_rule_and_its_author_can_appeal() -> None:
    project = proposals.project(title="Sell my sofa", pitch="Leather, hardly used")
    case = discussion.hidden(project, at=clock.now())
    answer = visitor().get(project.get_absolute_url())
    content = answer.content.decode()
    assert answer.status_code == 410
    assert "Insult or harassment" in content
    assert "Sell my sofa" not in content
    for address in ("/projects/", "/projects/?q=sofa", "/search/?q=sofa", "/api/v1/projects/"):
        assert "Leather" not in text_of(visitor(), address)
    assert case.get_absolute_url() in text_of(visitor(project.author), project.get_absolute_url())
