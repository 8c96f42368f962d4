"""From an account to a result that explains itself, through nothing but pages: the whole first journey.

Once as most people come, and once without JavaScript, on a phone, from the other side of the world.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import F
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from civic.accounts.models import Person
from civic.core import events
from projects.calls.models import Call, Phase
from projects.proposals.models import Project
from projects.voting.models import Tally
from projects.voting.tasks import keep_polls
from tests.accounts.test_journeys import ask_for_a_letter, print_the_letter, sign_in, sign_up
from tests.browser import Visitors
from tests.factories import accounts, calls, pages, proposals

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("default_tree"),
]

VISITORS: dict[str, dict[str, Any]] = {
    "as most come": {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"},
    "phone, no JavaScript, far away": {
        "viewport": {"width": 390, "height": 844},
        "java_script_enabled": False,
        "locale": "ar-EG",
        "timezone_id": "Pacific/Auckland",
    },
}


@dataclass
class City:
    """The server, the call of the journey, and a browser for everybody who takes part."""

    server: LiveServer
    visitors: Visitors
    call: Call
    options: dict[str, Any]

    def visitor(self, person: Person | None = None) -> Page:
        """A page of somebody, signed in if they are known; council staff sit at a desk."""
        options = VISITORS["as most come"] if person and person.is_staff else self.options
        page = self.visitors.arrive(**options)
        if person:
            sign_in(page.context, self.server, person)
        return page

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"{self.server.url}{path}"

    def days_pass(self, days: int) -> None:
        """Everything that has dates moves into the past: the same as waiting, for a browser with its own clock."""
        earlier = timedelta(days=days)
        # One statement would let two phases overlap for a moment: the earliest moves first.
        for phase in Phase.objects.filter(call=self.call).order_by("starts_at"):
            Phase.objects.filter(pk=phase.pk).update(
                starts_at=F("starts_at") - earlier, ends_at=F("ends_at") - earlier
            )


@pytest.fixture(params=list(VISITORS))
def city(request: pytest.FixtureRequest, visitors: Visitors, live_server: LiveServer) -> City:
    cache.clear()
    pages.tree()
    town = accounts.area("Aldermere")
    accounts.area("Harbour", parent=town)
    call = calls.call("proposals", title="Quays for all", slug="quays", budget_minor=30_000_00)
    return City(live_server, visitors, call, VISITORS[request.param])


def test_from_an_account_to_a_result(city: City) -> None:
    ada = city.visitor()
    becomes_a_verified_resident(city, ada)
    path = proposes(city, ada)
    staff_returns_it(city)
    mends_it(city, ada, path)
    staff_opens_it(city, path)
    others_support_and_discuss(city, path)
    the_ballot_is_made(city)
    codes = []
    for _ in range(3):
        voter = neighbour_of_ada(city)
        codes.append(votes(city, voter, {"Benches that stay dry"}))
        city.visitors.leave(voter)
    voter = neighbour_of_ada(city)
    votes(city, voter, {"A louder foghorn"})
    changes_their_mind(voter)
    city.visitors.leave(voter)
    the_votes_are_counted(city)
    results_explain_themselves(city, path, codes[0])


def becomes_a_verified_resident(city: City, ada: Page) -> None:
    sign_up(ada, city.server, "ada@example.org")
    ask_for_a_letter(ada, city.server)
    steward = city.visitor(accounts.staff("data-stewards"))
    code = print_the_letter(steward, city.server)
    city.visitors.leave(steward)
    ada.goto(city.at("/me/residency/"))
    ada.get_by_label("Code from the letter").fill(code)
    ada.get_by_role("button", name="Confirm").click()
    expect(ada.get_by_role("main")).to_contain_text("verified resident of Harbour")


def proposes(city: City, ada: Page) -> str:
    """Fills in every step of the wizard, with a mistake on the way; returns the project's path."""
    ada.goto(city.at("/calls/quays/"))
    ada.get_by_role("main").get_by_role("link", name="Propose a project").first.click()
    ada.get_by_label("What is your idea called?").fill("Benches that stay dry")
    ada.get_by_role("button", name="Begin the draft").click()
    ada.get_by_label("Pitch in one sentence").fill("Twelve roofed benches along the quay.")
    ada.get_by_label("Theme").select_option("Parks and nature")
    go_on(ada)
    ada.get_by_label("Story").fill("It rains two hundred days a year. " * 8)
    go_on(ada)
    ada.get_by_label("District").select_option("Harbour")
    ada.get_by_label("Place in words").fill("East quay, between the crane and the ferry")
    go_on(ada)
    ada.get_by_label("Who takes part").first.fill("Harbour rowers")
    ada.get_by_label("What they bring").first.fill("Twenty hands on a Saturday")
    ada.get_by_label("What they want in return").first.fill("Somewhere to wait for the tide")
    go_on(ada)
    ada.get_by_label("What for").first.fill("Oak, steel and four concrete feet each")
    ada.get_by_label("Amount").first.fill("twelve thousand")
    go_on(ada)
    expect(ada.get_by_role("alert").first).to_contain_text("amount")
    expect(ada.get_by_label("What for").first).to_have_value("Oak, steel and four concrete feet each")
    ada.get_by_label("Amount").first.fill("12.000,00")
    go_on(ada)
    picture = {"name": "quay.jpg", "mimeType": "image/jpeg", "buffer": proposals.image(1200, 800)}
    ada.get_by_label("Picture", exact=True).set_input_files(files=[picture])
    ada.get_by_label("What does it show?").last.fill("The quay in the rain")
    ada.get_by_role("button", name="Add the picture").click()
    ada.get_by_role("link", name="Go on to the preview").click()
    expect(ada.get_by_role("main")).to_contain_text("€12,000")
    ada.get_by_role("button", name="Hand it in").click()
    project = Project.objects.get(title="Benches that stay dry")
    assert (project.state, project.cost_minor) == ("submitted", 12_000_00)
    return project.get_absolute_url()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def decide(city: City, decision: str, reason: str = "") -> None:
    """What a programme manager does in the review queue."""
    staff = city.visitor(accounts.staff("programme-managers"))
    staff.goto(city.at("/admin/proposals/project/?queue=waiting"))
    staff.get_by_role("link", name="Benches that stay dry").first.click()
    staff.get_by_label(decision).check()
    staff.get_by_label("What the author reads").fill(reason)
    staff.get_by_role("button", name="Decide and go on to the next").click()
    city.visitors.leave(staff)


