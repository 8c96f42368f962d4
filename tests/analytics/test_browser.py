"""A question put together, answered, saved and embedded in a browser; axe has no complaint, in light or in dark."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from civic.accounts.models import Person
from tests.axe import grave_in_light_and_dark
from tests.browser import sideways
from tests.factories import accounts, analytics, catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CSV = b"tree,planted,height\n" + b"".join(
    b"%s,20%02d-0%d-01,%d.5\n" % (name, 10 + place % 9, 1 + place % 8, 3 + place % 11)
    for place, name in enumerate([b"lime", b"oak", b"ash", b"ginkgo"] * 15)
)
PICTURES = os.environ.get("PICTURES")


def sign_in(page: Page, person: Person, url: str) -> None:
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def sound(page: Page, name: str) -> None:
    if PICTURES:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", full_page=True)
    assert grave_in_light_and_dark(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_is_asked_answered_saved_and_embedded(page: Page, live_server: Any, width: int) -> None:
    owner = accounts.person()
    dataset = catalogue.published(
        owner, CSV, publisher=accounts.organisation(owner, name="Friends of the Linn")
    )
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, owner, live_server.url)
    page.goto(f"{live_server.url}{dataset.get_absolute_url()}")
    page.get_by_role("link", name="Ask the data").click()
    sound(page, f"form-{width}")
    page.get_by_label("For each").first.select_option("planted")
    page.get_by_label("by", exact=True).first.select_option("year")
    page.get_by_label("Show the").first.select_option("mean")
    page.get_by_label("of", exact=True).first.select_option("height")
    page.get_by_label("Chart").select_option("line")
    page.get_by_role("button", name="Show the answer").click()
    page.locator("svg.line-chart").wait_for()
    sound(page, f"answer-{width}")
    page.get_by_text("Save it under an address").click()
    page.get_by_label("Name").fill("Height by year")
    page.get_by_label("Show it on the page of the dataset").check()
    page.get_by_role("button", name="Save it").click()
    page.get_by_role("heading", name="Height by year").wait_for()
    sound(page, f"saved-{width}")
    address = page.url
    page.goto(f"{live_server.url}{dataset.get_absolute_url()}")
    picture = page.locator(".query-picture")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.query-picture').naturalWidth > 0")
    sound(page, f"dataset-{width}")
    page.goto(f"{address}embed/")
    page.locator("svg.line-chart").wait_for()
    sound(page, f"embed-{width}")


def test_bars_on_a_phone(phone: Page, live_server: Any) -> None:
    dataset = catalogue.published(content=CSV)
    saved = analytics.saved(dataset)
    phone.goto(f"{live_server.url}{saved.get_absolute_url()}")
    phone.locator("svg.bar-chart").wait_for()
    sound(phone, "bars")
