"""Districts, the people who live in them (verified by the desk, by letter, or not yet), and organisations."""

import random
from datetime import date, timedelta
from itertools import chain, product

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.text import slugify

from civic.accounts import groups, identity, operations
from civic.accounts.models import Area, Membership, Organisation, Person, Residency
from civic.accounts.operations.residency import RESIDENCY_VALID, Facts
from civic.accounts.states import ResidencyState
from civic.demo import source
from civic.demo.city.cast import NEWCOMER, Cast
from civic.demo.models import Message
from civic.demo.sign_ins import password

SETTLED = -560
VERIFIED_SHARE = 0.86


def settle(cast: Cast, neighbours: int) -> None:
    """The city's districts, council staff, the people known by name, `neighbours` others, and organisations."""
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
    secret = make_password(password())
    staff(cast, secret)
    known(cast, secret)
    crowd(cast, neighbours)
    newcomer(cast)
    organisations(cast)


def staff(cast: Cast, secret: str) -> None:
    """The council: the administrator appoints the others to their groups."""
    everybody = source.read("people")["staff"]
    admin = next(one for one in everybody if one.get("superuser"))
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
    operations.invite_staff(
        actor=cast.people[admin["key"]],
        email="colleague@aldermere.example",
        groups=[groups.AUDITORS],
        reason="Audits the accounts of this year.",
        at=cast.calendar.at(-2, 10),
    )


def known(cast: Cast, secret: str) -> None:
    """The people with a name and a history, seen at the service desk by the data steward."""
    for one in source.read("people")["visible"]:
        person = cast.people[one["key"]] = _person(cast, one, secret)
        if one["key"] != NEWCOMER:
            chance = cast.chance("desk", one["key"])
            operations.verify_at_desk(
                actor=cast.clerk,
                person=person,
                facts=Facts(one["name"], _born(chance)),
                area=cast.areas[one["district"]],
                at=cast.calendar.between(SETTLED + 5, SETTLED + 60, chance),
            )
            cast.verified.add(person.pk)


def crowd(cast: Cast, number: int) -> None:
    """Everybody else, in bulk: districts by their size, most of them verified."""
    chance = cast.chance("crowd")
    listed, people = source.read("city")["districts"], source.read("people")
    homes = chance.choices([one["key"] for one in listed], [one["residents"] for one in listed], k=number)
    taken = {one["name"] for one in people["visible"] + people["staff"]}
    pairs = product(chain(*people["given"]), chain(*people["family"]))
    names = [name for pair in pairs if (name := " ".join(pair)) not in taken]
    rows = []
    for name, home in zip(chance.sample(names, number), homes, strict=True):
        about = chance.choice(people["about_me"]) if chance.random() < 0.15 else ""
        row = Person(
            email=source.email(slugify(name)),
            name=name,
            about=about,
            area=cast.areas[home],
            password="!",  # noqa: S106 - nobody can sign in with it
            joined_at=cast.calendar.between(SETTLED - 60, SETTLED - 1, chance),
        )
        rows.append(row)
        cast.neighbours.setdefault(home, []).append(row)
    Person.objects.bulk_create(rows)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, primary=True, verified=True) for one in rows
    )
    verified = [one for one in rows if chance.random() < VERIFIED_SHARE]
    Residency.objects.bulk_create(_residency(cast, one, chance) for one in verified)
    cast.verified.update(one.pk for one in verified)


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
    [letter] = operations.print_letters(actor=cast.clerk, residencies=[residency], at=calendar.at(-3, 10))
    Message.objects.create(
        recipient=person.email,
        sender="City of Aldermere, on paper",
        subject="A letter in your letter box: your code",
        text=(
            f"Dear {person.name},\n\nthe code that confirms your home in Aldermere is\n\n{letter.code}\n\n"
            "Enter it on your page within thirty days. If you did not ask for this letter, throw it away."
        ),
    )


def organisations(cast: Cast) -> None:
    """All organisations, checked by the city; its departments belong to staff, as the operation demands."""
    for one in source.read("organisations"):
        chance = cast.chance("organisation", one["key"])
        made = operations.create_organisation(
            actor=cast.people[one["owner"]],
            name=one["name"],
            kind=Organisation.Kind.DEPARTMENT if one["kind"] == "city" else one["kind"],
            about=one["about"],
            at=cast.calendar.between(-495, -470, chance),
        )
        Membership.objects.bulk_create(
            Membership(organisation=made, person=cast.people[member], role=Membership.Role.MANAGER)
            for member in one["members"]
        )
        checked = cast.calendar.between(-468, -460, chance)
        operations.check_organisation(actor=cast.manager, organisation=made, at=checked)
        cast.organisations[one["key"]] = made


def _person(cast: Cast, one: dict[str, str], secret: str, **fields: bool) -> Person:
    joined = (-21, -20) if one["key"] == NEWCOMER else (SETTLED - 60, SETTLED - 1)
    person = Person.objects.create(
        email=source.email(one["key"]),
        name=one["name"],
        about=one["bio"],
        area=cast.areas[one["district"]],
        password=secret,
        joined_at=cast.calendar.between(*joined, cast.chance("joined", one["key"])),
        **fields,
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


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
