"""What anybody may send: every form and address of ours takes any bytes and never fails.

Uploads, formulas in tables, sessions and limits behind forged headers are proven where they are built:
tests/proposals/test_pictures.py, tests/proposals/test_rest.py, tests/accounts/test_sign_in.py.
"""

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import repercent_broken_unicode

from civic.accounts.models import Person
from tests.factories import accounts, calls, pages, proposals
from tests.whole import objects
from tests.whole.forms import Form, forms_of
from tests.whole.scene import addresses
from tests.whole.test_access import OPENS_TO, path_of

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
# As bytes: what no honest browser sends has no spelling as text.
HOSTILE = {
    "nothing": b"",
    "NUL": b"a\x00b",
    "lone surrogate": b"\xed\xa0\x80",
    "broken UTF-8": b"\xff\xfe\xc3(",
    "very long": b"x" * 100_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈".encode(),
    "right to left": "\u202e\u2066evil\u2069\u200f".encode(),
    "huge number": b"9" * 400,
    "not a number": b"NaN",
    "infinity": b"-1e999",
    "far date": b"99999-12-31T25:61",
    "quotes": b"'\";--\\%_$$",
    "lines": b"a\r\nb: c\r\n\r\n",
}
# What the database, the session or the operation decides; a form that takes it from outside is broken.
FORBIDDEN = {
    "id": "00000000-0000-7000-8000-000000000001",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "groups": "1",
    "author": "00000000-0000-7000-8000-000000000001",
    "state": "won",
    "hidden_for": "spam",
    "checked": "on",
    "checked_at": "2020-01-01",
    "verified_at": "2020-01-01",
    "email_verified": "on",
    "opened_at": "2020-01-01",
    "votes": "1000000",
    "supporters": "1000000",
    "created_at": "1990-01-01",
    "slug": "taken-over",
}


@pytest.fixture
def owner() -> Person:
    cache.clear()
    return accounts.person()


class Visitor(Client):
    """A browser that stays signed in, also when it has sent the form that signs out."""

    def request(self, **request: Any) -> HttpResponse:
        session = self.cookies[settings.SESSION_COOKIE_NAME].value
        response = super().request(**request)
        self.cookies[settings.SESSION_COOKIE_NAME] = session
        return response


@pytest.fixture
def client(owner: Person) -> Client:
    """The owner's browser; a failure is an answer of 500 and no exception."""
    visitor = Visitor(raise_request_exception=False)
    visitor.force_login(owner)
    return visitor


@pytest.fixture
def made(owner: Person) -> objects.Objects:
    return objects.build(owner)


def undone(send: Any) -> HttpResponse:
    """The answer to a request of which nothing stays."""
    with transaction.atomic():
        response = send()
        response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    return response


def encoded(values: dict[str, str], hostile: bytes) -> bytes:
    """A form's body in which the letter ☠ stands for the hostile bytes."""
    parts = []
    for name, value in values.items():
        raw = hostile if value == "☠" else value.encode()
        parts.append(f"{quote_from_bytes(name.encode())}={quote_from_bytes(raw)}")
    return "&".join(parts).encode()


def forms_behind(client: Client, path: str) -> list[Form]:
    """The forms on a page; for an address that only takes forms, an empty one."""
    response = undone(lambda: client.get(path))
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return [Form(path, "post", {}, {"body", "text", "email", "role", "token", "parent", "label"})]
    if not response.headers.get("Content-Type", "").startswith("text/html") or response.streaming:
        return []
    return forms_of(response.content.decode(), path)


def everything_sent(client: Client, paths: list[str]) -> Any:
    """Each form of each page once: (what it is, the form)."""
    seen: set[tuple[Any, ...]] = set()
    for path in paths:
        for form in forms_behind(client, path):
            key = (form.action, form.method, *sorted(form.values))
            if key not in seen and form.action.startswith("/"):
                seen.add(key)
                yield path, form


