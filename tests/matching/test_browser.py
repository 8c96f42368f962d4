"""Match funds, the bank account and the money trail in a real browser: they fit, light and dark, and axe is content."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from civic.accounts.models import Organisation, Person
from civic.core import clock, events
from marketplace.matching.models import Deposit, MatchFund
from marketplace.matching.operations import (
    challenges,
    closing,
    deposits,
    matching,
    quadratic_allocation,
    returns,
)
from marketplace.payouts.operations import holds, payouts
from tests.axe import grave
from tests.browser import Visitors, sideways
from tests.factories import accounts, payments
from tests.factories import matching as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class City:
    """What the pages show, and who looks at them."""

    pages: dict[str, str]
    owner: Person
    officer: Person


def city(now: datetime) -> City:
    """Funds of each rule in different states, payouts that wait for different things."""
    before = now - timedelta(days=40)
    office = accounts.organisation(kind=Organisation.Kind.DEPARTMENT, name="Climate Office of Aldermere")
    doubler = made.fund(
        before,
        holds=12_000_00,
        title="Green Street Doubler",
        summary="Doubles what residents give to greener streets.",
        funder=office,
        gift_cap_minor=50_00,
        person_cap_minor=200_00,
        project_cap_minor=4_000_00,
        freezes_at=now + timedelta(days=60),
    )
    neighbours = made.fund(
        before,
        rule=MatchFund.Rule.THRESHOLD,
        holds=20_000_00,
        title="Five Neighbours",
        summary="Adds €5,000 once five residents back a project.",
        funder=office,
        threshold_backers=5,
        threshold_minor=5_000_00,
    )
    hands = made.fund(
        before,
        rule=MatchFund.Rule.QUADRATIC,
        holds=8_000_00,
        title="Many Hands Fund",
        summary="The more neighbours give, the more is added.",
        freezes_at=now - timedelta(days=2),
    )
    yards = made.fund(before, rule=MatchFund.Rule.QUADRATIC, holds=300_00, title="School Yards Fund")
    _given(doubler, before, "Forty trees for Harbour Street", [20_00] * 6 + [75_00] * 2)
    _given(neighbours, before, "Open rehearsal room in Castle Hill", [15_00] * 6)
    _given(neighbours, before, "Night bus shelter with light", [15_00] * 3)
    _given(hands, before, "Bread oven for Millbrook", [10_00] * 9)
    _given(hands, before, "Rain gardens in Northfield", [200_00, 5_00, 5_00])
    _given(yards, before, "A quieter crossing for Eastgate School", [20_00] * 5)
    quadratic_allocation.estimate(yards, now)
    _challenged(hands, now)
    rest = _given_back(before, now, office)
    roof = _delivering(doubler, before, now)
    owner = accounts.person()
    club = accounts.organisation(owner, name="Linnside Gardeners")
    made.details(club, owner, before)
    made.details(club, owner, now, iban="GB82 WEST 1234 5698 7654 32")
    pages = {
        "list": "/funds/",
        "ratio": doubler.get_absolute_url(),
        "threshold": neighbours.get_absolute_url(),
        "quadratic": hands.get_absolute_url(),
        "estimates": yards.get_absolute_url(),
        "returned": rest.get_absolute_url(),
        "challenge": f"{hands.get_absolute_url()}challenge/",
        "bank": f"/organisations/{club.slug}/bank/",
        "project": roof,
    }
    return City(pages, owner, made.finance_officer())


def _given(fund: MatchFund, at: datetime, title: str, gifts: list[int]) -> None:
    project = made.organised_project(at, title=title)
    end = clock.now() + timedelta(days=20)
    campaign = made.open_campaign(at, project=project, ends_at=end)
    made.enrolled(fund, at, campaign)
    for minor in gifts:
        made.gift(campaign, minor, at)
    matching.match_campaign(campaign, at)


def _given_back(before: datetime, now: datetime, office: Organisation) -> MatchFund:
    """A fund that is over: a part of it went back to its funder, and more waits for a second person."""
    fund = made.fund(
        before, title="Winter Fund", holds=900_00, funder=office, freezes_at=now - timedelta(days=9)
    )
    closing.end_due(now - timedelta(days=8))
    for minor in (0, 80_00):
        if minor:
            late = Deposit.objects.create(
                fund=fund, amount_minor=minor, note="Late", entered_by=made.finance_officer()
            )
            deposits.confirm_deposit(actor=made.finance_officer(), deposit=late, at=now)
        returned = returns.request_return(
            actor=made.finance_officer(),
            fund=fund,
            holder=office.name,
            iban=made.IBAN,
            reason="Over.",
            at=now,
        )
        if not minor:
            returns.approve_return(actor=made.finance_officer(), returned=returned, at=now)
    return fund


def _challenged(fund: MatchFund, now: datetime) -> None:
    closing.end_due(now - timedelta(days=1))
    fund.refresh_from_db()
    texts = ("Two gifts to the rain gardens come from one household of the team.", "My own gift is missing.")
    _waits, missing = [
        challenges.challenge(actor=accounts.person(), fund=fund, text=text, token=uuid4(), at=now)
        for text in texts
    ]
    reason = "The address was confirmed after the gifts were frozen. It counts in the next fund."
    challenges.reject(actor=made.finance_officer(), challenge=missing, reason=reason, at=now)


def _delivering(fund: MatchFund, before: datetime, now: datetime) -> str:
    """A project with a payout that has arrived, one that waits, and a hold."""

    def matched(campaign: Any) -> None:
        made.enrolled(fund, before, campaign)
        for _ in range(4):
            made.gift(campaign, 40_00, before)
        matching.match_campaign(campaign, before)

    project = made.organised_project(before, title="Solar roof for the swimming hall")
    campaign = made.succeeded(
        before, 18_000_00, project=project, shares=(3_000, 3_000, 4_000), allocations=[matched]
    )
    plan = made.accepted(project, count=2)
    first = payouts.plan_payouts(plan[0], before)[0]
    officer, later = made.finance_officer(), before + timedelta(days=8)
    payouts.request_payout(actor=officer, payout=first, at=later)
    payouts.approve_payout(actor=made.finance_officer(), payout=first, at=later)
    payments.work(now)
    while events.deliver_pending(at=now):
        pass
    payouts.plan_payouts(plan[1], now)
    holds.doubt(
        actor=officer, campaign=campaign, reason="The second invoice names another organisation.", at=now
    )
    return project.get_absolute_url()


def visitor(visitors: Visitors, live_server: Any, person: Person, **how: Any) -> Page:
    """A page in a browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    page = visitors.arrive(**how)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def test_the_pages_fit_and_can_be_read_by_all(visitors: Visitors, live_server: Any) -> None:
    """With SCREENSHOTS=folder the pages are kept as pictures."""
    made_city = city(clock.now())
    folder = os.environ.get("SCREENSHOTS")
    queues = {
        model: f"/admin/{label}/{model}/"
        for label, model in (
            ("payouts", "payout"),
            ("matching", "matchfund"),
            ("matching", "deposit"),
            ("payouts", "hold"),
            ("matching", "challenge"),
            ("matching", "fundreturn"),
        )
    }
    queues |= {"add": "/admin/matching/matchfund/add/"}
    for width, scheme in ((320, "light"), (1280, "dark")):
        how = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
        page = visitor(visitors, live_server, made_city.owner, **how)
        for name, path in made_city.pages.items():
            answer = page.goto(f"{live_server.url}{path}")
            assert answer is not None
            assert answer.status == 200, path
            page.wait_for_load_state("networkidle")
            if name in ("challenge", "bank"):
                page.locator("main form button").last.click()
                page.wait_for_load_state("networkidle")
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
            assert sideways(page) == 0, (path, width)
            assert grave(page) == [], (path, width, scheme)
        visitors.leave(page)
        if folder and width == 1280:
            sheet = visitor(visitors, live_server, made_city.officer, **how)
            for name, path in queues.items():
                sheet.goto(f"{live_server.url}{path}")
                sheet.screenshot(path=Path(folder) / f"desk-{name}-{scheme}.png", full_page=True)
            visitors.leave(sheet)
