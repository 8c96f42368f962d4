"""A session that ends in the middle of a form: nothing typed is lost, and nothing is sent without a click (R1)."""

import re
import time
from html import unescape
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from civic.accounts.models import Person
from projects.discussion.models import Comment
from projects.voting.models import Ballot
from tests.factories import accounts, proposals, voting
from tests.visiting import signs_in

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def person() -> Person:
    return accounts.person()


@pytest.fixture
def client(person: Person) -> Client:
    """A browser in which a session has ended."""
    browser = signs_in(Client(), person)
    Session.objects.all().delete()
    return browser


def signed_in_again(client: Client, answer: object, person: Person) -> Client:
    """Follows the redirect to the sign-in page and comes back signed in."""
    location = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    page = client.get(location)
    following = unescape(re.search(r'name="next" value="([^"]+)"', page.content.decode())[1])
    signs_in(client, person, next=following)
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
def test_a_comment_waits_for_its_writer_r1(client: Client, person: Person, headers: dict[str, str]) -> None:
    project = proposals.project(state="open")
    address = f"/projects/{project.slug}/discussion/"
    typed = {"body": "Will there be one\r\nnear the “ferry” & the crane?", "token": str(uuid4())}
    headers = headers | {"Referer": f"http://testserver{address}"}
    page = signed_in_again(client, client.post(f"{address}post/", typed, headers=headers), person)
    assert "near the “ferry” &amp; the crane?" in page.content.decode()
    assert f'href="{address}"' in page.content.decode()
    assert not Comment.objects.exists()
    path, fields = sent(page)
    assert client.post(path, fields, follow=True).status_code == 200
    assert Comment.objects.get().body.split() == typed["body"].split()


def test_a_ballot_is_not_lost_and_nowhere_kept_r1(client: Client, person: Person) -> None:
    call = voting.voting_call(10, 20, ballot_max=2)
    chosen = [str(key) for key in voting.choices(call, 1, 2)]
    answer = client.post(f"/calls/{call.slug}/ballot/", {"choose": chosen, "cast": "1"})
    path, fields = sent(signed_in_again(client, answer, person))
    assert fields["choose"] == chosen
    # Nobody casts it unread: it is looked over once more.
    review = client.post(path, fields)
    assert not Ballot.objects.exists()
    assert "Look over your ballot" in review.content.decode()
    client.post(path, {"choose": chosen, "cast": "1"})
    assert Ballot.objects.get().lines.count() == 2


def test_a_form_outlives_signing_out_in_another_tab_1127_rb8(person: Person) -> None:
    call, browser = voting.voting_call(10, 20, ballot_max=2), signs_in(Client(), person)
    browser.get(f"/calls/{call.slug}/ballot/")
    browser.post("/accounts/logout/")
    browser.cookies.pop("sessionid", None)  # as a browser does with one that has expired
    chosen = [str(key) for key in voting.choices(call, 1, 2)]
    answer = browser.post(f"/calls/{call.slug}/ballot/", {"choose": chosen, "review": "1"})
    _path, fields = sent(signed_in_again(browser, answer, person))
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


def test_what_is_sent_on_is_forgotten_1127_ax11(client: Client, person: Person) -> None:
    project = proposals.project(state="open")
    address = f"/projects/{project.slug}/discussion/"
    typed = {"body": "Will there be one?", "token": str(uuid4())}
    asked = client.post(f"{address}post/", typed, headers={"Referer": f"http://testserver{address}"})
    page = signed_in_again(client, asked, person)
    client.post(*sent(page), follow=True)
    for _time in range(2):
        again = client.get(page.request["PATH_INFO"])
        assert again.status_code == 200
        content = again.content.decode()
        assert "This has been sent on." in content
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


