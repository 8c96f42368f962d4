"""The wizard, the list and the page in a real browser: keyboard, phone, accessibility, no script errors."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from projects.proposals.models import Project, Support
from projects.proposals.states import ProjectState
from tests.axe import grave
from tests.browser import sideways
from tests.factories import accounts, calls, proposals

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[6.9, 53.6], [7.0, 53.6], [7.0, 53.7], [6.9, 53.7], [6.9, 53.6]]],
}


def sign_in(page: Page, server: LiveServer, person: accounts.Person) -> None:
    page.goto(f"{server.url}/accounts/login/")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", accounts.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{server.url}/me/")


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical on the page as it is now."""
    # Colours fade, and htmx settles a moment after its swap: a fade that begins then would be judged halfway.
    page.emulate_media(reduced_motion="reduce")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
    return grave(page)


def errors(page: Page) -> list[str]:
    """Collects what goes wrong in scripts and what the content security policy stops."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    return said


def test_a_proposal_is_written_in_the_browser(page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    accounts.area("Old Town", parent=accounts.area("Aldermere"), boundary=SQUARE)
    call = calls.call(title="Cool Streets")
    person = accounts.person()
    said = errors(page)
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/projects/new/?call={call.slug}")
    page.get_by_label("What is your idea called?").fill("Shade for the square")
    page.get_by_role("button", name="Begin the draft").click()
    page.get_by_label("Pitch in one sentence").fill("Trees over the hottest paving in town.")
    page.get_by_label("Theme").select_option("climate")
    assert serious(page) == []
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Story", exact=True).fill("In July the paving reached 51 degrees. " * 4)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("District").select_option("Old Town")
    page.locator(".map").first.click(position={"x": 200, "y": 150})
    assert serious(page) == []
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Who takes part").first.fill("The traders")
    page.get_by_label("What they bring").first.fill("Water")
    page.get_by_label("What they want in return").first.fill("Guests")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("What for").nth(0).fill("Trees")
    page.get_by_label("Amount").nth(0).fill("9,600")
    page.get_by_label("What for").nth(1).fill("Upkeep")
    page.get_by_label("Amount").nth(1).fill("1250.50")
    page.get_by_role("button", name="Add another cost").click()
    expect(page.get_by_label("What for").nth(2)).to_be_focused()
    page.get_by_label("What for").nth(2).fill("A mistake")
    page.get_by_label("Amount").nth(2).fill("70")
    expect(page.locator("[data-rows-sum]")).to_have_text("€10,920.50")
    page.get_by_role("button", name="Remove this row").nth(2).click()
    expect(page.locator("[data-rows-sum]")).to_have_text("€10,850.50")
    assert serious(page) == []
    page.get_by_role("button", name="Save and go on").click()
    picture = tmp_path / "square.jpg"
    picture.write_bytes(proposals.image(900, 600))
    page.get_by_label("Picture").first.set_input_files(picture)
    page.get_by_label("What does it show?").fill("The square at noon")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_text("This is the cover.")).to_be_visible()
    page.get_by_role("link", name="Go on to the preview").click()
    assert serious(page) == []
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("The city is reading it").first).to_be_visible()
    project = Project.objects.get()
    assert project.state == ProjectState.SUBMITTED
    assert project.cost_minor == 10_850_50
    assert project.latitude is not None
    assert said == []


def test_support_moves_without_a_new_page(page: Page, live_server: LiveServer) -> None:
    project = proposals.project()
    sign_in(page, live_server, accounts.person())
    said = errors(page)
    page.goto(f"{live_server.url}{project.get_absolute_url()}")
    page.evaluate("window.same = true")
    page.get_by_role("button", name="I want this").press("Enter")
    expect(page.get_by_role("button", name="You want this")).to_be_focused()
    expect(page.locator(".support-count")).to_contain_text("1")
    page.get_by_role("button", name="You want this").click()
    expect(page.get_by_role("button", name="I want this")).to_be_visible()
    assert page.evaluate("window.same")
    assert serious(page) == []
    assert not Support.objects.exists()
    assert said == []


@pytest.mark.parametrize("view", ["", "?view=map", "?q=nothing+like+it"])
def test_the_list_on_a_phone(phone: Page, live_server: LiveServer, view: str) -> None:
    accounts.area("Old Town", parent=accounts.area("Aldermere"), boundary=SQUARE)
    proposals.project(latitude="53.65", longitude="6.95", title="A title as long as they get " * 4)
    said = errors(phone)
    phone.goto(f"{live_server.url}/projects/{view}")
    assert sideways(phone) == 0
    assert serious(phone) == []
    assert said == []


def test_filtering_changes_the_address_and_only_the_results(page: Page, live_server: LiveServer) -> None:
    call = calls.call()
    proposals.project(call, title="Quay lights", theme="culture")
    proposals.project(call, title="Bee hotel", theme="green")
    page.goto(f"{live_server.url}/projects/")
    page.evaluate("window.same = true")
    page.get_by_label("Theme").select_option("culture")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Bee hotel")).to_have_count(0)
    assert page.evaluate("window.same")
    assert "theme=culture" in page.url
    page.go_back()
    expect(page.get_by_text("Bee hotel")).to_be_visible()


@pytest.mark.parametrize("phase", ["proposals", "voting", "delivery"])
def test_a_call_on_a_phone(phone: Page, live_server: LiveServer, phase: str) -> None:
    call = calls.call(phase=phase, description="One.\n\n- two", advice="Be brief.")
    for project in proposals.projects(3, call):
        assert project.call_id == call.pk
    phone.goto(f"{live_server.url}{call.get_absolute_url()}")
    assert sideways(phone) == 0
    assert serious(phone) == []


def test_leaflet_is_where_the_pages_look_for_it() -> None:
    assert (Path(settings.LEAFLET) / "static" / "leaflet" / "leaflet.js").exists()
