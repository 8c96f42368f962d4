"""Guessing passwords: strangers are held up, by their network, and the owner comes in."""

import pytest
from django.core.cache import cache
from django.test import Client

from civic.accounts import adapter
from tests.accounts.test_ways_in import LOGIN, OWN, RESET, last_link, sign_in
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_used_up():
    cache.clear()
    yield
    cache.clear()


def test_wrong_tries_of_a_stranger_do_not_keep_the_owner_out_s3(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def try_from(network, password, browser=None):
        browser = browser or Client()
        data = {"login": person.email, "password": password}
        browser.post(LOGIN, data, headers={"X-Forwarded-For": network})
        return browser.get("/me/").status_code == 200

    person = make.person()
    own = Client()
    assert try_from("192.0.2.1", make.PASSWORD, own)
    own.post("/accounts/logout/")
    for _number in range(6):
        try_from("198.51.100.1", "wrong")
    assert not try_from("198.51.100.1", make.PASSWORD)  # brute force is limited as it was
    assert try_from("192.0.2.1", make.PASSWORD)
    assert try_from(
        "198.51.100.1", make.PASSWORD, own
    )  # beside the stranger, with a browser that was here before


def test_guessing_from_many_networks_is_limited_but_for_the_owners_browser_s3(settings, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setitem(adapter.ANYWHERE, "config", {"login_failed_anywhere": "3/d/key"})
    person = make.person()
    own, _open = sign_in(person.email, make.PASSWORD)
    own.post("/accounts/logout/")
    for number in range(4):
        data = {"login": person.email, "password": "wrong"}
        page = Client().post(LOGIN, data, headers={"X-Forwarded-For": f"198.51.{number}.1"})
    assert "Too many failed" in page.content.decode()
    right = {"login": person.email, "password": make.PASSWORD}
    assert Client().post(LOGIN, right, headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 200
    assert own.post(LOGIN, right, headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 302


def test_an_owner_kept_out_comes_in_by_a_new_password_at_once_27_k8(settings, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setitem(adapter.ANYWHERE, "config", {"login_failed_anywhere": "3/h/key"})
    person, own = make.person(), Client()

    def try_from(network, password, browser):
        data = {"login": person.email, "password": password}
        return browser.post(LOGIN, data, headers={"X-Forwarded-For": network})

    def keep_out():
        for number in range(4):
            try_from(f"198.51.{number}.1", "wrong", Client())

    keep_out()
    assert "Set a new password" in try_from("203.0.113.1", make.PASSWORD, own).content.decode()
    own.post(RESET, {"email": person.email})
    link = own.get(last_link("password/reset/key/", person.email)).url
    own.post(link, {"password1": OWN, "password2": OWN})
    keep_out()  # again, before the owner has typed it
    assert try_from("203.0.113.1", OWN, own).status_code == 302
    assert own.get("/me/").status_code == 200


def test_a_household_of_ipv6_addresses_counts_as_one_27_k8(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    person = make.person()
    for number in range(6):
        data = {"login": person.email, "password": "wrong"}
        page = Client().post(LOGIN, data, headers={"X-Forwarded-For": f"2001:db8:0:1::{number + 1}"})
    assert "Too many failed" in page.content.decode()
