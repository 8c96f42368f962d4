"""The tests' own visitors: whoever takes over a page finds nothing of the one before."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import DESKTOP, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = """() => [document.cookie, localStorage.theme, sessionStorage.draft, innerWidth,
  matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("print").matches]"""


def seen(page: Page, address: str) -> list[object]:
    page.goto(address)
    return page.evaluate(KEPT)


def test_a_page_is_taken_over_without_what_was_left(visitors: Visitors, live_server: LiveServer) -> None:
    address = f"{live_server.url}/no-such-page/"
    page = visitors.arrive(**DESKTOP)
    before = seen(page, address)
    page.evaluate("localStorage.theme = 'dark', sessionStorage.draft = 'Half', document.cookie = 'who=ada'")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    page.context.new_page()
    assert seen(page, address) == ["who=ada", "dark", "Half", 320, True, True]
    visitors.leave(page)
    assert visitors.arrive(**DESKTOP) == page
    assert seen(page, address) == before == ["", None, None, 1280, False, False]
    assert page.context.pages == [page]
