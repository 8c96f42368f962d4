"""Districts and the people who live in them, verified by the desk, by letter, or not yet."""

import random
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.text import slugify

from civic.accounts import identity, operations
from civic.accounts.models import Area, Person, Residency
from civic.accounts.operations.residency import RESIDENCY_VALID, Facts
from civic.accounts.states import ResidencyState
from civic.demo import source
from civic.demo.city.cast import Cast
from civic.demo.models import Message
from civic.demo.sign_ins import password

SETTLED = -560
VERIFIED_SHARE = 0.86
NEWCOMER = "judith-albers"


def settle(cast: Cast, neighbours: int) -> None:
    """Districts, council staff, the people known by name, and `neighbours` others."""
    districts(cast)
    staff(cast)
    known(cast)
    crowd(cast, neighbours)
    newcomer(cast)


def districts(cast: Cast) -> None:
    """The city and its eight districts, each with its boundary."""
    city = source.read("city")
    whole = Area.objects.create(name=city["full_name"], slug="aldermere")
    for place, district in enumerate(city["districts"]):
        cast.areas[district["key"]] = Area.objects.create(
            name=district["name"],
            slug=district["key"],
            parent=whole,
            boundary=source.districts()[district["key"]],
            position=place,
        )


def staff(cast: Cast) -> None:
    """The council: the administrator appoints the others to their groups."""
    everybody = source.read("people")["staff"]
    admin = next(one for one in everybody if one.get("superuser"))
    secret = make_password(password())
    for one in everybody:
        cast.people[one["key"]] = _person(cast, one, secret, is_superuser=one is admin, is_staff=one is admin)
    for one in everybody:
        if one["group"]:
            operations.appoint(
                actor=cast.people[admin["key"]],
                person=cast.people[one["key"]],
                is_staff=True,
                groups=[Group.objects.get_or_create(name=one["group"])[0]],
                reason="Appointed by the council.",
                at=cast.calendar.at(SETTLED, 9),
            )
            cast.people[one["key"]].refresh_from_db()


def known(cast: Cast) -> None:
    """The people with a name and a history, seen at the service desk by the data steward."""
    secret = make_password(password())
    for one in source.read("people")["visible"]:
        person = _person(cast, one, secret)
        cast.people[one["key"]] = person
        if one["key"] == NEWCOMER:
            continue
        chance = cast.chance("desk", one["key"])
        operations.verify_at_desk(
            actor=cast.people["mirja-koskinen"],
            person=person,
            facts=Facts(one["name"], _born(chance)),
            area=cast.areas[one["district"]],
            at=cast.calendar.between(SETTLED + 5, SETTLED + 60, chance),
        )
        cast.verified.add(person.pk)


def crowd(cast: Cast, number: int) -> None:
    """Everybody else, in bulk: districts by their size, most of them verified."""
    chance = cast.chance("crowd")
    listed = source.read("city")["districts"]
    homes = chance.choices([one["key"] for one in listed], [one["residents"] for one in listed], k=number)
    rows = [
        _neighbour(cast, name, home, chance) for name, home in zip(_names(chance, number), homes, strict=True)
    ]
    Person.objects.bulk_create(rows)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, primary=True, verified=True) for one in rows
    )
    verified = [one for one in rows if chance.random() < VERIFIED_SHARE]
    Residency.objects.bulk_create(_residency(cast, one, chance) for one in verified)
    cast.verified.update(one.pk for one in verified)
    for person, home in zip(rows, homes, strict=True):
        cast.neighbours.setdefault(home, []).append(person)


def newcomer(cast: Cast) -> None:
    """Somebody whose letter has just come; in the demo it lies in the mail reader, code and all."""
    person, calendar = cast.people[NEWCOMER], cast.calendar
    residency = operations.request_letter(
        actor=person,
        name=person.name,
        born=date(1986, 4, 12),
        address="Ropewalk 17, third floor left\n26500 Aldermere",
        area=cast.areas["linnside"],
        at=calendar.at(-4, 18),
    )
    steward = cast.people["mirja-koskinen"]
    [letter] = operations.print_letters(actor=steward, residencies=[residency], at=calendar.at(-3, 10))
    Message.objects.create(
        recipient=person.email,
        sender="City of Aldermere, on paper",
        subject="A letter in your letter box: your code",
        text=(
            f"Dear {person.name},\n\nthe code that confirms your home in Aldermere is\n\n{letter.code}\n\n"
            "Enter it on your page within thirty days. If you did not ask for this letter, throw it away."
        ),
    )


def _person(cast: Cast, one: dict[str, str], secret: str, **fields: bool) -> Person:
    person = Person.objects.create(
        email=source.email(one["key"]),
        name=one["name"],
        about=one["bio"],
        area=cast.areas[one["district"]],
        password=secret,
        joined_at=_joined(cast, one["key"]),
        **fields,
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def _joined(cast: Cast, key: str) -> datetime:
    first = (-21, -20) if key == NEWCOMER else (SETTLED - 60, SETTLED - 1)
    return cast.calendar.between(*first, cast.chance("joined", key))


def _names(chance: random.Random, number: int) -> list[str]:
    people = source.read("people")
    given = [name for row in people["given"] for name in row]
    family = [name for row in people["family"] for name in row]
    taken = {one["name"] for one in people["visible"] + people["staff"]}
    every = [f"{first} {last}" for first in given for last in family if f"{first} {last}" not in taken]
    return chance.sample(every, number)


def _neighbour(cast: Cast, name: str, home: str, chance: random.Random) -> Person:
    about = chance.choice(source.read("people")["about_me"]) if chance.random() < 0.15 else ""
    return Person(
        email=source.email(slugify(name)),
        name=name,
        about=about,
        area=cast.areas[home],
        password="!",  # noqa: S106 - nobody can sign in with it
        joined_at=cast.calendar.between(SETTLED - 60, -50, chance),
    )


def _residency(cast: Cast, person: Person, chance: random.Random) -> Residency:
    at = cast.calendar.between(SETTLED + 5, SETTLED + 90, chance)
    return Residency(
        person=person,
        area=person.area,
        method=chance.choice(Residency.Method.values),
        state=ResidencyState.VERIFIED,
        state_since=at,
        identity=identity.person_mark(person.name, _born(chance)),
        verified_at=at,
        expires_at=at + RESIDENCY_VALID,
        created_at=at - timedelta(days=4),
    )


def _born(chance: random.Random) -> date:
    return date(1938, 1, 1) + timedelta(days=chance.randint(0, 70 * 365))
