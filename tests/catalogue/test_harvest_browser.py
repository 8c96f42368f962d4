"""A data steward adds a catalogue at the desk and answers it; a reader sees where it is from. On a phone and wide."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from civic.core import clock
from datasets.catalogue.models import Harvest
from datasets.catalogue.states import HarvestState
from tests.axe import grave_in_light_and_dark
from tests.browser import sideways
from tests.catalogue.elsewhere import Machine, machine
from tests.catalogue.harvested import harvest, source, steward, turtle, work
from tests.catalogue.test_browser import sign_in
from tests.factories import accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(settings: Any) -> Iterator[Machine]:
    with machine({"/c.ttl": turtle("a", "b", "c")}) as found:
        settings.OUTGOING_ALSO = [found.place]
        yield found


def look(page: Page, name: str) -> None:
    """A picture where somebody asks for one."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_catalogue_is_added_harvested_and_answered(
    page: Page, there: Machine, live_server: Any, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    publisher, actor = accounts.organisation(name="Office of the exchange"), steward()
    sign_in(page, actor, live_server.url)
    desk = f"{live_server.url}/admin/catalogue"
    page.goto(f"{desk}/source/add/")
    page.locator("#id_title").fill("The other city")
    page.locator("#id_kind").select_option("dcat")
    page.locator("#id_address").fill("http://10.0.0.1:22/")
    page.locator("#id_publisher").select_option(str(publisher.pk))
    page.locator("#id_theme").select_option("GOVE")
    look(page, f"add-{width}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Only the usual ports of the web").first.wait_for()
    page.locator("#id_address").fill(f"{there.site}/c.ttl")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The other city").first.wait_for()
    run(page, "Harvest now", reason="")
    work(clock.now())
    there.documents["/c.ttl"] = turtle("a")
    page.goto(f"{desk}/source/")
    look(page, f"sources-{width}")
    run(page, "Harvest now", reason="")
    work(clock.now())
    page.goto(f"{desk}/harvest/")
    look(page, f"harvests-{width}")
    page.locator("input.action-select").first.check()
    act(page, "Go on: remove what is gone")
    page.get_by_label("Reason").fill("They moved them.")
    look(page, f"ask-{width}")
    page.locator("form button[type=submit], form input[type=submit]").last.click()
    page.wait_for_load_state()
    work(clock.now())
    assert Harvest.objects.first().state == HarvestState.DONE  # type: ignore[union-attr]
    page.goto(f"{desk}/harvestrecord/")
    look(page, f"records-{width}")


def act(page: Page, title: str) -> None:
    page.locator("select[name=action]").select_option(label=title)
    page.get_by_role("button", name="Go", exact=True).click()
    page.wait_for_load_state()


def run(page: Page, title: str, *, reason: str) -> None:
    page.locator("input.action-select").first.check()
    act(page, title)
    if reason:
        page.get_by_label("Reason").fill(reason)
    page.locator("form button[type=submit], form input[type=submit]").last.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_sees_where_it_is_from(page: Page, there: Machine, live_server: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    harvest(source(there, path="/c.ttl", title="The other city"))
    page.goto(f"{live_server.url}/data/")
    look(page, f"list-{width}")
    assert grave_in_light_and_dark(page) == []
    page.get_by_role("link", name="Table a").click()
    assert (
        page.get_by_role("link", name="Go to the original").get_attribute("href")
        == "https://other.example/a/page"
    )
    look(page, f"dataset-{width}")
    assert grave_in_light_and_dark(page) == []
    assert sideways(page) == 0
