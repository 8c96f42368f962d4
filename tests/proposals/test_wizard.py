"""The wizard as a browser without JavaScript uses it: every step a plain POST."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from civic.accounts.models import Person
from projects.calls.models import Call
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from tests.factories import accounts, calls, proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Person:
    return accounts.person(name="Ada Lind")


@pytest.fixture
def call() -> Call:
    return calls.call()


@pytest.fixture
def browser(client: Client, author: Person) -> Client:
    client.force_login(author)
    return client


def rows(*filled: dict[str, str]) -> dict[str, Any]:
    """A formset as the browser sends it."""
    data: dict[str, Any] = {"rows-TOTAL_FORMS": len(filled), "rows-INITIAL_FORMS": 0}
    for place, row in enumerate(filled):
        data |= {f"rows-{place}-{name}": value for name, value in row.items()}
    return data


def begin(browser: Client, call: Call, title: str = "Shade for Market Square") -> Project:
    page = browser.get("/projects/new/")
    key = page.context["form"].initial["key"]
    answer = browser.post("/projects/new/", {"title": title, "call": call.pk, "key": key})
    assert answer.status_code == 302, answer.context["form"].errors
    return Project.objects.get(pk=key)


def test_a_project_is_written_step_by_step_and_handed_in(browser: Client, call: Call) -> None:
    district = accounts.area("Old Town", parent=accounts.area("Aldermere"))
    project = begin(browser, call)
    base = f"/projects/{project.slug}/edit"
    answer = browser.post(f"{base}/idea/", {"title": "Shade", "pitch": "Trees over the square.", "theme": "climate"})
    assert answer.headers["Location"] == f"{base}/story/"
    browser.post(f"{base}/story/", {"story": "In July the paving reached 51 degrees. " * 4})
    browser.post(f"{base}/place/", {"area": district.pk, "place": "Market Square", "latitude": "53.62", "longitude": "6.95"})
    browser.post(f"{base}/people/", rows({"name": "Traders", "brings": "Water", "wants": "Guests in July"}))
    browser.post(
        f"{base}/costs/", rows({"label": "Twelve trees", "amount": "9,600"}, {"label": "Upkeep", "amount": "1.250,50"})
    )
    upload = SimpleUploadedFile("square.jpg", proposals.image(900, 600), "image/jpeg")
    browser.post(f"{base}/pictures/", {"file": upload, "alt": "The square at noon"})
    preview = browser.get(f"{base}/preview/")
    assert preview.context["missing"] == []
    assert "Trees over the square." in preview.content.decode()
    answer = browser.post(f"{base}/preview/", follow=True)
    project.refresh_from_db()
    assert project.state == ProjectState.SUBMITTED
    assert project.cost_minor == 10_850_50
    assert project.pictures.get().alt == "The square at noon"
    assert "The city is reading it" in answer.content.decode()


@pytest.mark.parametrize("step", ["idea", "story", "place", "people", "costs", "pictures", "preview"])
def test_every_step_shows_an_empty_draft(browser: Client, call: Call, step: str) -> None:
    project = begin(browser, call)
    page = browser.get(f"/projects/{project.slug}/edit/{step}/")
    assert page.status_code == 200
    assert project.title in page.content.decode()


def test_what_was_typed_stays_when_something_is_wrong(browser: Client, call: Call) -> None:
    project = begin(browser, call)
    typed = rows({"label": "Trees", "amount": "a lot"}, {"label": "Benches", "amount": "300"})
    page = browser.post(f"/projects/{project.slug}/edit/costs/", typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="a lot"' in text
    assert 'value="Benches"' in text
    assert "Enter an amount such as" in text
    assert not project.cost_lines.exists()


def test_a_form_sent_twice_makes_one_draft(browser: Client, call: Call) -> None:
    key = browser.get("/projects/new/").context["form"].initial["key"]
    for _ in range(2):
        browser.post("/projects/new/", {"title": "Once", "call": call.pk, "key": key})
    assert Project.objects.count() == 1


def test_two_people_do_not_overwrite_each_other_unknowingly(browser: Client, call: Call) -> None:
    project = begin(browser, call)
    url = f"/projects/{project.slug}/edit/story/"
    read = browser.get(url).context["form"].initial["version"]
    browser.post(url, {"story": "By Ada", "version": read})
    conflict = browser.post(url, {"story": "By Bo", "version": read})
    project.refresh_from_db()
    assert conflict.status_code == 422
    assert project.story == "By Ada"
    assert "By Bo" in conflict.content.decode()
    insisted = conflict.context["form"].data["version"]
    assert browser.post(url, {"story": "By Bo", "version": insisted}).status_code == 302
    project.refresh_from_db()
    assert project.story == "By Bo"


def test_more_rows_come_from_the_server_too(browser: Client, call: Call) -> None:
    project = begin(browser, call)
    typed = rows({"label": "Trees", "amount": "100"}) | {"more": "1"}
    page = browser.post(f"/projects/{project.slug}/edit/costs/", typed, follow=True)
    assert len(page.context["form"].rows.forms) == 2


def test_somebody_elses_draft_is_not_there(client: Client, browser: Client, call: Call) -> None:
    project = begin(browser, call)
    client.force_login(accounts.person())
    for address in ("", "edit/idea/", "edit/pictures/", "edit/preview/", "cancel/", "changes/", "cover.svg"):
        assert client.get(f"/projects/{project.slug}/{address}").status_code == 404, address


def test_without_a_call_the_page_says_what_comes_next(client: Client) -> None:
    calls.call(phase="voting")
    page = client.get("/projects/new/")
    assert page.status_code == 200
    assert "No call takes proposals at the moment" in page.content.decode()


def test_strangers_are_asked_to_sign_in_and_come_back(client: Client, call: Call) -> None:
    page = client.get(f"/projects/new/?call={call.slug}").content.decode()
    assert f"next=/projects/new/%3Fcall%3D{call.slug}" in page
    assert "csrfmiddlewaretoken" not in page
