"""The ledger's pages in a real browser: they fit a phone, are light and dark, and axe has no complaint."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from civic.core import clock
from civic.core.money import Money
from civic.core.registry import Hook
from marketplace.ledger import labels, operations
from marketplace.ledger.models import Account, Entry
from tests.axe import grave_in_light_and_dark
from tests.browser import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAMPAIGN = "campaign/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c55"


def shift(at: datetime, cents: int, debit: str, credit: str, kind: str) -> Entry:
    """One entry between two accounts."""
    there, here = (account(code) for code in (debit, credit))
    legs = operations.move(Money(cents, "EUR"), source=here, target=there)
    key = f"{kind}:{Entry.objects.count()}"
    return operations.post(book="demo", kind=kind, key=key, legs=legs, at=at, public={"campaign": CAMPAIGN})


def account(code: str) -> Account:
    kind = "A" if code.startswith(("bank", "provider", "receivable")) else "L"
    return operations.account("demo", code, "EUR", kind, floor_zero=kind == "L")


def some_weeks() -> Entry:
    """Pledges over seven weeks, a sponsor, a match, a refund, a milestone and its payout; closed days."""
    start = clock.now() - timedelta(days=50)
    for number in range(28):
        at = start + timedelta(days=number * 1.7)
        shift(at, 1500 + 730 * number, "provider/demo", f"{CAMPAIGN}/held", "charge")
        if number % 9 == 8:
            operations.close_day(book="demo", day=at.date())
    later = start + timedelta(days=48)
    for cents, debit, credit, kind in [
        (119_000, "receivable/2026-0007", "sponsorship/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c56/due", "invoice"),
        (119_000, "bank", "receivable/2026-0007", "charge"),
        (119_000, "sponsorship/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c56/due", f"{CAMPAIGN}/held", "invoice.paid"),
        (500_000, "bank", "fund/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c57/available", "fund.in"),
        (20_000, f"{CAMPAIGN}/held", "refund/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c58", "refund"),
        (350_000, f"{CAMPAIGN}/held", f"{CAMPAIGN}/committed", "campaign.succeeded"),
        (
            150_000,
            "fund/0190f5a2-7e1c-7cc1-9f4e-2f6f0b1d3c57/available",
            f"{CAMPAIGN}/committed",
            "match.paid",
        ),
        (200_000, f"{CAMPAIGN}/committed", f"{CAMPAIGN}/released", "milestone"),
        (120_000, f"{CAMPAIGN}/released", "bank", "payout"),
    ]:
        last = shift(later, cents, debit, credit, kind)
    operations.close_day(book="demo", day=clock.now().date())
    return last


def roof(codes: list[str]) -> dict[str, labels.Thing]:
    return {code: labels.Thing("Solar roof for the Linnside school", "/projects/") for code in codes}


@pytest.fixture
def named_accounts() -> Iterator[None]:
    """Accounts of campaigns have names."""
    with labels.resolvers.temporarily(Hook("campaign/", roof)):
        yield


@pytest.mark.usefixtures("named_accounts")
def test_the_pages_fit_and_can_be_read_by_all(page: Page, live_server: LiveServer) -> None:
    """With SCREENSHOTS=folder the pages are kept as pictures."""
    entry = some_weeks()
    folder = os.environ.get("SCREENSHOTS")
    pages = {
        "index": "/money/",
        "account": f"/money/accounts/{CAMPAIGN}/held/",
        "verify": "/money/verify/",
        "receipt": f"/money/receipts/{entry.pk}/",
        "subscribe": "/money/roots/subscribe/",
    }
    smallest, *wider = 320, 390, 1280
    for name, path in pages.items():
        page.set_viewport_size({"width": smallest, "height": 844})
        page.goto(live_server.url + path)
        for width in (smallest, *wider):
            page.set_viewport_size({"width": width, "height": 844})
            assert sideways(page) == 0, (path, width)
            assert grave_in_light_and_dark(page) == [], (path, width)
            for scheme in ("light", "dark") if folder else ():
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
