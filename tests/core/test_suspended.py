"""A session that ends in the middle of a form: nothing typed is lost, and nothing is sent without a click (R1)."""

import re
from html import unescape
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from projects.discussion.models import Comment
from projects.voting.models import Ballot
from tests.factories import accounts, proposals, voting

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    """A browser in which a session has ended."""
    browser = Client()
    browser.force_login(accounts.person())
    Session.objects.all().delete()
    return browser


def signed_in_again(client: Client, answer: object) -> Client:
    """Follows the redirect to the sign-in page and comes back signed in."""
    location = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    page = client.get(location)
    following = unescape(re.search(r'name="next" value="([^"]+)"', page.content.decode())[1])
    person = accounts.person()
    client.post("/accounts/login/", {"login": person.email, "password": accounts.PASSWORD, "next": following})
    return client.get(following)


def sent(page: object) -> tuple[str, dict[str, list[str]]]:
    """The form that the page would send."""
    content = page.content.decode()
    fields: dict[str, list[str]] = {}
    for name, value in FIELD.findall(content.split("<main", 1)[1]):
        fields.setdefault(unescape(name), []).append(unescape(value))
    fields.pop("csrfmiddlewaretoken", None)
    return unescape(
        re.search(r'<form method="post" action="([^"]+)"', content.split("<main", 1)[1])[1]
    ), fields


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_comment_waits_for_its_writer_r1(client: Client, headers: dict[str, str]) -> None:
    project = proposals.project(state="open")
    address = f"/projects/{project.slug}/discussion/"
    typed = {"body": "Will there be one\r\nnear the “ferry” & the crane?", "token": str(uuid4())}
    headers = headers | {"Referer": f"http://testserver{address}"}
    page = signed_in_again(client, client.post(f"{address}post/", typed, headers=headers))
    assert "near the “ferry” &amp; the crane?" in page.content.decode()
    assert f'href="{address}"' in page.content.decode()
    assert not Comment.objects.exists()
    path, fields = sent(page)
    assert client.post(path, fields, follow=True).status_code == 200
    assert Comment.objects.get().body.split() == typed["body"].split()


def test_a_ballot_is_not_lost_and_nowhere_kept_r1(client: Client) -> None:
    call = voting.voting_call(10, 20, ballot_max=2)
    chosen = [str(key) for key in voting.choices(call, 1, 2)]
    page = signed_in_again(
        client, client.post(f"/calls/{call.slug}/ballot/", {"choose": chosen, "cast": "1"})
    )
    path, fields = sent(page)
    assert fields["choose"] == chosen
    client.post(path, fields, follow=True)
    assert Ballot.objects.get().lines.count() == 2


def test_a_form_outlives_signing_out_in_another_tab_1127_rb8() -> None:
    call, browser = voting.voting_call(10, 20, ballot_max=2), Client()
    browser.force_login(accounts.person())
    browser.get(f"/calls/{call.slug}/ballot/")
    browser.post("/accounts/logout/")
    del browser.cookies["sessionid"]  # as a browser does with one that has expired
    chosen = [str(key) for key in voting.choices(call, 1, 2)]
    answer = browser.post(f"/calls/{call.slug}/ballot/", {"choose": chosen, "review": "1"})
    _path, fields = sent(signed_in_again(browser, answer))
    assert fields["choose"] == chosen


def test_what_takes_forms_alone_leads_back_to_its_page_r1(client: Client) -> None:
    answer = client.post("/me/pledges/01a21b1c-73e1-7cf9-a741-2b73e36797bd/step/", {"verb": "pay"})
    assert answer.status_code == 302
    assert "continue" in answer.headers["Location"]
    assert "step" not in answer.headers["Location"]


@pytest.mark.parametrize("typed", [{"password": "x y"}, {"code": "1234"}, {"body": "x" * 70_000}])
def test_secrets_and_floods_are_not_kept_r1(client: Client, typed: dict[str, str]) -> None:
    answer = client.post("/me/data/erase/", typed, headers={"Referer": "http://testserver/me/data/erase/"})
    assert answer.headers["Location"].endswith("?next=/me/data/erase/")


