"""The desk in a browser: its lists, the page that asks before an action runs, and the page that tells, at two sizes."""

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from civic.accounts.models import Organisation
from tests.factories import accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


def desk(browser: Browser, live_server: Any, **how: Any) -> BrowserContext:
    """A browser in which a programme manager is signed in."""
    client = Client()
    client.force_login(accounts.staff("programme-managers"))
    context = browser.new_context(**how)
    context.set_default_timeout(10_000)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context


def look(page: Page, name: str) -> None:
    """It fits and axe is content; with SCREENSHOTS=folder it is kept as a picture."""
    page.wait_for_load_state("networkidle")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    violations = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    bad = [
        (one["id"], node["target"])
        for one in violations
        for node in one["nodes"]
        if one["impact"] in ("serious", "critical") and "staff-" in node["html"]
    ]
    assert not bad, (name, bad)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_rows_are_ticked_asked_about_and_told(
    browser: Browser, live_server: Any, width: int, scheme: str
) -> None:
    names = [
        "Harbour Rowers",
        "Linnside Gardeners",
        "Association of the friends of the old swimming hall e.V.",
    ]
    for name in names:
        accounts.organisation(name=name)
    accounts.organisation(name="Night Market Ltd", state="suspended")
    how = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    context = desk(browser, live_server, **how)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/accounts/organisation/")
    look(page, f"list-{width}-{scheme}")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Export as CSV").click()
    assert "Harbour Rowers" in Path(kept.value.path()).read_text("utf-8-sig")
    for box in page.locator("tbody .action-select").all():
        box.check()
    page.locator("select[name=action]").select_option(label="Mark as checked")
    page.locator("button[name=index]").click()
    page.get_by_role("button", name="Mark as checked").click()
    expect(page.get_by_text("Say why.")).to_be_visible()
    look(page, f"asks-{width}-{scheme}")
    page.get_by_label("Reason").fill("Found in the register of associations.")
    page.get_by_role("button", name="Mark as checked").click()
    expect(page.get_by_text("3 rows are done.")).to_be_visible()
    look(page, f"tells-{width}-{scheme}")
    page.reload()
    page.get_by_role("button", name="Try the refused one again").click()
    expect(page.get_by_label("Reason")).to_have_value("Found in the register of associations.")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("row").filter(has_text="Harbour Rowers")).to_be_visible()
    assert Organisation.objects.filter(state="checked").count() == 3
    context.close()
