"""From a campaign to the money for a kept promise, or back to everybody, through nothing but pages; then verified.

Once as most people come, and the missed goal without JavaScript on a phone. Time is travelled; workers and the
clock's tasks run between the steps of people.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from civic.accounts.groups import FINANCE_OFFICERS, PROGRAMME_MANAGERS
from civic.accounts.models import Organisation, Person
from civic.core import clock
from marketplace.invoicing.models import Invoice
from marketplace.ledger import tasks as ledger
from marketplace.payments.models import Charge
from marketplace.payouts.models import Payout
from marketplace.sponsorship.models import Sponsorship
from tests.browser import Visitors
from tests.factories import accounts, matching, pages, payments, sponsors
from tests.factories.campaigns import funding_project, work
from tests.whole.town import AT_A_DESK, TITLE, Town, through_the_demo_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("default_tree"),
]

VISITORS: dict[str, dict[str, Any]] = {
    "as most come": AT_A_DESK,
    "phone, no JavaScript": {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False},
}
VERIFIER = Path(settings.BASE_DIR) / "marketplace" / "ledger" / "verify.py"


@pytest.fixture
def town(request: pytest.FixtureRequest, visitors: Visitors, live_server: LiveServer) -> Iterator[Town]:
    cache.clear()
    pages.tree()
    sponsors.issuer()
    now = clock.now()
    with time_machine.travel(now, tick=True) as travel:
        team = accounts.person(name="Ada Lind")
        club = accounts.organisation(team, name="Harbour Rowers")
        project = funding_project(at=now, author=team, organisation=club, title=TITLE, slug="dry-benches")
        yield Town(live_server, visitors, VISITORS[request.param], travel, project, team, club)


@pytest.mark.parametrize("town", ["as most come"], indirect=True)
def test_everybody_pays_and_the_promise_is_kept(town: Town) -> None:
    fund = matching.fund(clock.now(), holds=1_000_00, title="City Doubler")
    bank_account_is_named(town)
    campaign_is_written(town, goal="250")
    bo, cy = residents("Bo Tran", "Cy Okoro")
    matching.enrolled(fund, clock.now(), town.campaign)
    pledges(town, bo, "It works")
    pledges(town, cy, "The bank asks again")
    town.goes_on(minutes=1)
    match_is_guaranteed(town)
    invoice = business_sponsors(town)
    town.goes_on(days=12)
    assert town.campaign.state == "collecting"
    pays_by_the_second_step(town, cy)
    town.goes_on(minutes=1)
    assert town.campaign.state == "succeeded"
    assert Charge.objects.filter(state="succeeded").count() == 3
    invoice_is_paid(invoice)
    milestone_is_kept(town)
    payout_by_three(town)
    the_stranger_verifies(town)


@pytest.mark.parametrize("town", ["phone, no JavaScript"], indirect=True)
def test_the_goal_is_missed_and_everybody_gets_their_money_back(town: Town) -> None:
    campaign_is_written(town, goal="100")
    bo, cy = residents("Bo Tran", "Cy Okoro")
    pledges(town, bo, "It works")
    pledges(town, cy, "The bank asks again")
    town.goes_on(days=12)
    assert town.campaign.state == "collecting"
    bos_page = town.visitor(bo)
    bos_page.goto(town.at("/me/pledges/"))
    expect(bos_page.get_by_role("main")).to_contain_text("collected")
    town.leave(bos_page)
    town.goes_on(days=8)
    assert town.campaign.state == "missed"
    bos_page = town.visitor(bo)
    bos_page.goto(town.at("/me/pledges/"))
    bos_page.get_by_role("link", name=TITLE).click()
    expect(bos_page.get_by_role("main")).to_contain_text("Given back: €50, done")
    town.leave(bos_page)
    cys_page = town.visitor(cy)
    cys_page.goto(town.at("/me/pledges/"))
    expect(cys_page.get_by_role("main")).to_contain_text("dropped")
    cys_page.goto(town.at(town.project.get_absolute_url()))
    expect(cys_page.get_by_role("main")).to_contain_text("missed its goal", ignore_case=True)
    assert payments.balances() == {}
    the_stranger_verifies(town)


def bank_account_is_named(town: Town) -> None:
    owner = town.visitor(town.team)
    owner.goto(town.at(f"/organisations/{town.club.slug}/bank/"))
    owner.get_by_label("Account holder").fill("Harbour Rowers")
    owner.get_by_label("IBAN").fill("DE89 3704 0044 0532 0130 00")
    owner.get_by_role("button", name="Save the account").click()
    owner.get_by_label("Password").fill(accounts.PASSWORD)
    owner.get_by_role("button", name="Continue").click()
    owner.get_by_role("button", name="Send it now").click()
    expect(owner.get_by_role("main")).to_contain_text("is used from")
    town.leave(owner)


def campaign_is_written(town: Town, goal: str) -> None:
    """The team writes it with a slip, adds a package for sponsors, and a programme manager opens it."""
    ada = town.visitor(town.team)
    ada.goto(town.at(town.project.get_absolute_url()))
    ada.get_by_role("link", name="Write a campaign").click()
    ada.get_by_label("Goal", exact=True).fill("a lot")
    ada.get_by_label("Last day").fill((clock.now() + timedelta(days=9)).date().isoformat())
    ada.get_by_label("What the money is for").fill("Oak and steel for twelve benches.")
    ada.get_by_role("button", name="Keep the campaign").click()
    expect(ada.get_by_label("What the money is for")).to_have_value("Oak and steel for twelve benches.")
    ada.get_by_label("Goal", exact=True).fill(goal)
    ada.get_by_role("button", name="Keep the campaign").click()
    ada.goto(town.at(f"/campaigns/{town.campaign.pk}/sponsor/packages/"))
    ada.get_by_label("Package").first.fill("A bench with your name")
    ada.get_by_label("Amount before tax").first.fill("50")
    ada.get_by_label("Places").first.fill("1")
    ada.get_by_label("What the sponsor gets").first.fill("A small brass plate.")
    ada.get_by_role("button", name="Keep the packages").click()
    town.leave(ada)
    manager = accounts.staff(PROGRAMME_MANAGERS)
    town.desk(manager, "campaigns/campaign", "Open", "Chosen in the vote.", sensitive=True)
    assert town.campaign.state == "open"


def residents(*names: str) -> list[Person]:
    return [accounts.resident(name=name) for name in names]


def pledges(town: Town, person: Person, card: str) -> None:
    """From the project's page to the receipt: fifty euros by a saved demo card that will behave so."""
    page = town.visitor(person)
    page.goto(town.at(town.project.get_absolute_url()))
    page.get_by_role("main").get_by_role("link", name="Pledge", exact=True).first.click()
    page.get_by_label("€50", exact=True).check()
    page.get_by_label("Demo payment").check()
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("main")).to_contain_text("If the goal is missed, you pay nothing.")
    page.get_by_role("button", name="Pledge €50").click()
    through_the_demo_page(page, card)
    expect(page.get_by_role("main")).to_contain_text("Your card is saved")
    town.leave(page)