def staff_returns_it(city: City) -> None:
    decide(city, "Return it for changes", "Please say who owns the quay.")


def mends_it(city: City, ada: Page, path: str) -> None:
    events.deliver_pending()
    ada.goto(city.at("/notifications/"))
    expect(ada.get_by_role("main")).to_contain_text("Benches that stay dry")
    ada.goto(city.at(path))
    expect(ada.get_by_role("main")).to_contain_text("Please say who owns the quay.")
    ada.goto(city.at(f"{path}edit/story/"))
    ada.get_by_label("Story").fill("The port owns the quay and has agreed in writing. " * 6)
    go_on(ada)
    ada.goto(city.at(f"{path}edit/preview/"))
    ada.get_by_role("button", name="Hand it in").click()


def staff_opens_it(city: City, path: str) -> None:
    stranger = city.visitor()
    before = stranger.goto(city.at(path))
    assert before is not None
    assert before.status == 404
    decide(city, "Open it to everybody")
    stranger.goto(city.at(path))
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Benches that stay dry")
    city.visitors.leave(stranger)


def others_support_and_discuss(city: City, path: str) -> None:
    neighbour = city.visitor(accounts.person(name="Bo Tran"))
    neighbour.goto(city.at(path))
    neighbour.get_by_role("button", name="I want this").click()
    expect(neighbour.get_by_role("main")).to_contain_text("You want this")
    neighbour.goto(city.at(f"{path}discussion/"))
    neighbour.get_by_label("Your comment").fill("Will there be one near the ferry?")
    neighbour.get_by_role("button", name="Post comment").click()
    expect(neighbour.get_by_role("main")).to_contain_text("Will there be one near the ferry?")
    city.visitors.leave(neighbour)


def the_ballot_is_made(city: City) -> None:
    """Review begins; staff put what is open on the ballot; then voting opens."""
    proposals.project(city.call, title="A louder foghorn", slug="a-louder-foghorn", cost_minor=25_000_00)
    city.days_pass(20)
    staff = city.visitor(accounts.staff("programme-managers"))
    staff.goto(city.at(f"/admin/proposals/project/ballot/{city.call.pk}/"))
    staff.get_by_role("button", name="Make the ballot").click()
    city.visitors.leave(staff)
    assert set(city.call.projects.values_list("state", flat=True)) == {"shortlisted"}
    keep_polls()
    city.days_pass(20)


def neighbour_of_ada(city: City) -> Page:
    """A page of a new resident of the same district."""
    harbour = Person.objects.get(email="ada@example.org").residencies.get().area
    return city.visitor(accounts.resident(harbour))


def votes(city: City, voter: Page, wanted: set[str]) -> str:
    """Fills in a ballot and casts it; returns the receipt's code."""
    voter.goto(city.at("/calls/quays/"))
    voter.get_by_role("main").get_by_role("link", name=re.compile("vote|ballot", re.IGNORECASE)).first.click()
    return fills_in(voter, wanted)


def fills_in(voter: Page, wanted: set[str]) -> str:
    cards = voter.locator("[data-ballot-card]")
    # A click that leads on returns before the page is there, and `all` does not wait.
    expect(cards.first).to_be_visible()
    for card in cards.all():
        chosen = any(title in card.inner_text() for title in wanted)
        card.get_by_role("checkbox").set_checked(chosen)
    voter.get_by_role("button", name="Review").click()
    voter.get_by_role("button", name="Cast my ballot").click()
    expect(voter.get_by_role("heading", level=1)).to_have_text("Your ballot is cast")
    return voter.locator(".receipt-code").inner_text()


def changes_their_mind(voter: Page) -> None:
    voter.get_by_role("link", name="Change my ballot").click()
    fills_in(voter, {"Benches that stay dry", "A louder foghorn"})


def the_votes_are_counted(city: City) -> None:
    city.days_pass(20)
    keep_polls()
    assert Tally.objects.get(call=city.call)
    events.deliver_pending()


def results_explain_themselves(city: City, path: str, code: str) -> None:
    reader = city.visitor()
    reader.goto(city.at("/calls/quays/results/"))
    main = reader.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"Ballots\s*4"))
    expect(main).to_contain_text("Benches that stay dry")
    expect(main).to_contain_text(
        re.compile(r"A louder foghorn.*Had every share been €[\d.,]+ higher", re.DOTALL)
    )
    reader.goto(city.at("/ballots/check/"))
    reader.get_by_label(re.compile("code", re.IGNORECASE)).fill(code)
    reader.get_by_role("button", name="Check").click()
    expect(reader.get_by_role("main")).to_contain_text("A ballot with this code was cast in “Quays for all”")
    reader.goto(city.at(path))
    expect(reader.get_by_role("main")).to_contain_text(re.compile("raising money", re.IGNORECASE))