def test_a_form_of_a_stranger_is_shown_to_nobody_else_o1(client: Client, person: Person) -> None:
    """Neither what was sent where nobody had been signed in, nor in another browser."""
    typed = {"body": "Mallory's own words for you", "token": str(uuid4())}
    project = proposals.project(state="open")
    address = f"/projects/{project.slug}/discussion/post/"
    stranger, visitor = Client(), Client()
    visitor.get("/accounts/login/")
    for browser in (stranger, visitor):
        assert "continue" not in browser.post(address, typed).headers["Location"]
    link = client.post(address, typed).headers["Location"].split("next=")[1]
    other = Client()
    other.force_login(person)
    other.post("/me/data/erase/", typed)
    assert "not kept any more" in other.get(link).content.decode()
    client.force_login(person)
    for _time in range(2):
        assert "own words for you" in client.get(link).content.decode()


def test_what_was_typed_at_the_desk_waits_for_its_writer_27_o7() -> None:
    """To be copied: a sign-in counts as the password that a step asks for, and a found session has signed out."""
    person, staff = accounts.person(), accounts.staff("moderators")
    browser = signs_in(Client(), staff)
    browser.post("/accounts/logout/")
    chosen = {"action": "close_account", "_selected_action": str(person.pk), "confirmed": "yes"}
    typed = {**chosen, "reason": "They write in the city's name."}
    page = signed_in_again(browser, browser.post("/admin/accounts/person/?q=x", typed), staff)
    content = page.content.decode()
    words = ("/admin/accounts/person/?q=x", "close_account", str(person.pk), "in the city&#x27;s name.")
    assert [word for word in words if word not in content] == []
    assert "Send it now</button>" not in content
    assert 'name="reason"' not in content


def test_the_desk_asks_a_stranger_who_it_is_27_o7() -> None:
    answer = Client().post("/admin/accounts/organisation/", {"action": "x"})
    assert "continue" not in answer.headers["Location"]


def test_what_was_sent_is_shown_to_who_was_signed_in_last_1127_ay1(person: Person) -> None:
    """All of it, and where it goes; and to nobody who signs in there after them."""
    club = accounts.organisation(person, name="The Club")
    address = f"/organisations/{club.slug}/bank/"
    browser = signs_in(Client(), person)
    browser.post("/accounts/logout/")
    browser.get("/accounts/login/")
    typed = {"holder": "Thief", "iban": "DE89370400440532013000"}
    answer = browser.post(address, typed, headers={"Referer": "http://testserver/me/"})
    other = signed_in_again(browser, answer, accounts.person()).content.decode()
    assert [word for word in ("Thief", address, "You had been signed out") if word in other] == []
    browser.post("/accounts/logout/")
    own = signed_in_again(browser, answer, person).content.decode()
    said = ("<dt>Holder</dt><dd>Thief</dd>", "<dt>Iban</dt><dd>DE89370400440532013000</dd>")
    pages = ('href="/me/"', f'action="{address}"', f">{address}</span>", "You had been signed out")
    assert [words for words in (*said, *pages) if words not in own] == []


def test_no_neighbour_sets_what_binds_a_browser_1127_ay1(person: Person, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    browser = signs_in(Client(), person)
    Session.objects.all().delete()
    browser.post("/me/data/erase/", {"body": "x"})
    for name in ("__Host-suspended", "__Host-suspended-person"):
        cookie = browser.cookies[name]
        rules = [cookie[rule] for rule in ("secure", "httponly", "samesite", "path", "domain")]
        assert rules == [True, True, "Lax", "/", ""]
        assert cookie["max-age"] > settings.SESSION_COOKIE_AGE or name == "__Host-suspended"
    browser.cookies["__Host-suspended-person"] = str(person.pk)
    assert "continue" not in browser.post("/me/data/erase/", {"body": "x"}).headers["Location"]


@pytest.mark.parametrize("minutes", [1, 11])
def test_a_form_that_is_left_after_a_sign_out_is_not_offered_later_1128_th11(
    person: Person, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever uses a shared computer next left an account of their own for who had signed out there."""
    club = accounts.organisation(person)
    browser = signs_in(Client(), person)
    browser.post("/accounts/logout/")
    later = time.time() + minutes * 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    typed = {"holder": "Thief", "iban": "DE89370400440532013000"}
    answer = browser.post(f"/organisations/{club.slug}/bank/", typed)
    assert ("continue" in answer.headers["Location"]) is (minutes == 1)