def match_is_guaranteed(town: Town) -> None:
    reader = town.visitor()
    reader.goto(town.at(town.campaign.get_absolute_url()))
    expect(reader.get_by_role("main")).to_contain_text(
        re.compile(r"guaranteed.*€100", re.IGNORECASE | re.DOTALL)
    )
    town.leave(reader)


def business_sponsors(town: Town) -> Invoice:
    """An offer, the city's check, the contract, the invoice with its Factur-X, and the payment."""
    owner = accounts.person(name="Dee Marsh")
    accounts.organisation(owner, name="Marsh Bakery", kind=Organisation.Kind.BUSINESS)
    dee, officer = town.visitor(owner), sponsors.officer()
    dee.goto(town.at(f"/campaigns/{town.campaign.pk}/sponsor/"))
    dee.get_by_role("link", name="Choose A bench with your name").click()
    dee.get_by_label("No, we know of none").check()
    for label, text in (
        ("Name on the invoice", "Marsh Bakery GmbH"),
        ("Street and number", "Quay 3"),
        ("Postcode", "26100"),
        ("Town", "Aldermere"),
        ("E-mail for invoices", "books@marsh.example"),
        ("Your order number", "PO-17"),
    ):
        dee.get_by_label(label).fill(text)
    dee.get_by_role("button", name="Look it over").click()
    dee.get_by_role("button", name="Offer to sponsor").click()
    expect(dee.get_by_role("main")).to_contain_text("Thank you for your offer")
    where = Sponsorship.objects.get().get_absolute_url()
    checked = "Checked: no tie speaks against it"
    town.desk(officer, "sponsorship/sponsorship", checked, "No contract with the city.", "Marsh Bakery")
    dee.goto(town.at(where))
    dee.get_by_role("button", name="Accept the terms").click()
    town.desk(officer, "sponsorship/sponsorship", "Make out the invoice", "As agreed.", "Marsh Bakery")
    work(clock.now())
    dee.goto(town.at(where))
    invoice = Invoice.objects.get()
    expect(dee.get_by_role("main")).to_contain_text(invoice.number)
    pdf = dee.request.get(town.at(f"{invoice.get_absolute_url()}pdf/"))
    assert "factur-x.xml" in PdfReader(BytesIO(pdf.body())).attachments
    dee.get_by_role("button", name="online").click()
    through_the_demo_page(dee, "It works")
    town.leave(dee)
    return invoice


