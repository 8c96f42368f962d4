"""Every URL × every role, generated from the URLconf. A URL that is not in the table fails the test.

The table says for whom a door opens. Everything private belongs to `owner`; whoever is not named meets the
sign-in page, 403 or 404. What happens behind the door (an empty form, a conflict) is other tests' concern.
"""

import re
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from civic.core.models import Event
from tests.whole import objects
from tests.whole.scene import (
    OWNER,
    RESIDENT,
    STRANGER,
    addresses,
    cast_of_roles,
    signed_in,
)

OPENS_TO = objects.opens_to()
PATHS = {
    "wagtail_serve": "/",
    "cms/users/<path:rest>": "/cms/users/1/",
    "cms/bulk/<str:app_label>/<str:model_name>/<str:action>/": "/cms/bulk/accounts/person/delete/",
    "me/ways-to-pay/<uuid:pk>/remove/": f"/me/ways-to-pay/{uuid4()}/remove/",
}
OURS = {
    address.name if not address.name.endswith("None") else address.pattern
    for address in addresses()
    if address.ours
}


REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


def path_of(name: str, made: objects.Objects) -> str:
    """The address of a URL with the object behind it."""
    if name in PATHS:
        return PATHS[name]
    return f"/{name}" if "/" in name else reverse(name, kwargs=made.kwargs.get(name))


def knock(client: Client, path: str) -> tuple[HttpResponse, int]:
    """Asks for the page, or sends an empty form where there is only that; nothing of it stays.

    Returns the answer, and how many events there were when the page had been read.
    """
    with transaction.atomic():
        response = client.get(path)
        events = Event.objects.count()
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = client.post(path, {})
        transaction.set_rollback(True)
    return response, events


def is_in(response: HttpResponse) -> bool:
    """Whether the door opened."""
    if response.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return False
    return not (response.status_code == HTTPStatus.FOUND and "/login/" in response.headers["Location"])


def test_the_table_names_every_url() -> None:
    assert set(OPENS_TO) == OURS


@pytest.mark.django_db
def test_doors_open_for_those_and_only_those_and_reading_changes_nothing() -> None:
    """Whoever asks for a page: no URL of ours writes an event on GET."""
    cast = cast_of_roles()
    owner = cast[OWNER]
    assert owner is not None
    made = objects.build(owner)
    clients = {role: signed_in(person) for role, person in cast.items()}
    wrong, before = [], Event.objects.count()
    for name, allowed in OPENS_TO.items():
        path = path_of(name, made)
        for role, client in clients.items():
            response, events = knock(client, path)
            assert events == before, (name, role)
            if (
                is_in(response) != (role in allowed)
                or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
            ):
                wrong.append((name, role, response.status_code))
    assert not wrong, wrong


@pytest.mark.django_db
def test_libraries_doors_stay_shut_for_those_who_are_not_staff() -> None:
    cast = cast_of_roles()
    clients = {role: signed_in(cast[role]) for role in (STRANGER, RESIDENT)}
    desks = [address for address in addresses() if address.pattern.startswith(("admin/", "cms/"))]
    # Icons and translations of buttons: the same for everybody, and not about anybody.
    harmless = ("login", "cms/sprite/", "jsi18n/")
    behind = [a for a in desks if not a.ours and not any(word in a.pattern for word in harmless)]
    assert len(behind) > 200
    for address in behind:
        path = "/" + _any_arguments(address.pattern)
        for role, client in clients.items():
            assert client.get(path).status_code >= HTTPStatus.MULTIPLE_CHOICES, (address.pattern, role)


def _any_arguments(pattern: str) -> str:
    """A path that matches the pattern: for a door that is shut, any object will do."""

    path = re.sub(r"<uuid:\w+>", "01a20535-e37c-70ad-9489-fcaaae22e01f", pattern)
    path = re.sub(r"<int:\w+>", "1", path)
    path = re.sub(r"<(\w+:)?\w+>", "x", path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "1", path)
    return path.replace("^", "").replace("$", "").replace("\\", "")


@pytest.mark.django_db
def test_nothing_is_written_without_a_csrf_token() -> None:
    cast = cast_of_roles()
    owner = cast[OWNER]
    assert owner is not None
    made = objects.build(owner)
    before = Event.objects.count()
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    # RFC 8058: mail programs unsubscribe with one click and no page; the token in the address is the proof.
    # A provider has no session: the signature of its message is the proof, and an unsigned one is refused as such.
    # The read actions of CKAN write nothing, and know nobody by a cookie.
    exempt = {"notifications:unsubscribe", "payments:webhook", "catalogue:ckan", "catalogue:ckan-3"}
    passed: list[Any] = []
    for name in OPENS_TO:
        status = client.post(path_of(name, made), {}).status_code
        if status not in REFUSED and name not in exempt:
            passed.append((name, status))
    assert not passed
    assert Event.objects.count() == before
