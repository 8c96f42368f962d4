"""Nothing that people write runs: hostile text in every column that residents fill, on every page, in a browser."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db.models import Model
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from civic.accounts.models import Area, Organisation, Person
from civic.core import clock
from projects.calls.models import Call
from projects.discussion.models import Comment, ModerationCase, Report
from projects.proposals.models import CostLine, ParticipantGoal, Picture, Project, TeamInvitation, TeamMember
from projects.voting.models import Poll
from tests.accounts.test_journeys import sign_in
from tests.factories import accounts, discussion, proposals
from tests.whole import objects

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "</textarea></title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% debug %}<!--",
    'http://a.example/"onmouseover=alert(1)//',
    "' autofocus onfocus=alert(1) x='",
]
# What residents and organisations write, and how much of it fits.
WRITTEN: dict[type[Model], tuple[str, ...]] = {
    Person: ("name", "about"),
    Organisation: ("name", "about"),
    Project: ("title", "pitch", "story", "place"),
    CostLine: ("label",),
    TeamMember: ("role",),
    TeamInvitation: ("role",),
    ParticipantGoal: ("name", "brings", "wants"),
    Picture: ("alt",),
    Comment: ("body",),
    Report: ("text",),
    ModerationCase: ("quoted", "facts", "appeal"),
    Call: ("title", "summary", "description", "eligibility_note", "advice"),
    Area: ("name",),
}


@pytest.fixture
def alarms(page: Page) -> Iterator[list[str]]:
    """Dialogs, refusals by the content security policy, and errors of scripts; expected to stay empty."""
    heard: list[str] = []

    def dialog(asked: object) -> None:
        heard.append(f"dialog on {page.url}")
        asked.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: heard.append(f"{page.url}: {said.text}") if "Content Security" in said.text else None,
    )
    yield heard
    page.close()  # a later visitor's dialogs are not ours
    assert heard == []


def poison(offset: int) -> None:
    """Overwrites what people wrote with the corpus, as much as fits; `offset` says which part comes first."""
    text = " ".join(CORPUS[offset:] + CORPUS[:offset])
    for model, columns in WRITTEN.items():
        for row in model._default_manager.all():
            written = {
                column: text[: (model._meta.get_field(column).max_length or 2000) - 5] for column in columns
            }
            # Some are unique among their kind.
            unique = {column: words + str(row.pk)[-5:] for column, words in written.items()}
            model._default_manager.filter(pk=row.pk).update(**unique)


def city(owner: Person) -> list[str]:
    """A city with something of everything, and the pages that show what people wrote."""
    cache.clear()
    made = objects.build(owner)
    draft = Project.objects.get(slug=made.kwargs["proposals:edit"]["slug"])
    project = proposals.complete_draft(author=owner)
    Project.objects.filter(pk=project.pk).update(state="open", opened_at=clock.now())
    proposals.member(project)
    proposals.picture(project)
    opening = discussion.comment(project, author=owner, organisation=accounts.organisation(owner))
    discussion.comment(parent=opening)
    case = discussion.case(discussion.comment(project), at=clock.now())
    discussion.case(project, at=clock.now())
    running = Call.objects.get(slug=made.kwargs["voting:ballot"]["slug"])
    decided = made.kwargs["voting:results"]["slug"]
    organisation = made.kwargs["accounts:organisation"]["slug"]
    steps = [f"/projects/{draft.slug}/edit/{step}/" for step in ("idea", "place", "costs", "team", "goals")]
    assert Poll.objects.exists()
    return [
        *(
            "/",
            "/projects/",
            "/projects/?view=map",
            "/calls/",
            "/search/?q=alert",
            "/search/?q=<script>alert(1)",
        ),
        *("/me/", "/me/profile/", "/me/data/", "/me/notifications/", "/organisations/", "/moderation/"),
        *(
            f"/people/{owner.pk}/",
            f"/organisations/{organisation}/",
            f"/organisations/{organisation}/members/",
        ),
        *(f"/projects/{project.slug}/", f"/projects/{project.slug}/discussion/", f"/projects/{draft.slug}/"),
        *(f"/projects/{project.slug}/report/", f"/projects/{draft.slug}/preview/", *steps),
        *(f"/calls/{running.slug}/", f"/calls/{running.slug}/ballot/", f"/calls/{decided}/results/"),
        *(
            "/admin/",
            "/admin/discussion/moderationcase/",
            f"/admin/discussion/moderationcase/{case.pk}/case/",
        ),
        *(
            "/admin/proposals/project/",
            f"/admin/proposals/project/{project.pk}/change/",
            "/admin/calls/call/",
        ),
        *("/admin/accounts/person/", "/admin/accounts/organisation/", "/admin/core/event/"),
        *("/admin/voting/ballot/", "/admin/voting/poll/", "/admin/voting/paperballot/add/"),
    ]


def test_nothing_that_people_write_runs(
    context: BrowserContext, page: Page, live_server: LiveServer, alarms: list[str]
) -> None:
    owner = accounts.superuser()
    paths = city(owner)
    for offset in (0, 4):
        poison(offset)
        cache.clear()  # keeps what the pages showed of the first part
        sign_in(context, live_server, owner)
        failed, shown = [], 0
        for path in paths:
            answer = page.goto(live_server.url + path)
            assert answer is not None
            failed += [(answer.status, path)] if answer.status >= 500 else []
            shown += "&lt;script&gt;" in answer.text() or "onerror" in answer.text()
        assert not failed, offset
        assert shown > len(paths) / 2, offset
        assert alarms == [], offset
