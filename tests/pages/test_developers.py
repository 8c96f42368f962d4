"""The page for those who come with a program."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db


def test_the_footer_leads_developers_to_a_page_and_not_to_a_raw_document(client):
    assert 'href="/developers/"' in client.get("/search/").content.decode()


def test_every_request_that_one_can_copy_answers(client, settings):
    settings.SITE_URL = "https://city.example"
    page = html.unescape(client.get("/developers/").content.decode())
    copied = re.findall(r"curl '?https://city\.example(/[^\s'<]*)", page)
    assert len(copied) == 2
    assert {client.get(path).status_code for path in copied} == {200}


def test_every_link_into_the_api_answers(client):
    linked = set(re.findall(r'href="(/api/[^"]+)"', client.get("/developers/").content.decode()))
    assert len(linked) == 5
    assert {client.get(path).status_code for path in linked} == {200}
