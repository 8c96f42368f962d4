"""A business sponsors on a phone without a mouse, gets its invoice, and axe is content with every page on the way."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from civic.accounts.models import Person
from civic.core import clock
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.operations import invoices, sponsorships
from tests.axe import grave
from tests.browser import sideways
from tests.factories import sponsors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, server: Any, person: Person) -> None:
    """A session as signing in makes it."""
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}])


def sound(page: Page) -> None:
    """Nothing hangs over the edge, and axe finds nothing serious."""
    assert sideways(page) == 0, page.url
    assert grave(page) == [], page.url


def test_a_business_sponsors_on_a_phone(phone: Page, live_server: Any) -> None:
    sponsors.issuer()
    campaign = sponsors.campaign({"title": "Gold", "places": 2}, at=clock.now())
    business = sponsors.business(name="Harbour Works")
    sign_in(phone, live_server, sponsors.owner_of(business))
    phone.goto(f"{live_server.url}/campaigns/{campaign.pk}/sponsor/")
    sound(phone)
    phone.get_by_role("link", name="Choose Gold").click()
    sound(phone)
    phone.get_by_role("button", name="Look it over").click()
    sound(phone)
    phone.get_by_label("No, we know of none").check()
    for label, text in {
        "Name on the invoice": "Harbour Works GmbH",
        "Street and number": "Quay 7",
        "Postcode": "26101",
        "Town": "Aldermere",
        "E-mail for invoices": "accounts@harbour.example",
        "VAT number": "DE987654328",
    }.items():
        phone.get_by_label(label).fill(text)
    phone.get_by_role("button", name="Look it over").click()
    expect(phone.get_by_role("heading", name="Is this right?")).to_be_visible()
    sound(phone)
    phone.get_by_role("button", name="Offer to sponsor").click()
    expect(phone.get_by_role("heading", name="Thank you for your offer")).to_be_visible()
    sound(phone)
    made = Sponsorship.objects.get()
    sponsorships.check_conflict(
        actor=sponsors.officer(), sponsorship=made, reason="No ties known.", at=clock.now()
    )
    phone.reload()
    sound(phone)
    phone.get_by_role("button", name="Accept the terms").click()
    expect(phone.get_by_text("The invoice follows")).to_be_visible()
    invoice = invoices.issue(actor=sponsors.officer(), sponsorship=made, at=clock.now())
    sponsors.work(clock.now())
    phone.reload()
    expect(phone.get_by_role("heading", name="€1,190 are open")).to_be_visible()
    sound(phone)
    with phone.expect_download() as got:
        phone.get_by_role("link", name=f"PDF {invoice.number}").click()
    assert got.value.suggested_filename == f"{invoice.number}.pdf"
    phone.get_by_role("link", name=f"Invoice {invoice.number}").click()
    sound(phone)
    phone.goto(f"{live_server.url}/organisations/{business.slug}/sponsorships/")
    sound(phone)
