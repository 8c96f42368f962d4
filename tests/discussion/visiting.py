"""A browser of the tests, and what it costs the database to answer it."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.accounts.models import Person


def visitor(person: Person | None = None, **how: Any) -> Client:
    client = Client(**how)
    if person:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str, **more: Any) -> str:
    return client.get(address, **more).content.decode()


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
