"""The payer on a phone: the demo provider's page in a real browser, second step and all, and axe has no complaint."""

import threading

import pytest
from django.db import connection
from django.test import Client

from civic.core import clock
from marketplace.payments.models import Charge
from tests.axe import grave
from tests.browser import sideways
from tests.factories import accounts, payments

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def payer(phone, live_server):
    """Signed in on the phone."""
    person, client = accounts.person(), Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    phone.context.add_cookies([cookie])
    return person


@pytest.fixture
def workers():
    """A worker that looks every moment, as the clock makes it."""
    over = threading.Event()

    def run():
        while not over.wait(0.2):
            payments.work(clock.now())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    over.set()
    thread.join()


def sound(page):
    assert grave(page) == []


def test_a_payment_with_a_second_step_on_a_phone(phone, payer, workers, live_server):
    charge = payments.charge(payer=payer)
    phone.goto(f"{live_server.url}/pay/{charge.pk}/")
    phone.wait_for_url("**/pay/demo/**")
    assert phone.get_by_text("no real money").is_visible()
    sound(phone)
    assert sideways(phone) == 0
    phone.get_by_text("The bank asks again").click()
    phone.get_by_role("button", name="Pay in the demo").click()
    phone.get_by_text("is this you?").wait_for()
    sound(phone)
    phone.get_by_role("button", name="Answer the bank").click()
    phone.get_by_role("heading", name="Thank you").wait_for()
    sound(phone)
    assert Charge.objects.get().state == "succeeded"


def test_what_to_write_on_a_bank_transfer_is_readable_on_a_phone(phone, payer, workers, live_server):
    charge = payments.charge(payer=payer, provider="bank")
    phone.goto(f"{live_server.url}/pay/{charge.pk}/")
    phone.wait_for_url("**/transfer/")
    sound(phone)
    assert sideways(phone) == 0


def test_receipts_and_saved_ways_to_pay_are_sound_on_a_phone(phone, payer, live_server):
    paid, method = payments.paid(payer=payer), payments.method(person=payer)
    pages = {
        "/me/payments/": "Your payments",
        f"/me/payments/{paid.pk}/": "€25",
        "/me/payment-methods/": "Saved ways to pay",
        f"/me/payment-methods/{method.pk}/remove/": "Remove",
    }
    for address, heading in pages.items():
        phone.goto(f"{live_server.url}{address}")
        assert heading in phone.get_by_role("heading", level=1).inner_text()
        sound(phone)
        assert sideways(phone) == 0, address
    phone.get_by_role("button", name="Remove it").click()
    phone.get_by_role("heading", name="No saved way to pay").wait_for()
    sound(phone)
