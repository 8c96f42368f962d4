"""The discussion in a real browser: with htmx, by keyboard, without JavaScript, and under attack."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from civic.accounts.models import Person
from civic.core import clock
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.states import CaseState
from tests.browser import Visitors
from tests.discussion.test_reading import EVIL
from tests.factories import accounts, discussion, proposals

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(context: BrowserContext, live_server: LiveServer, person: Person) -> None:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_saying_and_replying_without_leaving_the_page(
    context: BrowserContext, page: Page, live_server: LiveServer
) -> None:
    project = discussion.comment(body="What about rain?").project
    sign_in(context, live_server, accounts.person(name="Priya Raman"))
    page.goto(f"{live_server.url}/projects/{project.slug}/discussion/")
    page.get_by_label("Your comment").fill("The fuse links worry me")
    page.get_by_role("button", name="Post comment").dblclick()
    expect(page.locator("#comments > li").first).to_contain_text("The fuse links worry me")
    expect(page.get_by_label("Your comment")).to_have_value("")
    page.locator("details.reply summary").last.click()
    page.get_by_label("Your reply").last.fill("It runs off at the seams")
    page.get_by_role("button", name="Post reply").last.click()
    expect(page.locator(".comment-replies").last).to_contain_text("It runs off at the seams")
    assert Comment.objects.count() == 3


def test_what_is_typed_survives_a_lost_page(
    context: BrowserContext, page: Page, live_server: LiveServer
) -> None:
    project = proposals.project()
    sign_in(context, live_server, accounts.person())
    address = f"{live_server.url}/projects/{project.slug}/discussion/"
    page.goto(address)
    page.get_by_label("Your comment").fill("Half a thought")
    page.goto(f"{live_server.url}/moderation/")
    page.goto(address)
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")


def test_without_javascript_the_same_can_be_done(visitors: Visitors, live_server: LiveServer) -> None:
    opening = discussion.comment(body="What about rain?")
    page = visitors.arrive(java_script_enabled=False)
    sign_in(page.context, live_server, accounts.person())
    page.goto(f"{live_server.url}/projects/{opening.project.slug}/discussion/")
    page.locator("details.reply summary").click()
    page.get_by_label("Your reply").fill("It runs off")
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator(".comment-replies")).to_contain_text("It runs off")


def test_nothing_in_a_comment_runs(context: BrowserContext, page: Page, live_server: LiveServer) -> None:
    project, alarms = proposals.project(), []
    for evil in EVIL:
        discussion.case(discussion.comment(project, body=evil), at=clock.now())
    moderator = discussion.moderator()
    sign_in(context, live_server, moderator)

    def alarm(what: Any) -> None:
        alarms.append(what)

    page.on("dialog", alarm)
    page.on("console", lambda message: alarm(message.text) if "Content Security" in message.text else None)
    for address in (f"/projects/{project.slug}/discussion/", "/admin/discussion/moderationcase/"):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
    page.close()  # a later visitor's dialogs are not ours
    assert alarms == []


def test_the_queue_goes_by_keys(context: BrowserContext, page: Page, live_server: LiveServer) -> None:
    first, second = discussion.case(at=clock.now()), discussion.case(at=clock.now())
    sign_in(context, live_server, discussion.moderator())
    page.goto(f"{live_server.url}/admin/discussion/moderationcase/")
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.get_by_text("1 case decided.")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("0 moderation cases")).to_be_visible()
    states = dict(ModerationCase.objects.values_list("pk", "state"))
    assert states == {first.pk: CaseState.KEPT, second.pk: CaseState.HIDDEN}
