"""The desk in a browser: its lists, the page that asks before an action runs, and the page that tells, at two sizes."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from civic.accounts.models import Organisation
from tests.axe import COLOURS, findings
from tests.browser import Visitors, sideways
from tests.factories import accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def desk(visitors: Visitors, live_server: Any, **how: Any) -> Page:
    """A page in a browser in which a programme manager is signed in."""
    client = Client()
    client.force_login(accounts.staff("programme-managers"))
    page = visitors.arrive(**how)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def look(page: Page, name: str) -> None:
    """It fits and axe is content, light and dark; with SCREENSHOTS=folder it is kept as a picture."""
    page.wait_for_load_state("networkidle")
    assert sideways(page) == 0, name
    for scheme, rules in (("light", ["wcag2a", "wcag2aa"]), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)
        bad = [
            (rule["id"], node["target"])
            for rule in findings(page, runOnly=rules)
            for node in rule["nodes"]
            if "staff-" in node["html"]
        ]
        assert not bad, (name, scheme, bad)


@pytest.mark.parametrize("width", [1280, 390])
def test_rows_are_ticked_asked_about_and_told(visitors: Visitors, live_server: Any, width: int) -> None:
    names = [
        "Harbour Rowers",
        "Linnside Gardeners",
        "Association of the friends of the old swimming hall e.V.",
    ]
    for name in names:
        accounts.organisation(name=name)
    accounts.organisation(name="Night Market Ltd", state="suspended")
    page = desk(visitors, live_server, viewport={"width": width, "height": 844})
    page.goto(f"{live_server.url}/admin/accounts/organisation/")
    look(page, f"list-{width}")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Export as CSV").click()
    assert "Harbour Rowers" in Path(kept.value.path()).read_text("utf-8-sig")
    for box in page.locator("tbody .action-select").all():
        box.check()
    page.locator("select[name=action]").select_option(label="Mark as checked")
    page.locator("button[name=index]").click()
    page.get_by_role("button", name="Mark as checked").click()
    expect(page.get_by_text("Say why.")).to_be_visible()
    look(page, f"asks-{width}")
    page.get_by_label("Reason").fill("Found in the register of associations.")
    page.get_by_role("button", name="Mark as checked").click()
    expect(page.get_by_text("3 rows are done.")).to_be_visible()
    look(page, f"tells-{width}")
    page.reload()
    page.get_by_role("button", name="Try the refused one again").click()
    expect(page.get_by_label("Reason")).to_have_value("Found in the register of associations.")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("row").filter(has_text="Harbour Rowers")).to_be_visible()
    assert Organisation.objects.filter(state="checked").count() == 3