def bodies(form: Form) -> dict[bytes, str]:
    """Each body that differs, with what is hostile in it: in what is typed, and then in everything.

    The token is left out: this client's is not looked at (`test_nothing_is_written_without_a_csrf_token`).
    """
    found: dict[bytes, str] = {}
    for what, hostile in HOSTILE.items():
        for values in (form.filled("☠"), form.overwritten("☠")):
            values.pop("csrfmiddlewaretoken", None)
            found.setdefault(encoded(values, hostile), what)
    return found


def is_read(response: HttpResponse) -> bool:
    """Whether anybody has looked at what the request brought; who never does cannot fail over it."""
    asked = vars(response.wsgi_request)  # type: ignore[attr-defined]
    return bool(asked.keys() & {"GET", "_post", "_body"}) or asked["_read_started"]


def send(client: Client, form: Form, body: bytes) -> HttpResponse:
    """The answer to the form with this body."""
    if form.method == "post":
        return undone(lambda: client.post(form.action, body, content_type=FORM))
    return undone(lambda: client.get(form.action, QUERY_STRING=body.decode()))


def test_no_form_of_ours_fails_whatever_is_typed(client: Client, made: objects.Objects) -> None:
    paths = [path_of(name, made) for name in OPENS_TO]
    forms = list(everything_sent(client, paths))
    assert len(forms) > 40
    failed, read = [], 0
    for _, form in forms:
        for body, what in bodies(form).items():
            response = send(client, form, body)
            failed += (
                [(form.action, what)] if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else []
            )
            if not is_read(response):
                break
            read += 1
    assert not failed, failed
    assert read > 40 * len(HOSTILE)


NAMES = ("q", "page", "cursor", "sort", "area", "theme", "call", "state", "next", "limit", "person")


def test_no_address_of_ours_fails_whatever_it_asks_for(client: Client, made: objects.Objects) -> None:
    """A page that never looks at what it is asked for cannot fail over it: one question shows that."""
    failed, read = [], 0
    for name in OPENS_TO:
        path = path_of(name, made)
        for what, hostile in HOSTILE.items():
            value = quote_from_bytes(hostile[:2000])
            query = "&".join(f"{key}={value}" for key in NAMES)
            response = undone(lambda p=path, q=query: client.get(p, QUERY_STRING=q))  # type: ignore[misc]
            failed += [(name, what)] if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else []
            if not is_read(response):
                break
            read += 1
    assert not failed, failed
    assert read > 30 * len(HOSTILE)


def test_no_address_of_ours_fails_whatever_stands_in_it(client: Client) -> None:
    """What no view answers is one and the same refusal, whichever address it was made of."""
    failed, refused, answered = [], set(), 0
    for address in (one for one in addresses() if one.ours and "<" in one.pattern and "^" not in one.pattern):
        for what in ("%00", "%ED%A0%80", "%FF", "x" * 3000, "..%2F..%2Fetc%2Fpasswd", "%0D%0Ax", "0" * 40):
            path = "/" + re.sub(r"<[^>]*>", what, address.pattern)
            if not is_answered(path) and what in refused:
                continue
            answered += is_answered(path)
            refused.add(what)
            statuses = [undone(lambda p=path, s=send: s(p)).status_code for send in (client.get, client.post)]  # type: ignore[misc]
            failed += [(address.pattern, what)] if max(statuses) >= HTTPStatus.INTERNAL_SERVER_ERROR else []
    assert not failed, failed
    assert answered > 100


def is_answered(path: str) -> bool:
    """Whether a view takes this address, as the server decodes it."""
    try:
        resolve(repercent_broken_unicode(unquote_to_bytes(path)).decode())
    except Resolver404:
        return False
    return True


