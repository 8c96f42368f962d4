"""A real Chromium for journeys: `page` and `live_server` are all that a journey asks for.

Without Chromium such tests are skipped and say so; with REQUIRE_BROWSER=1 they fail.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# A test browser talks to the test server and to nobody else.
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


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


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor of their own: no cookies, a desktop window."""
    visitor = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    visitor.set_default_timeout(10_000)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that visitor."""
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    visitor = browser.new_context(**PHONE, locale="en-GB")
    visitor.set_default_timeout(10_000)
    yield visitor.new_page()
    visitor.close()
