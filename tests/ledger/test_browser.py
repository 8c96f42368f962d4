"""The ledger's pages in a real browser: they fit a phone, are light and dark, and axe has no complaint."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from civic.core import clock
from civic.core.money import Money
from marketplace.ledger import operations
from marketplace.ledger.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAMPAIGN = "campaign/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c55/held"


def some_weeks() -> Entry:
    """Gifts over seven weeks, a payout, closed days."""
    bank = operations.account("demo", "bank", "EUR", "A")
    held = operations.account("demo", CAMPAIGN, "EUR", "L", floor_zero=True)
    start = clock.now() - timedelta(days=50)
    for number in range(28):
        at = start + timedelta(days=number * 1.7)
        amount = Money(1500 + 730 * number, "EUR")
        source, target = (bank, held) if number == 20 else (held, bank)
        legs = operations.move(amount, source=source, target=target)
        kind = "refund" if number == 20 else "charge"
        last = operations.post(
            book="demo", kind=kind, key=f"k{number}", legs=legs, at=at, public={"campaign": "Bench"}
        )
        if number % 9 == 8:
            operations.close_day(book="demo", day=at.date())
    operations.close_day(book="demo", day=clock.now().date())
    return last


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pages_fit_and_can_be_read_by_all(browser: Browser, live_server, scheme: str, width: int) -> None:  # type: ignore[no-untyped-def]
    """With SCREENSHOTS=folder the pages are kept as pictures."""
    entry = some_weeks()
    folder = os.environ.get("SCREENSHOTS")
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    pages = {
        "index": "/money/",
        "account": f"/money/accounts/{CAMPAIGN}/",
        "verify": "/money/verify/",
        "receipt": f"/money/receipts/{entry.pk}/",
        "subscribe": "/money/roots/subscribe/",
    }
    for name, path in pages.items():
        page.goto(live_server.url + path)
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == [], path
    page.close()
