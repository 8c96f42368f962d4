"""One small city in which every URL has an object of its own: everything private belongs to `owner`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import access
from civic.pages import editors_routes
from tests.factories import accounts

STRANGER, RESIDENT, OWNER = "stranger", "resident", "owner"
COUNCIL = groups.ALL
ADMIN = "superuser"
ROLES = [STRANGER, RESIDENT, OWNER, *COUNCIL, ADMIN]

EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {STRANGER}
STAFF = frozenset({*COUNCIL, ADMIN})
OWN = frozenset({OWNER})
TEAM_AND_STEWARDS = frozenset({OWNER, groups.PROGRAMME_MANAGERS, ADMIN})


def opens(to: frozenset[str], *names: str) -> dict[str, frozenset[str]]:
    """URLs with those for whom they open."""
    return dict.fromkeys(names, to)


@dataclass(frozen=True)
class Address:
    """One URL of the site: its name with namespaces, its pattern and its declared access."""

    name: str
    pattern: str
    access: str
    ours: bool


# Pages of libraries: open as they decide, or closed by us (tests/pages say which).
THEIRS = (access.DELEGATED, editors_routes.CLOSED)


def addresses() -> list[Address]:
    """Every URL that the URLconf has."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], before: str, spaces: str) -> Any:
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, whole, spaces + space)
        elif isinstance(pattern, URLPattern):
            declared = access.declared(pattern.callback)
            name = declared.name if declared else ""
            yield Address(f"{spaces}{pattern.name}", whole, name, declared not in THEIRS)


def cast_of_roles() -> dict[str, Person | None]:
    """Somebody for each role; the resident and the owner have verified addresses, no more."""
    everybody: dict[str, Person | None] = {STRANGER: None}
    everybody |= {RESIDENT: accounts.person(), OWNER: accounts.person()}
    everybody |= {group: accounts.staff(group) for group in COUNCIL}
    return everybody | {ADMIN: accounts.superuser()}


def signed_in(person: Person | None) -> Client:
    """A browser of this person's."""
    client = Client()
    if person:
        client.force_login(person)
    return client


Kwargs = Callable[[], dict[str, Any]]
