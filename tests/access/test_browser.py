"""Asking and deciding in a real browser, on a phone and at a desk; axe has no complaint, in light or in dark."""

from typing import Any

import pytest
from playwright.sync_api import Page

from civic.core import clock
from datasets.access.models import Grant
from datasets.access.operations.terms import set_terms
from tests.catalogue.test_browser import sign_in, sound
from tests.factories import accounts, catalogue
from tests.factories import data_access as access

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_asks_from_a_phone_and_the_publisher_decides(
    phone: Page, page: Page, live_server: Any
) -> None:
    owner, asker = accounts.person(), accounts.person()
    dataset = access.dataset(
        owner=owner,
        publisher=accounts.organisation(owner, name="Friends of the Linn"),
        title="Fish of the Linn",
    )
    writer = catalogue.writer(dataset)
    questions = ["Who else will see the rows?"]
    set_terms(
        actor=writer,
        dataset=dataset,
        terms="Do not publish places of eels.",
        questions=questions,
        longest_days=60,
        at=clock.now(),
    )
    sign_in(phone, asker, live_server.url)
    phone.goto(f"{live_server.url}/data/{dataset.slug}/")
    sound(phone)
    phone.get_by_role("link", name="Ask for it").click()
    phone.get_by_label("What do you want it for?").select_option("research")
    phone.get_by_label("Say more about it").fill("Oxygen and fish.")
    phone.get_by_label(questions[0]).fill("Nobody.")
    sound(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("link", name="Send it to the publisher").click()
    sound(phone)
    phone.get_by_role("button", name="Send it to the publisher").click()
    phone.get_by_text("It is sent").wait_for()

    sign_in(page, owner, live_server.url)
    page.goto(f"{live_server.url}/data/{dataset.slug}/access/requests/")
    sound(page)
    page.get_by_role("main").get_by_role("link", name=asker.display_name).click()
    sound(page)
    page.get_by_role("link", name="Approve").click()
    page.get_by_label("Your reason").fill("Good luck.")
    sound(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("link", name="To the access that came of it").click()
    sound(page)
    assert Grant.objects.get().state == "active"

    phone.goto(f"{live_server.url}/data/{dataset.slug}/")
    sound(phone)
    phone.get_by_role("link", name="You may read it until").click()
    sound(phone)
    phone.goto(f"{live_server.url}/me/data-access/")
    sound(phone)
    page.goto(f"{live_server.url}/data/{dataset.slug}/access/reads/")
    page.get_by_role("cell", name="looked at").first.wait_for()
    sound(page)
    page.goto(f"{live_server.url}/data/{dataset.slug}/access/terms/")
    sound(page)
