"""A table from a phone to everybody, in a real browser; axe has no complaint, in light or in dark."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page

from civic.accounts.models import Person
from tests.axe import grave_in_light_and_dark
from tests.browser import sideways
from tests.factories import accounts, catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAYS = b"name,day,open\na,01/02/2026,yes\nb,03/04/2026,no\nc,05/06/2026,yes,?\n"


@pytest.fixture
def workers() -> Iterator[None]:
    """A worker that looks every moment, as the clock makes it."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(0.2):
            catalogue.work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    over.set()
    thread.join()


def sign_in(page: Page, person: Person, url: str) -> None:
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def sound(page: Page) -> None:
    assert grave_in_light_and_dark(page) == []
    assert sideways(page) == 0


def test_a_table_is_published_from_a_phone(phone: Page, workers: None, live_server: Any) -> None:
    owner = accounts.person()
    accounts.organisation(owner, name="Friends of the Linn")
    sign_in(phone, owner, live_server.url)
    phone.goto(f"{live_server.url}/data/")
    sound(phone)
    phone.get_by_role("link", name="Publish data").first.click()
    phone.get_by_label("Title").fill("Water of the Linn")
    phone.get_by_role("button", name="Begin the dataset").click()
    phone.get_by_text("There is a problem").wait_for()
    assert phone.get_by_label("Title").input_value() == "Water of the Linn"
    sound(phone)
    phone.get_by_label("Description").fill("Measured every week from a rowing boat.")
    phone.get_by_role("button", name="Begin the dataset").click()
    phone.get_by_label("File").set_input_files({"name": "water.csv", "mimeType": "text/csv", "buffer": DAYS})
    sound(phone)
    phone.get_by_role("button", name="Upload it").click()
    # The page asks by itself until the worker has looked.
    phone.get_by_role("heading", name="What is not clear").wait_for()
    sound(phone)
    phone.get_by_label("day", exact=True).select_option("date:%d/%m/%Y")
    phone.get_by_label("open", exact=True).select_option("boolean:yes/no")
    phone.get_by_label("I have looked").check()
    phone.get_by_role("button", name="Read it so").click()
    phone.get_by_role("heading", name="Rejected rows").wait_for()
    sound(phone)
    phone.get_by_label("What is new in it?").fill("The first weeks")
    phone.get_by_label("Publish it without the rejected rows").check()
    phone.get_by_role("button", name="Publish this revision").click()
    phone.get_by_role("button", name="Publish the dataset").click()
    phone.get_by_text("It is there for everybody").wait_for()
    sound(phone)
    with phone.expect_download() as loaded:
        phone.get_by_role("link", name="CSV", exact=False).first.click()
    assert loaded.value.suggested_filename == "water-of-the-linn-1.csv"


def test_without_javascript_everything_is_there(visitors: Any, live_server: Any) -> None:
    dataset = catalogue.published(accounts.person())
    one = catalogue.proposed(dataset, DAYS)
    page = visitors.arrive(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    sign_in(page, catalogue.writer(dataset), live_server.url)
    page.goto(f"{live_server.url}{one.get_absolute_url()}")
    page.get_by_label("I have looked").check()
    page.get_by_role("button", name="Read it so").click()
    page.get_by_text("Reading the file").wait_for()
    catalogue.work()
    page.reload()
    page.get_by_label("Publish it without the rejected rows").check()
    page.get_by_role("button", name="Publish this revision").click()
    page.get_by_role("heading", name="Revisions").wait_for()
    page.goto(f"{live_server.url}/data/?q=street+tres")
    assert page.get_by_role("link", name="Street trees").is_visible()


def test_by_keyboard_and_at_a_desk(page: Page, live_server: Any) -> None:
    dataset = catalogue.published()
    for address in ("/data/", dataset.get_absolute_url(), f"{dataset.get_absolute_url()}revisions/1/"):
        page.goto(f"{live_server.url}{address}")
        sound(page)
    page.goto(f"{live_server.url}{dataset.get_absolute_url()}")
    link = page.get_by_role("link", name="CSV", exact=False).first
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    else:
        pytest.fail("the keyboard does not come to the download")
