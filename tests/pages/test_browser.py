"""The public pages and the CMS in a real browser: axe, small screens, keyboard, the security policy."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from civic.accounts.models import Person
from civic.core import clock
from civic.pages.models import HomePage
from tests.axe import grave_in_light_and_dark
from tests.browser import sideways
from tests.factories import calls, pages, proposals
from tests.pages.test_home import everything

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("default_tree"),
]

PATHS = [
    "/",
    "/help/",
    "/help/voting/",
    "/privacy/",
    "/stories/",
    "/stories/larch/",
    "/search/?q=larch",
    "/search/?q=zzz",
]
WEIGHT_WITHOUT_PHOTOS = 300_000


@pytest.fixture
def home() -> HomePage:
    """A home page with every kind of block, and something of everything."""
    home = pages.tree()
    project = proposals.project(calls.call("voting", title="Larch budget"), title="Larch Road crossing")
    proposals.project(calls.call("proposals"), title="Larch trees")
    pages.story(
        home, slug="larch", title="Larch story", picture=pages.image(), picture_alt="A hill", project=project
    )
    pages.counted(clock.now())
    everything(home, picked=[str(project.pk)])
    return home


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: refusals by the policy, errors of scripts, files that are missing."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


def sign_in(context: BrowserContext, live_server: LiveServer, person: Person) -> None:
    """Gives the browser the session of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def test_axe_finds_nothing_grave(
    page: Page, live_server: LiveServer, home: HomePage, complaints: list[str]
) -> None:
    found = {}
    for path in PATHS:
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((details) => (details.open = true))")
        found[path] = grave_in_light_and_dark(page)
    assert not any(found.values()), found


def test_nothing_scrolls_sideways_at_320_pixels(page: Page, live_server: LiveServer, home: HomePage) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PATHS:
        page.goto(f"{live_server.url}{path}")
        assert sideways(page) == 0, path


def test_the_home_page_is_light_and_asks_nobody_else(
    first_visit: Page, live_server: LiveServer, home: HomePage
) -> None:
    weights: dict[str, int] = {}
    first_visit.on(
        "response", lambda answer: weights.update({answer.url: len(answer.body())}) if answer.ok else None
    )
    first_visit.goto(live_server.url, wait_until="networkidle")
    assert all(url.startswith(live_server.url) for url in weights)
    assert sum(size for url, size in weights.items() if "/media/" not in url) < WEIGHT_WITHOUT_PHOTOS


def test_a_number_says_what_is_counted_by_keyboard_alone(
    page: Page, live_server: LiveServer, home: HomePage
) -> None:
    page.goto(live_server.url)
    page.locator(".number-card summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Projects that have been opened to the public")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Projects that have been opened to the public")).to_be_hidden()


def test_results_change_while_one_types(
    page: Page, live_server: LiveServer, home: HomePage, complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/search/")
    page.get_by_role("searchbox", name="Search").last.press_sequentially("larch crosing", delay=30)
    expect(page.get_by_role("link", name="Larch Road crossing")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/search/?q=larch%20crosing")


def test_an_editor_writes_previews_and_publishes(
    page: Page, context: BrowserContext, live_server: LiveServer, home: HomePage, complaints: list[str]
) -> None:
    sign_in(context, live_server, pages.editor())
    page.goto(f"{live_server.url}/cms/pages/{home.pk}/edit/")
    page.get_by_role("textbox", name="Sentence*").fill("Written by an editor.")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[title=Preview]").last
    expect(preview.get_by_role("heading", name="Written by an editor.")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("has been published", exact=False).first).to_be_visible()
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="Written by an editor.")).to_be_visible()
    expect(page.locator(".w-userbar, wagtail-userbar")).to_have_count(0)


def test_every_room_of_the_editors_opens_without_a_complaint(
    page: Page, context: BrowserContext, live_server: LiveServer, home: HomePage, complaints: list[str]
) -> None:
    sign_in(context, live_server, pages.editor())
    stories = pages.index(home).pk
    rooms = [
        "",
        "pages/",
        f"pages/{home.pk}/",
        f"pages/add/pages/storypage/{stories}/",
        f"pages/add/pages/callpage/{home.pk}/",
        "images/",
        "images/add/",
        "documents/add/",
        "redirects/",
        "settings/pages/sitesettings/",
    ]
    for room in rooms:
        page.goto(f"{live_server.url}/cms/{room}", wait_until="networkidle")