def invoice_is_paid(invoice: Invoice) -> None:
    assert Sponsorship.objects.get().state == "paid"
    assert payments.balances().get(f"receivable/{invoice.number}", 0) == 0


def pays_by_the_second_step(town: Town, person: Person) -> None:
    page = town.visitor(person)
    page.goto(town.at("/me/pledges/"))
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Pay now").click()
    through_the_demo_page(page, "Yes, pay")
    page.goto(town.at("/me/pledges/"))
    expect(page.get_by_role("main")).to_contain_text("collected")


def milestone_is_kept(town: Town) -> None:
    """The team plans one milestone, shows what it did, and the steward accepts it."""
    base = f"/projects/{town.project.slug}/delivery/"
    ada, steward = town.visitor(town.team), town.visitor(accounts.staff(PROGRAMME_MANAGERS))
    ada.goto(town.at(f"{base}plan/"))
    ada.get_by_label("Title").first.fill("Twelve benches")
    ada.get_by_label("What will be there?").first.fill("Twelve benches with roofs.")
    ada.get_by_label("Share of the money").first.fill("100")
    ada.get_by_label("Due").first.fill((clock.now() + timedelta(days=60)).date().isoformat())
    ada.get_by_role("button", name="Keep the plan").click()
    steward.goto(town.at(base))
    steward.get_by_role("button", name="Let the work begin").click()
    milestone = town.project.milestones.get().get_absolute_url()
    ada.goto(town.at(milestone))
    ada.get_by_role("button", name="Begin this milestone").click()
    file = {"name": "bill.csv", "mimeType": "text/csv", "buffer": b"what,sum\noak,250\n"}
    ada.get_by_label("Picture or document").set_input_files(files=[file])
    ada.get_by_label("What does it show?").fill("The joiner's bill")
    ada.get_by_role("button", name="Add it").click()
    ada.get_by_role("button", name="Hand it in").click()
    steward.goto(town.at(milestone))
    steward.get_by_label("Your reason").fill("I sat on all twelve.")
    steward.get_by_role("button", name="Accept", exact=True).click()
    town.leave(ada, steward)
    town.goes_on(minutes=1)


def payout_by_three(town: Town) -> None:
    """After the risk window one officer requests the payout; it is above the limit, so two others approve it."""
    settings.PAYOUT_TWO_APPROVALS_FROM, limit = 100, settings.PAYOUT_TWO_APPROVALS_FROM
    try:
        town.goes_on(days=8)
        first, second, third = (accounts.staff(FINANCE_OFFICERS) for _ in range(3))
        town.desk(first, "payouts/payout", "Request", sensitive=True)
        town.desk(second, "payouts/payout", "Approve what somebody else requested", sensitive=True)
        assert Payout.objects.get().state == "requested"
        town.desk(third, "payouts/payout", "Approve what somebody else requested", sensitive=True)
        town.goes_on(minutes=1)
    finally:
        settings.PAYOUT_TWO_APPROVALS_FROM = limit
    payout = Payout.objects.get()
    assert (payout.state, payout.amount_minor) == ("settled", 50_00 + 50_00 + 50_00 + 100_00)


def verified(kept: Path) -> "subprocess.CompletedProcess[bytes]":
    """What verify.py says of a file that was downloaded on the day of the town."""
    command = [sys.executable, "-I", str(VERIFIER), str(kept), "--on", clock.now().date().isoformat()]
    return subprocess.run(command, capture_output=True, check=False)


def the_stranger_verifies(town: Town) -> None:
    """Days are closed; whoever doubts downloads the ledger and runs one file of standard Python on it."""
    town.goes_on(days=2)
    ledger.link_entries()
    ledger.close_day()
    stranger = town.visitor()
    export = stranger.request.get(town.at("/money/ledger/export/"))
    assert export.ok
    kept = Path(settings.MEDIA_ROOT) / "ledger.jsonl"
    # Nothing has been put there yet where this is the first test of its process.
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(export.body())
    done = verified(kept)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = kept.read_bytes().splitlines()
    kept.write_bytes(b"\n".join([*lines[:1], *lines[2:]]))
    done = verified(kept)
    assert done.returncode == 1
