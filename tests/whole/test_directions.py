"""The main kinds of page read from right to left on the smallest phone, and on paper."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from projects.calls.models import Call
from projects.calls.states import CallState
from tests.factories import accounts, calls, pages, proposals, voting

CSS = Path(settings.BASE_DIR) / "static" / "css"
# Sides of the page, where the reading direction should say which: margin-inline-start and the like.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)


def test_styles_name_no_side_but_start_and_end() -> None:
    found = {
        f"{path.name}:{number}"
        for path in CSS.glob("*.css")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if PHYSICAL.search(line)
    }
    assert not found


@pytest.fixture
def addresses(transactional_db: None) -> dict[str, str]:
    """One page of each main kind; the last ones are for the voter whose session `visitor` has."""
    home = pages.tree()
    story = pages.story(home)
    open_call, decided = calls.call("proposals"), voting.voting_call(10, 20, 90)
    proposals.project(open_call, title="A long title that has to wrap on a narrow phone " * 2)
    voting.cast(decided, 1)
    voting.decide(decided)
    project = decided.projects.order_by("ballot_number")[0]
    return {
        "home": "/",
        "help": "/help/",
        "story": f"/stories/{story.slug}/",
        "search": "/search/?q=title",
        "projects": "/projects/",
        "map": "/projects/?view=map",
        "project": project.get_absolute_url(),
        "discussion": f"{project.get_absolute_url()}discussion/",
        "calls": "/calls/",
        "call": open_call.get_absolute_url(),
        "results": f"{decided.get_absolute_url()}results/",
        "sign in": "/accounts/login/",
        "sign up": "/accounts/signup/",
    }


@pytest.fixture
def voter_pages(addresses: dict[str, str], visitor_of: "Visit") -> dict[str, str]:
    call, voter = voting.voting_call(10, 20), accounts.person()
    voting.cast(call, 1, person=voter)
    visitor_of(voter)
    assert Call.objects.get(pk=call.pk).state == CallState.OPEN
    return {
        "ballot": f"{call.get_absolute_url()}ballot/",
        "receipt": f"{call.get_absolute_url()}ballot/receipt/",
        "notifications": "/notifications/",
        "me": "/me/",
    }


class Visit:
    """Gives the browser the session of somebody."""

    def __init__(self, context: BrowserContext, server: LiveServer) -> None:
        self.context, self.server = context, server

    def __call__(self, person: accounts.Person) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self.server.url}]
        )


@pytest.fixture
def visitor_of(context: BrowserContext, live_server: LiveServer) -> Visit:
    return Visit(context, live_server)


SPILT = """() => {
  const wide = document.documentElement;
  if (wide.scrollWidth <= wide.clientWidth) return [];
  return [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < -1 || box.right > wide.clientWidth + 1);
  }).slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("default_tree")
@override_settings(LANGUAGES=[("ar", "Arabic")], LANGUAGE_CODE="ar")
def test_from_right_to_left_nothing_spills_over_the_smallest_phone(
    page: Page,
    live_server: LiveServer,
    addresses: dict[str, str],
    voter_pages: dict[str, str],
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    spilt = {}
    for kind, address in (addresses | voter_pages).items():
        assert page.goto(f"{live_server.url}{address}").ok, kind  # type: ignore[union-attr]
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        if found := page.evaluate(SPILT):
            spilt[kind] = found
    assert not spilt


SHOWN = """(where) => [...document.querySelectorAll(where)]
  .filter((one) => one.checkVisibility()).map((one) => one.className)"""
AFTER = (
    "(where) => [...document.querySelectorAll(where)].map((one) => getComputedStyle(one, '::after').content)"
)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("default_tree")
def test_on_paper_there_is_the_content_and_where_its_links_lead(
    page: Page, live_server: LiveServer, addresses: dict[str, str], voter_pages: dict[str, str]
) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for kind, address in (addresses | voter_pages).items():
        page.goto(f"{live_server.url}{address}")
        assert page.evaluate(SHOWN, "nav:not(.stepper), .site-search, .dock, .site-foot, .skip-link") == [], (
            kind
        )
        assert page.locator("h1").first.is_visible(), kind
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), kind
    page.goto(f"{live_server.url}{addresses['results']}")
    targets = " ".join(page.evaluate(AFTER, ".downloads a"))
    assert f"{addresses['results']}ballots.pb" in targets
    assert f"{addresses['results']}results.csv" in targets
    page.goto(f"{live_server.url}{voter_pages['ballot']}")
    assert all("/projects/" in target for target in page.evaluate(AFTER, ".ballot-card a"))
    page.goto(f"{live_server.url}{voter_pages['receipt']}")
    assert page.get_by_text(f"{live_server.url}/ballots/check/").is_visible()
