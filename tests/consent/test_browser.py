"""Sharing and withdrawing on a phone, releasing at a desk; axe has no complaint."""

from typing import Any

import pytest
from playwright.sync_api import Page

from datasets.consent.models import Consent
from tests.catalogue.test_browser import sign_in, sound
from tests.factories import accounts, catalogue
from tests.factories import sharing as shared

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_shares_from_a_phone_and_withdraws_and_the_publisher_looks_at_a_release(
    phone: Page, page: Page, live_server: Any
) -> None:
    purpose, person = shared.purpose(), accounts.person()
    slug, writer = purpose.collection.slug, catalogue.writer(purpose.dataset)
    shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 5 + ["car"] * 5])
    sign_in(phone, person, live_server.url)
    phone.goto(f"{live_server.url}/data/collections/")
    sound(phone)
    phone.get_by_role("link", name="How we cycle").click()
    sound(phone)
    phone.get_by_role("radio", name="Mill").check()
    phone.get_by_label("Age").fill("33")
    phone.get_by_role("radio", name="bicycle").check()
    phone.get_by_role("checkbox", name="I consent").check()
    phone.get_by_role("button", name="Share").click()
    phone.get_by_text("It is kept").wait_for()
    sound(phone)
    phone.get_by_role("button", name="Withdraw").click()
    phone.get_by_text("Receipt of the withdrawal").wait_for()
    sound(phone)
    assert Consent.objects.get(person=person).state == "withdrawn"

    sign_in(page, writer, live_server.url)
    page.goto(f"{live_server.url}/data/collections/{slug}/manage/")
    sound(page)
    page.get_by_role("button", name="Prepare a release").click()
    page.get_by_role("heading", name="Figures").wait_for()
    sound(page)
    for path in ("purposes/new/", f"purposes/{purpose.pk}/notice/", "rights/", "step/close/"):
        page.goto(f"{live_server.url}/data/collections/{slug}/{path}")
        sound(page)
    page.goto(f"{live_server.url}/data/collections/new/")
    sound(page)
