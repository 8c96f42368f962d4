"""The demo's post box: what the city sends can be read there, and nowhere but in the demo."""

from http import HTTPStatus
from importlib import import_module
from runpy import run_module
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern

from civic.demo.mail import Backend
from civic.demo.models import Message

pytestmark = pytest.mark.django_db

ADDRESSES = ["/demo/", "/demo/mail/"]


def send(**changes):
    mail = {
        "subject": "Your code",
        "body": "Open https://aldermere.example/code/1 now",
        "to": ["a@example.org"],
    }
    Backend().send_messages([EmailMessage(**(mail | changes))])


def test_one_row_for_each_recipient_hidden_ones_included():
    send(to=["Ada <ADA@example.org>", "b@example.org"], bcc=["c@example.org"])
    assert sorted(Message.objects.values_list("recipient", flat=True)) == [
        "ada@example.org",
        "b@example.org",
        "c@example.org",
    ]


def test_mail_can_be_read_by_recipient_and_its_links_clicked(client: Client):
    send(to=["a@example.org"], subject="For Ada")
    send(to=["b@example.org"], subject="For Ben")
    page = client.get("/demo/mail/", {"to": "A@example.org"}).content.decode()
    assert "For Ada" in page
    assert "For Ben" not in page
    message = client.get(Message.objects.get(recipient="a@example.org").get_absolute_url()).content.decode()
    assert '<a href="https://aldermere.example/code/1"' in message


def test_a_mail_is_shown_as_text_whatever_it_holds(client: Client):
    send(subject="<b>hm</b>", body="<script>alert(1)</script>")
    page = client.get(Message.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>hm</b>" not in page


def test_many_mails_cost_no_more_queries_than_few(client: Client, django_assert_max_num_queries):
    for number in range(3):
        send(to=[f"p{number}@example.org" for number in range(10 * number + 1)])
        with django_assert_max_num_queries(8):
            client.get("/demo/mail/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_hidden_where_the_demo_is_off(client: Client, address: str):
    with override_settings(DEMO=False):
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_addresses_do_not_exist_outside_the_demo(settings: Any):
    outside = import_module("civic.settings.dev")
    assert "civic.demo" not in outside.INSTALLED_APPS
    settings.DEMO = outside.DEMO
    patterns = run_module("civic.urls")["urlpatterns"]
    found = URLResolver(RegexPattern("^/"), patterns).resolve("/demo/mail/")
    assert not found.func.__module__.startswith("civic.demo")