def test_a_name_that_only_looks_like_a_secret_is_kept_1127_ax12(client: Client) -> None:
    typed = {"billing_postcode": "26500", "purpose": "A bench"}
    answer = client.post("/me/data/erase/", typed, headers={"Referer": "http://testserver/me/data/erase/"})
    assert "continue" in answer.headers["Location"]


def test_what_waits_for_a_password_is_shown_to_nobody_else_1127_ax10(client: Client) -> None:
    """Another person signs in by the same browser."""
    first, second = accounts.organisation(), accounts.person()
    owner = first.memberships.get().person
    browser = Client()
    browser.force_login(owner)
    typed = {"holder": "Thief", "iban": "DE89370400440532013000"}
    link = unquote(
        browser.post(f"/organisations/{first.slug}/bank/", typed).headers["Location"].split("next=")[1]
    )
    browser.force_login(second)
    assert "Thief" not in browser.get(link).content.decode()
    browser.force_login(owner)
    assert "Thief" in browser.get(link).content.decode()


def test_what_is_sent_on_is_forgotten_1127_ax11(client: Client) -> None:
    project = proposals.project(state="open")
    address = f"/projects/{project.slug}/discussion/"
    typed = {"body": "Will there be one?", "token": str(uuid4())}
    asked = client.post(f"{address}post/", typed, headers={"Referer": f"http://testserver{address}"})
    page = signed_in_again(client, asked)
    path, fields = sent(page)
    client.post(path, fields, follow=True)
    for again in (client.get(path), client.post(path, fields)):
        assert again.status_code == 200
        content = again.content.decode()
        assert "it is not sent twice" in content
        assert f'href="{address}"' in content
        assert "nothing was done" not in content
        assert "Send it now</button>" not in content
    assert Comment.objects.count() == 1


def test_another_site_does_not_say_where_to_go_on_r1(client: Client) -> None:
    answer = client.post(
        "/me/data/erase/", {"password": "x"}, headers={"Referer": "https://evil.example/me/"}
    )
    assert answer.headers["Location"].endswith("?next=/me/")


def test_nobody_is_shown_what_is_not_kept_r1(client: Client) -> None:
    assert client.get("/continue/x/").status_code == 302
    client.force_login(accounts.person())
    assert "not kept any more" in client.get("/continue/x/").content.decode()


def test_a_form_of_a_stranger_is_shown_to_nobody_else_o1(client: Client) -> None:
    """Neither what was sent where nobody had been signed in, nor in another browser."""
    typed = {"body": "Mallory's own words for you", "token": str(uuid4())}
    project = proposals.project(state="open")
    address = f"/projects/{project.slug}/discussion/post/"
    assert "continue" not in Client().post(address, typed).headers["Location"]
    link = client.post(address, typed).headers["Location"].split("next=")[1]
    other = Client()
    other.force_login(accounts.person())
    other.post("/me/data/erase/", typed)
    assert "not kept any more" in other.get(link).content.decode()
    client.force_login(accounts.person())
    for _time in range(2):
        assert "own words for you" in client.get(link).content.decode()


def test_what_was_typed_at_the_desk_waits_for_its_writer_27_o7(client: Client) -> None:
    chosen = {"action": "suspend_organisation", "_selected_action": str(uuid4()), "confirmed": "1"}
    typed = {**chosen, "reason": "They write to our residents in the city's name."}
    answer = client.post("/admin/accounts/organisation/?kind=business", typed)
    link = unquote(answer.headers["Location"].split("next=")[1])
    client.force_login(accounts.staff("moderators"))
    path, fields = sent(client.get(link))
    assert client.post(path, fields).headers["Location"] == "/admin/accounts/organisation/?kind=business"
    assert {name: values[0] for name, values in fields.items()} == typed


def test_the_desk_asks_a_stranger_who_it_is_27_o7() -> None:
    answer = Client().post("/admin/accounts/organisation/", {"action": "x"})
    assert "continue" not in answer.headers["Location"]
