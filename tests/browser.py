"""A real Chromium for journeys: `page` and `live_server` are all that a journey asks for.

Without Chromium such tests are skipped and say so; with REQUIRE_BROWSER=1 they fail.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

# The headless shell is the same Chromium without windows, tabs and toolbars: a page costs a third less.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# A test browser talks to the test server and to nobody else.
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "en-GB"}
AS_PLAYWRIGHT_OPENS = {"width": 1280, "height": 720}
TIMEOUT = 10_000
# Of our own origin, so that Chromium keeps the process of the page, and without a script.
NOTHING = "img/mark.svg"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of Chromium: CHROMIUM_PATH, or the first that is installed."""
    found = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("REQUIRE_BROWSER=1, but Chromium is not installed")
    if found is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, which runs an event loop in this thread: Django must not take that for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    running = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
    yield running
    running.close()


@dataclass
class Visitors:
    """The pages of a test's visitors, each in a context of its own; a page that was left is taken over by the next.

    A new context starts processes and has every style and script loaded and compiled again: 0.4 s of CPU.
    """

    browser: Browser
    present: dict[Page, str] = field(default_factory=dict)
    left: dict[str, list[Page]] = field(default_factory=lambda: defaultdict(list))

    def arrive(self, *, timeout: int = TIMEOUT, **options: Any) -> Page:
        """A page of somebody who was never here: no cookies, nothing stored. `options` are those of a context."""
        kind = json.dumps(options, sort_keys=True)
        page = self.left[kind].pop() if self.left[kind] else self.browser.new_context(**options).new_page()
        page.set_default_timeout(timeout)
        self.present[page] = kind
        return page

    def leave(self, page: Page) -> None:
        """Takes away what the visitor left behind. A closed page is not used again: its context ends, too."""
        kind, context = self.present.pop(page), page.context
        if page.is_closed():
            context.close()
            return
        for other in context.pages:
            if other != page:
                other.close()
        # Whoever comes next asks the server, and not what answered here in its place.
        page.unroute_all(behavior="ignoreErrors")
        if page.url.startswith("http"):
            # Away from a page that may still ask the server, whose database is about to be put back.
            page.goto(urljoin(page.url, settings.STATIC_URL + NOTHING))
            page.evaluate("localStorage.clear(), sessionStorage.clear()")
        context.clear_cookies()
        options = json.loads(kind)
        colours = options.get("color_scheme", "light")
        page.emulate_media(media="null", color_scheme=colours, reduced_motion="no-preference")
        page.set_viewport_size(options.get("viewport", AS_PLAYWRIGHT_OPENS))
        self.left[kind].append(page)

    def all_leave(self) -> None:
        """Ends the visits of a test."""
        for page in list(self.present):
            self.leave(page)


@pytest.fixture(scope="session")
def all_visitors(browser: Browser) -> Visitors:
    """Those of all tests of a process."""
    return Visitors(browser)


@pytest.fixture
def visitors(all_visitors: Visitors) -> Iterator[Visitors]:
    """For tests with several visitors, or of a kind of their own."""
    yield all_visitors
    all_visitors.all_leave()


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """A page of a visitor at a desktop."""
    return visitors.arrive(**DESKTOP)


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """What the visitor's browser keeps: its cookies."""
    return page.context


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    """A page of a visitor with a phone."""
    return visitors.arrive(**PHONE)


@pytest.fixture
def first_visit(browser: Browser) -> Iterator[Page]:
    """A page at a desktop whose cache is empty, so that each file comes from the server."""
    visitor = browser.new_context(**DESKTOP)
    visitor.set_default_timeout(TIMEOUT)
    yield visitor.new_page()
    visitor.close()


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window. `innerWidth` grows with the page on a phone."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


# What stands where the middle of a link or button is: itself, something in it, or what it lies in.
COVERED = """() => [...document.querySelectorAll("main a[href], main button, main summary")].filter(one => {
    one.scrollIntoView({block: "center", behavior: "instant"});
    const box = one.getClientRects()[0];
    if (!box || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return there && !one.contains(there) && !there.contains(one);
}).map(one => one.textContent.trim().slice(0, 60))"""


def covered(page: Page) -> list[str]:
    """The links and buttons of a page that cannot be touched, since something else lies over them."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(COVERED)
    return found
