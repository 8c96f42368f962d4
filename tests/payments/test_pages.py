"""The payer's way: on to the demo provider's page, its outcomes, and back, without any script."""

import pytest
from django.test import Client

from civic.core import clock
from marketplace.payments import operations
from marketplace.payments.models import DemoPayment, MethodSetup
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, balances

pytestmark = pytest.mark.django_db


@pytest.fixture
def payer():
    return accounts.person()


@pytest.fixture
def browser(payer):
    client = Client()
    client.force_login(payer)
    return client


@pytest.fixture
def charge(payer):
    return payments.charge(payer=payer, return_path="/me/")


def pay_page(browser, charge):
    payments.work()
    answer = browser.get(f"/pay/{charge.pk}/")
    assert answer.status_code == 302
    return answer["Location"]


def test_the_page_waits_until_the_payment_is_prepared(browser, charge):
    page = browser.get(f"/pay/{charge.pk}/")
    assert b'http-equiv="refresh"' in page.content
    assert b"One moment" in page.content


def test_a_payment_that_works(browser, charge):
    page = pay_page(browser, charge)
    assert "no real money" in browser.get(page).content.decode()
    back = browser.post(page, {"outcome": "works"})
    assert back["Location"] == f"/pay/{charge.pk}/?back=1"
    assert "waiting for the answer" in browser.get(back["Location"]).content.decode()
    payments.work(clock.now())
    done = browser.get(back["Location"]).content.decode()
    assert "Thank you" in done
    assert "refresh" not in done
    assert balances()[HELD] == 2500


def test_a_declined_payment_says_so_and_leads_back(browser, charge):
    browser.post(pay_page(browser, charge), {"outcome": "declines"})
    payments.work(clock.now())
    page = browser.get(f"/pay/{charge.pk}/").content.decode()
    assert "The card was declined." in page
    assert 'href="/me/"' in page
    assert balances() == {}


@pytest.mark.parametrize(("answer", "state"), [("works", "succeeded"), ("declines", "failed")])
def test_the_bank_asks_again(browser, charge, answer, state):
    page = pay_page(browser, charge)
    assert browser.post(page, {"outcome": "asks"})["Location"] == page
    assert "is this you?" in browser.get(page).content.decode()
    browser.post(page, {"outcome": answer})
    payments.work(clock.now())
    charge.refresh_from_db()
    assert charge.state == state


def test_something_slow_is_on_its_way(browser, charge):
    browser.post(pay_page(browser, charge), {"outcome": "slow"})
    payments.work(clock.now())
    assert "on its way" in browser.get(f"/pay/{charge.pk}/").content.decode()


def test_a_choice_counts_once(browser, charge):
    page = pay_page(browser, charge)
    browser.post(page, {"outcome": "works"})
    browser.post(page, {"outcome": "declines"})
    assert DemoPayment.objects.get().status == "paid"


def test_an_empty_or_unknown_choice_is_asked_for(browser, charge):
    page = pay_page(browser, charge)
    for sent in ({}, {"outcome": "paid"}):
        assert browser.post(page, sent).status_code == 422
    assert DemoPayment.objects.get().status == "open"


@pytest.mark.parametrize(("outcome", "state"), [("asks", "saved"), ("cancel", "failed")])
def test_a_card_is_saved_or_not(browser, payer, outcome, state):
    setup = operations.start_setup(actor=payer, provider="demo", purpose="pledge:1", at=AT)
    page = pay_page(browser, setup)
    assert "Saving it charges nothing" in browser.get(page).content.decode()
    browser.post(page, {"outcome": outcome})
    payments.work(clock.now())
    assert MethodSetup.objects.get().state == state
    assert browser.get(f"/pay/{setup.pk}/").status_code == 200


def test_somebody_elses_payment_is_not_there(charge):
    other = Client()
    other.force_login(accounts.person())
    payments.work()
    demo = DemoPayment.objects.get()
    assert other.get(f"/pay/{charge.pk}/").status_code == 404
    assert other.post(f"/pay/demo/{demo.pk}/", {"outcome": "works"}).status_code == 404
    assert Client().get(f"/pay/{charge.pk}/").status_code == 302


def test_the_pages_take_few_statements(browser, charge, django_assert_max_num_queries):
    page = pay_page(browser, charge)
    with django_assert_max_num_queries(14):
        browser.get(page)
    with django_assert_max_num_queries(14):
        browser.get(f"/pay/{charge.pk}/?back=1")
