"""A resident's first day in a real browser, and the pages of accounts under axe, small and without JavaScript."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from civic.accounts import operations
from civic.accounts.models import Membership, Person, Residency
from civic.core import clock
from tests.axe import grave
from tests.browser import Visitors, sideways
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_limits_used_up() -> None:
    """One letter of confirmation goes to an address in three minutes; each test starts without having used it."""
    cache.clear()


def sign_in(context: BrowserContext, live_server: LiveServer, person: Person) -> None:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def sign_up(page: Page, live_server: LiveServer, email: str) -> None:
    """Creates an account and follows the link of the letter."""
    page.goto(f"{live_server.url}/accounts/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Create an account").click()
    expect(page).to_have_url(re.compile("confirm-email"))
    # Links in mail lead to SITE_URL, whatever address the request came by: here the same path of the test's server.
    path = re.search(r"https?://[^/\s]+(/\S+)", str(delivered()[-1].body)).group(1)  # type: ignore[union-attr]
    page.goto(live_server.url + path)
    page.get_by_role("button", name="Confirm").click()


def ask_for_a_letter(page: Page, live_server: LiveServer) -> None:
    """Goes from the own page to a letter under way."""
    page.goto(f"{live_server.url}/me/")
    page.get_by_role("link", name="Confirm that you live here").click()
    page.get_by_role("link", name="Ask for a letter").click()
    page.get_by_label("Full name").fill("Ada Lind")
    page.get_by_role("button", name="Send me the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("Date of birth")
    expect(page.get_by_label("Full name")).to_have_value("Ada Lind")
    page.get_by_label("Date of birth").fill("1984-07-31")
    page.get_by_label("Street and number").fill("Quay 1")
    page.get_by_label("Postcode").fill("26789")
    page.get_by_label("Town").fill("Aldermere")
    page.get_by_label("District").select_option("Harbour")
    page.get_by_role("button", name="Send me the letter").click()
    expect(page.get_by_role("main")).to_contain_text("Your letter is being prepared")


def print_the_letter(staff: Page, live_server: LiveServer) -> str:
    """What staff do in the admin; returns the code that is on the paper."""
    staff.goto(f"{live_server.url}/admin/accounts/residency/?state__exact=requested")
    staff.locator("#action-toggle").check()
    staff.get_by_label("Action:").select_option("Print letters with codes")
    staff.get_by_role("button", name="Go").click()
    staff.get_by_label("Password").fill(make.PASSWORD)
    staff.get_by_role("button", name="Continue").click()
    staff.get_by_role("button", name="Send it now").click()
    return staff.locator(".letter-code").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_signing_up_to_a_verified_resident(
    visitors: Visitors, live_server: LiveServer, javascript: bool
) -> None:
    make.area("Harbour", parent=make.area("Aldermere"))
    page = visitors.arrive(java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    council = visitors.arrive()
    sign_in(council.context, live_server, make.staff("data-stewards"))
    sign_up(page, live_server, "ada@example.org")
    ask_for_a_letter(page, live_server)
    code = print_the_letter(council, live_server)
    page.goto(f"{live_server.url}/me/residency/")
    page.get_by_label("Code from the letter").fill("WRONG")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("4 more tries")
    page.get_by_label("Code from the letter").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("main")).to_contain_text("You are a verified resident of Harbour")
    assert Residency.objects.get().state == "verified"


@pytest.fixture
def own_pages(context: BrowserContext, live_server: LiveServer) -> list[str]:
    """Addresses of pages that are full of things, for the person who is signed in."""
    person = make.resident(make.area("Harbour"))
    group = make.organisation(person, name="Harbour Bakery")
    make.membership(group, make.person(), Membership.Role.MANAGER)
    role = Membership.Role.MEMBER
    operations.invite(actor=person, organisation=group, email="g@example.org", role=role, at=clock.now())
    sign_in(context, live_server, person)
    own = ["/me/", "/me/profile/", "/me/residency/", "/me/data/", "/organisations/new/", "/accounts/email/"]
    shared = [person.get_absolute_url(), "/organisations/", group.get_absolute_url()]
    return [*own, *shared, f"{group.get_absolute_url()}members/", f"{group.get_absolute_url()}leave/"]


def test_axe_finds_nothing_grave(page: Page, live_server: LiveServer, own_pages: list[str]) -> None:
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for path in own_pages:
        page.goto(f"{live_server.url}{path}")
        found[path] = grave(page)
    assert not any(found.values()), found


def test_nothing_scrolls_sideways_at_320_pixels(
    page: Page, live_server: LiveServer, own_pages: list[str]
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in own_pages:
        page.goto(f"{live_server.url}{path}")
        wide += [path] if sideways(page) else []
    assert wide == []
