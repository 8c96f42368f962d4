"""What a front cache may keep: what every stranger gets alike. Everything else is for one person."""

import pytest
from django.test import Client

from tests.factories import accounts, calls, pages, proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("default_tree")]

PRIVATE = "private, no-store"


@pytest.fixture
def addresses() -> list[str]:
    home = pages.tree()
    story = pages.story(home)
    call = calls.call("voting")
    proposals.project(call)
    return [
        "/",
        "/about/",
        "/help/",
        f"/stories/{story.slug}/",
        "/search/?q=project",
        "/projects/",
        "/calls/",
    ]


def test_strangers_get_pages_that_may_be_kept(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60", address
        assert {"Cookie", "Accept-Language", "HX-Request"} <= set(response.headers["Vary"].split(", ")), (
            address
        )
        assert "csrfmiddlewaretoken" not in response.content.decode(), address


def test_two_strangers_get_the_same_bytes(addresses: list[str]) -> None:
    for address in addresses:
        assert Client().get(address).content == Client().get(address).content, address


def test_what_a_person_gets_is_never_kept(client: Client, addresses: list[str]) -> None:
    client.force_login(accounts.person())
    for address in addresses:
        assert client.get(address).headers["Cache-Control"] == PRIVATE, address


def test_a_session_cookie_is_enough_to_be_somebody(client: Client, addresses: list[str]) -> None:
    client.cookies["sessionid"] = "gone-since-yesterday"
    assert client.get("/").headers["Cache-Control"] == PRIVATE


def test_forms_and_missing_pages_are_not_kept(client: Client, addresses: list[str]) -> None:
    for address in ("/nothing-here/", "/accounts/signup/", "/admin/"):
        assert "public" not in client.get(address).headers["Cache-Control"], address


def test_what_says_for_itself_how_long_it_lasts_is_left_alone(client: Client, addresses: list[str]) -> None:
    assert client.get("/icon.svg").headers["Cache-Control"] == "public, max-age=3600"


def test_a_preview_is_for_the_editor_alone(client: Client) -> None:
    home = pages.tree()
    client.force_login(pages.editor())
    response = client.get(f"/cms/pages/{home.pk}/view_draft/")
    assert response.status_code == 200
    assert "public" not in response.headers["Cache-Control"]
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
