"""What is touched is what is seen there: no link lies over another."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.accounts.test_journeys import sign_in
from tests.browser import covered
from tests.factories import accounts
from tests.whole import objects

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTS = (
    "/",
    "/projects/",
    "/calls/",
    "/campaigns/",
    "/needs/",
    "/data/",
    "/data/collections/",
    "/propose/",
    "/stories/",
)
ONE = (
    "exchange:need",
    "consent:collection",
    "catalogue:dataset",
    "campaigns:campaign",
    "accounts:organisation",
)


def test_nothing_lies_over_a_link_1128_rx0(
    context: BrowserContext, page: Page, live_server: LiveServer
) -> None:
    """A card is its link as a whole; a title of the same look outside of a card covered the first screen."""
    owner = accounts.superuser()
    cache.clear()
    made = objects.build(owner)
    paths = [*LISTS, *(reverse(name, kwargs=made.kwargs[name]) for name in ONE)]
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        sign_in(context, live_server, owner)
        found = {}
        for path in paths:
            answer = page.goto(live_server.url + path)
            assert answer, path
            assert answer.status == 200, path
            found |= {path: there} if (there := covered(page)) else {}
        assert found == {}, width
