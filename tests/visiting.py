"""A browser of the tests, and what it costs the database to answer it."""

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.accounts.models import Person
from tests.factories.accounts import PASSWORD


def visitor(person: Person | None = None, **how: Any) -> Client:
    client = Client(**how)
    if person:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def with_password(client: Client, person: Person) -> Client:
    """The client, signed in, in a session in which the person gave their password a moment ago."""
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def signs_in(client: Client, person: Person, **more: str) -> Client:
    """The client, in which the person has signed in by the page that does that."""
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, **more})
    return client


def text_of(client: Client, address: str, status: int = 200, **more: Any) -> str:
    """The page as one line."""
    answer = client.get(address, **more)
    assert answer.status_code == status, address
    return " ".join(answer.content.decode().split())


def statements(client: Client, address: str) -> int:
    """How many statements the page takes that has been asked for before."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def hidden(page: Any, name: str) -> str:
    """What a form of the page sends without being asked, such as the version of what it shows."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])
