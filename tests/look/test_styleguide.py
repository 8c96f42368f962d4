"""The style guide in a real browser: axe, small screens, weight, appearance, keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import grave, grave_in_light_and_dark
from tests.browser import Visitors, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WEIGHT = 300_000


@pytest.fixture
def complaints(first_visit: Page) -> Iterator[list[str]]:
    """What the browser complains of: refusals by the content security policy, errors of scripts."""
    heard: list[str] = []
    first_visit.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    first_visit.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.mark.parametrize("path", ["/styleguide/", "/accounts/login/", "/accounts/signup/", "/no-such-page/"])
def test_axe_finds_nothing_grave(page: Page, live_server: LiveServer, path: str) -> None:
    page.goto(f"{live_server.url}{path}")
    assert grave_in_light_and_dark(page) == []


def test_axe_finds_nothing_grave_with_everything_open(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/styleguide/")
    page.evaluate("document.querySelectorAll('main details').forEach((details) => (details.open = true))")
    page.locator("[data-dialog]").first.click()
    assert grave(page) == []


@pytest.mark.parametrize("path", ["/styleguide/", "/accounts/signup/", "/accounts/password/reset/"])
def test_nothing_scrolls_sideways_at_320_pixels(page: Page, live_server: LiveServer, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}{path}")
    assert sideways(page) == 0


def test_no_complaint_and_little_weight(
    first_visit: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    page, bodies = first_visit, dict[str, int]()
    page.on("response", lambda answer: bodies.update({answer.url: len(answer.body())}) if answer.ok else None)
    page.goto(f"{live_server.url}/accounts/login/", wait_until="networkidle")
    assert all(url.startswith(live_server.url) for url in bodies)
    assert sum(bodies.values()) < WEIGHT


def test_maps_and_scripts_run_under_the_policy(
    first_visit: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    page = first_visit
    page.goto(f"{live_server.url}/styleguide/", wait_until="networkidle")
    page.locator("#light-pick, [data-pick-latitude]").first.scroll_into_view_if_needed()
    page.locator("[data-pick-latitude]").first.click(position={"x": 150, "y": 150})
    expect(page.locator("#light-place-latitude")).not_to_have_value("")


def test_buttons_and_menus_can_be_touched(phone: Page, live_server: LiveServer) -> None:
    phone.goto(f"{live_server.url}/styleguide/")
    small = phone.evaluate(
        """() => [...document.querySelectorAll('.button, .dock > a, .dock summary, .chip, .tabs a, .site-head a')]
            .filter((element) => element.offsetHeight > 0 && element.getBoundingClientRect().height < 43.9)
            .map((element) => element.outerHTML)"""
    )
    assert small == []


def test_appearance_is_chosen_kept_and_there_before_the_first_paint(
    page: Page, live_server: LiveServer
) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{live_server.url}/styleguide/")
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{live_server.url}/accounts/login/", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Auto", exact=True).click()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_a_menu_opens_by_keyboard_and_closes_by_escape(phone: Page, live_server: LiveServer) -> None:
    phone.goto(f"{live_server.url}/accounts/login/")
    menu = phone.locator(".dock summary")
    menu.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("link", name="Help").first).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator(".dock-panel")).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_wrong_form_takes_the_focus_to_its_summary(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/signup/")
    page.get_by_role("main").get_by_role("button", name="Create an account").click()
    expect(page.locator(".error-summary")).to_be_focused()


def test_the_first_tab_skips_to_the_content(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_everything_is_there_without_javascript(visitors: Visitors, live_server: LiveServer) -> None:
    page = visitors.arrive(java_script_enabled=False)
    page.goto(f"{live_server.url}/styleguide/")
    expect(page.locator("#light-map svg.drawn-map .drawn-area").first).to_be_visible()
    expect(page.locator("[data-theme-switch]")).to_be_hidden()
    page.locator(".specimen-dialog a").first.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