def columns(row: models.Model) -> dict[str, Any]:
    """The columns of a row that only operations write."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    guarded = {*FORBIDDEN, "author_id", "is_verified", "verified", "slug"}
    return {f.attname: getattr(fresh, f.attname) for f in fresh._meta.concrete_fields if f.attname in guarded}


def test_fields_that_no_form_has_change_nothing(client: Client, made: objects.Objects, owner: Person) -> None:
    rows: list[Any] = [owner, *owner.projects.all(), *owner.comments.all()]
    assert len(rows) > 3
    before = [columns(row) for row in rows]
    for _, form in everything_sent(client, [path_of(name, made) for name in OPENS_TO]):
        if form.method != "post":
            continue
        extra = {name: value for name, value in FORBIDDEN.items() if name not in form.values}
        with transaction.atomic():
            assert client.post(form.action, form.values | extra).status_code < 500, form.action
            wrong = [
                (form.action, was, columns(row))
                for row, was in zip(rows, before, strict=True)
                if type(row)._default_manager.filter(pk=row.pk).exists() and _taken(was, columns(row), extra)
            ]
            transaction.set_rollback(True)
        assert not wrong, wrong


def _taken(was: dict[str, Any], now: dict[str, Any], sent: dict[str, str]) -> bool:
    """Whether a guarded column has become what was sent."""
    return any(now[name] != was[name] and str(now[name]) == sent.get(name, "") for name in now) or any(
        now.get(name) != was.get(name)
        for name in ("is_staff", "is_superuser", "is_active", "created_at", "id")
    )


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_every_answer_carries_the_headers(client: Client, made: objects.Objects) -> None:
    """Pages, fragments, downloads, pictures, the API and refusals of every kind."""
    wrong = []
    for name in OPENS_TO:
        path = path_of(name, made)
        for send in (Client().get, client.get, client.post, client.delete):
            headers = undone(lambda p=path, s=send: s(p)).headers  # type: ignore[misc]
            missing = [key for key, value in HEADERS.items() if headers.get(key) != value]
            policy = headers.get("Content-Security-Policy", "")
            missing += [part for part in ("frame-ancestors", "default-src 'none'") if part not in policy]
            missing += ["Permissions-Policy"] * ("camera=()" not in headers.get("Permissions-Policy", ""))
            # Not less, either: from a page of no-referrer a browser posts with Origin null, which is refused as forged.
            missing += ["referrer"] * (headers.get("Referrer-Policy") != "same-origin")
            missing += ["unsafe"] * ("unsafe" in policy and not path.startswith("/cms/"))
            wrong += [(name, headers.get("Content-Type"), missing)] if missing else []
    assert not wrong, wrong


def test_errors_carry_the_headers_too(client: Client) -> None:
    project = proposals.project(calls.call())
    pages.tree()
    posted = Client(enforce_csrf_checks=True).post(reverse("proposals:support", args=[project.slug]))
    for response in (
        client.get("/no/such/page/"),
        client.get("/api/v1/no-such-thing/"),
        client.get("/api/v1/projects/?cursor=broken"),
        client.post("/me/profile/", b"x" * 4_000_000, content_type=FORM),
        posted,
    ):
        assert 400 <= response.status_code < 500, response.request["PATH_INFO"]
        for name, value in HEADERS.items():
            assert response.headers[name] == value, response.request["PATH_INFO"]
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_an_answer_is_never_longer_than_it_is_asked_for(client: Client) -> None:
    """A page size from outside has a ceiling."""
    call = calls.call()
    proposals.projects(210, call)
    found = client.get("/api/v1/projects/", {"limit": "1000000", "page_size": "1000000"}).json()
    assert len(next(value for value in found.values() if isinstance(value, list))) == 200


def test_filters_of_the_desk_take_any_text(client: Client) -> None:
    client.force_login(accounts.superuser())
    for model in ("accounts/organisation", "proposals/project", "discussion/moderationcase", "voting/ballot"):
        for query in ("q", "o", "p", "state__exact", "call", "queue"):
            for hostile in HOSTILE.values():
                address = f"/admin/{model}/?{query}={quote_from_bytes(hostile[:2000])}"
                assert client.get(address).status_code < 500, (model, query, hostile[:20])
