"""The town of the money journey: who takes part, how time passes, and how one pays on the demo's page."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from civic.accounts.models import Organisation, Person
from civic.core import clock
from marketplace.campaigns import tasks as campaign_tasks
from marketplace.campaigns.models import Campaign
from projects.proposals.models import Project
from tests.accounts.test_journeys import sign_in
from tests.browser import Visitors
from tests.factories.accounts import PASSWORD
from tests.factories.campaigns import work

AT_A_DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TITLE = "Benches that stay dry"


@dataclass
class Town:
    """The server, who takes part, and how far time has gone."""

    server: LiveServer
    visitors: Visitors
    options: dict[str, Any]
    travel: time_machine.Traveller
    project: Project
    team: Person
    club: Organisation

    def visitor(self, person: Person | None = None) -> Page:
        """A page of somebody, signed in if they are known; council staff sit at a desk."""
        desk = person is not None and person.is_staff
        page = self.visitors.arrive(timeout=30_000, **(AT_A_DESK if desk else self.options))
        if person:
            sign_in(page.context, self.server, person)
        return page

    def leave(self, *pages: Page) -> None:
        """Their pages go to whoever comes next."""
        for page in pages:
            self.visitors.leave(page)

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"{self.server.url}{path}"

    def goes_on(self, **later: float) -> None:
        """Time passes; then the clock's tasks and the workers do what is due, until nothing is."""
        self.travel.shift(timedelta(**later))
        for _ in range(3):
            for task in (
                campaign_tasks.close_due,
                campaign_tasks.collect_due,
                campaign_tasks.settle_due,
                campaign_tasks.give_back_due,
                campaign_tasks.remind_due,
            ):
                work(clock.now())
                task()
        work(clock.now())

    @property
    def campaign(self) -> Campaign:
        """The campaign of the journey, as it stands."""
        return Campaign.objects.get(project=self.project)

    def desk(
        self,
        person: Person,
        rows: str,
        action: str,
        reason: str = "",
        pick: str = TITLE,
        *,
        sensitive: bool = False,
    ) -> None:
        """Ticks a row of the admin, takes an action and confirms it, with reason or password where that is asked."""
        page = self.visitor(person)
        page.goto(self.at(f"/admin/{rows}/"))
        page.get_by_role("row").filter(has_text=pick).first.get_by_role("checkbox").check()
        page.locator("select[name=action]").select_option(label=action)
        page.locator("button[name=index]").click()
        if sensitive:
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Continue").click()
            page.get_by_role("button", name="Send it now").click()
        if reason:
            page.get_by_label("Reason").fill(reason)
        page.get_by_role("button", name=action).click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        self.leave(page)


def through_the_demo_page(page: Page, outcome: str) -> None:
    """Waits for the provider's page, says how the card behaves, and comes back."""
    page.wait_for_url("**/pay/**")
    work(clock.now())
    page.wait_for_url("**/pay/demo/**")
    page.get_by_label(outcome).check()
    page.get_by_role("button", name=re.compile("Go on|Pay in the demo|Answer the bank")).click()
    work(clock.now())
    page.reload()
