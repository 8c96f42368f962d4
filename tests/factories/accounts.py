"""People, areas, organisations and residencies as the tests need them: `person()`, `staff("moderators")`, …"""

import itertools
from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from civic.accounts.models import Area, Membership, Organisation, Person, Residency
from civic.accounts.states import ResidencyState

PASSWORD = "correct-horse-battery"
VERIFIED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

_numbers = itertools.count(1)


def area(name: str = "", *, parent: Area | None = None, **fields: Any) -> Area:
    """A district (or, without a parent, a city)."""
    number = next(_numbers)
    return Area.objects.create(
        name=name or f"District {number}",
        slug=f"district-{number}",
        parent=parent,
        **fields,
    )


def person(
    email: str = "",
    *,
    password: str = PASSWORD,
    address_verified: bool = True,
    **fields: Any,
) -> Person:
    """Somebody who can sign in with `PASSWORD`; the address is verified unless told otherwise."""
    number = next(_numbers)
    fields.setdefault("name", f"Person {number}")
    made = Person.objects.create_user(email or f"person{number}@example.org", password, **fields)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=address_verified)
    return made


def people(count: int, **fields: Any) -> list[Person]:
    """Many people at once, without passwords or verified addresses; for voters and supporters."""
    start = next(_numbers)
    names = [f"voter-{start}-{place}" for place in range(count)]
    return Person.objects.bulk_create(
        [Person(email=f"{n}@example.org", name=n, password="!", **fields) for n in names]
    )


def staff(*groups: str, **fields: Any) -> Person:
    """Council staff in these groups (names from civic.accounts.groups)."""
    made = person(is_staff=True, **fields)
    made.groups.set([Group.objects.get_or_create(name=name)[0] for name in groups])
    return made


def superuser(**fields: Any) -> Person:
    """The city's administrator."""
    return person(is_staff=True, is_superuser=True, **fields)


def residency(somebody: Person, where: Area | None = None, **fields: Any) -> Residency:
    """A verified residency of this person, since `VERIFIED_AT` and without an end."""
    fields.setdefault("state", ResidencyState.VERIFIED)
    fields.setdefault("method", Residency.Method.DESK)
    fields.setdefault("verified_at", VERIFIED_AT)
    return Residency.objects.create(person=somebody, area=where or area(), **fields)


def resident(where: Area | None = None, **fields: Any) -> Person:
    """A verified resident of this area (a new one if none is given)."""
    made = person(**fields)
    residency(made, where)
    return made


def organisation(owner: Person | None = None, **fields: Any) -> Organisation:
    """An organisation with an owner."""
    number = next(_numbers)
    defaults = {
        "name": f"Organisation {number}",
        "slug": f"organisation-{number}",
        "kind": Organisation.Kind.COMMUNITY,
    }
    made = Organisation.objects.create(**(defaults | fields))
    membership(made, owner or person(), Membership.Role.OWNER)
    return made


def membership(group: Organisation, somebody: Person, role: str = Membership.Role.MEMBER) -> Membership:
    """This person acts for that organisation."""
    return Membership.objects.create(organisation=group, person=somebody, role=role)
