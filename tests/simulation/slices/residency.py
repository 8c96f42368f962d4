"""People have confirmed where they live, by letter and at the desk; some have two accounts, some invent somebody."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from civic.accounts import groups, identity
from civic.accounts.models import Area, Person, Residency
from civic.accounts.operations import residency as residencies
from civic.accounts.operations.residency import Facts
from civic.accounts.states import ResidencyState
from projects.calls.models import Call, Phase
from projects.calls.states import CallState, PhaseKind
from projects.voting.models import Ballot, PaperVoter
from projects.voting.secrecy import voter_mark
from tests.factories import accounts
from tests.simulation.clock import due
from tests.simulation.draws import a, one_of
from tests.simulation.engine import City, Violation, holds, verb

# Who there is, whatever accounts say: each has two accounts, and a document that shows who it is. One is a child.
HUMANS = [
    Facts("Ada Ahlers", date(1970, 5, 1), "D-1"),
    Facts("Bo Brandt", date(1985, 2, 28), "D-2"),
    Facts("Cleo Child", date(2020, 7, 1), "D-3"),
]
DOMAIN = "two.example.org"
STEWARD = a(Person, only=Q(groups__name=groups.DATA_STEWARDS))
SETTLED = Q(residencies__state=ResidencyState.VERIFIED)
OURS = Q(email__endswith=DOMAIN, is_active=True)
WHO = a(Person, likely=OURS & ~SETTLED, only=Q(is_staff=False, is_active=True))
AREA = a(Area)
CODE_SENT = ResidencyState.CODE_SENT


def settle() -> None:
    """Two accounts of each human, and districts to live in."""
    city = Area.objects.get(name="Aldermere")
    for name in ("Old Town", "Harbour"):
        accounts.area(name, parent=city)
    for _number in range(2):
        accounts.staff(groups.DATA_STEWARDS)
    for number in range(len(HUMANS)):
        for account in "ab":
            accounts.person(f"{account}{number}@{DOMAIN}")


def human_of(person: Person) -> Facts | None:
    """Who comes to the desk with this account."""
    name, _at, domain = person.email.partition("@")
    return HUMANS[int(name[1:])] if domain == DOMAIN else None


@due
def ends_of_residencies() -> Iterator[datetime | None]:
    live = Residency.objects.filter(state__in=[CODE_SENT, ResidencyState.VERIFIED])
    yield from live.values_list("expires_at", flat=True)


@verb(2.5, steward=STEWARD, person=WHO, area=AREA)
def verify_at_desk(city: City, steward: Person, person: Person, area: Area) -> None:
    """Somebody comes with papers, which are true; whose they are is remembered here, apart from every account."""
    facts = human_of(person) or Facts(f"Somebody {person.email}", date(1960, 1, 1), f"P-{person.email}")
    residencies.verify_at_desk(actor=steward, person=person, facts=facts, area=area, at=city.at)
    city.memory.setdefault("seen", {}).setdefault(facts.document, set()).add(person.pk)


NAMES = one_of("own", "own", "Housemate One", "Housemate Two")


@verb(1, person=WHO, area=AREA, name=NAMES, house=one_of(1, 2, 3))
def ask_letter(city: City, person: Person, area: Area, name: str, house: int) -> None:
    facts = human_of(person)
    if name == "own" or facts is None:
        name, born = (facts.name, facts.born) if facts else (person.name, date(1950, 2, 3))
    else:
        born = date(1990, 9, 9)
    residencies.request_letter(
        actor=person, name=name, born=born, address=f"Quay {house}", area=area, at=city.at
    )


@verb(1, steward=STEWARD, asked=a(Residency, likely=Q(state=ResidencyState.REQUESTED)))
def print_letter(city: City, steward: Person, asked: Residency) -> None:
    [letter] = residencies.print_letters(actor=steward, residencies=[asked], at=city.at)
    city.memory.setdefault("codes", {})[asked.pk] = letter.code


@verb(1.5, asked=a(Residency, likely=Q(state=CODE_SENT)), right=one_of(True, True, True, False))
def confirm_code(city: City, asked: Residency, right: bool) -> None:
    """The letter has come, or somebody guesses."""
    code = city.memory.get("codes", {}).get(asked.pk, "") if right else "AAAA-AAAA"
    residencies.confirm_code(actor=asked.person, code=code, at=city.at)


@verb(2, steward=STEWARD, person=WHO, area=AREA, name=NAMES, house=one_of(1, 2, 3))
def move_by_letter(city: City, steward: Person, person: Person, area: Area, name: str, house: int) -> None:
    """A letter is asked for, printed and answered without trouble."""
    ask_letter(city, person, area, name, house)
    asked = Residency.objects.filter(person=person).latest("created_at")
    print_letter(city, steward, asked)
    confirm_code(city, asked, True)


@verb(0.3, steward=STEWARD, asked=a(Residency, likely=Q(state__in=[ResidencyState.REQUESTED, CODE_SENT])))
def reject_residency(city: City, steward: Person, asked: Residency) -> None:
    residencies.reject_residency(actor=steward, residency=asked, reason="No such house.", at=city.at)


@verb(
    2,
    of=a(
        Residency,
        likely=Q(state=ResidencyState.VERIFIED, person__email__endswith=DOMAIN),
        only=Q(person__is_active=True),
    ),
)
def withdraw_residency(city: City, of: Residency) -> None:
    residencies.withdraw_residency(actor=of.person, residency=of, at=city.at)


def check_entitled(city: City, person: Person, call: Call) -> None:
    """Raises Violation where somebody has cast who may not: recounted from the call's rules, not by the ballot box."""
    own = [
        one
        for one in Residency.objects.filter(person=person).select_related("area")
        if one.state == ResidencyState.VERIFIED and (one.expires_at is None or one.expires_at > city.at)
    ]
    if call.eligibility == Call.Eligibility.VERIFIED and not own:
        raise Violation("somebody voted who is not verified", str(person.pk))
    areas = {one.pk for one in call.areas.all()}
    if areas and not any({one.area_id, one.area.parent_id} & areas for one in own):
        raise Violation("somebody voted from another district", str(person.pk))
    facts = human_of(person)
    seen = person.pk in city.memory.get("seen", {}).get(facts.document, ()) if facts else False
    if facts and seen and call.minimum_age and age(facts.born, city.at.date()) < call.minimum_age:
        raise Violation("somebody voted who is too young", str(person.pk))


def age(born: date, day: date) -> int:
    """Years that are over."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@holds()
def one_human_votes_once(city: City) -> Iterator[str]:
    """However many accounts and papers: by the papers that the desk has seen, which no clean-up of ours can forget."""
    seen: dict[str, set[object]] = city.memory.get("seen", {})
    voting = Phase.objects.filter(kind=PhaseKind.VOTING, call__state=CallState.OPEN)
    for call in Call.objects.filter(pk__in=voting.values("call")):
        cast = set(Ballot.objects.live().filter(call=call).values_list("voter", flat=True))
        papers = set(PaperVoter.objects.filter(call=call).values_list("document", flat=True))
        for document, accounts_ in seen.items():
            ways = [key for key in accounts_ if voter_mark(call.pk, key) in cast]  # type: ignore[arg-type]
            if len(ways) + (identity.document_mark(document) in papers) > 1:
                yield f"{document} in {call.slug}: {len(ways)} accounts"


@holds("end")
def letters_and_marks_end(city: City) -> Iterator[str]:
    """No letter waits for an answer that can't come any more, and what is over is forgotten."""
    for one in Residency.objects.filter(state=CODE_SENT, state_since__lt=city.at - timedelta(days=31)):
        yield f"a letter of {one.state_since:%d %b}"
    over = Residency.objects.exclude(state__in=[ResidencyState.REQUESTED, CODE_SENT, ResidencyState.VERIFIED])
    for one in over:
        if one.recipient or one.address or one.born or one.code_hash:
            yield f"{one.state}, and its letter is not forgotten"
        old = one.state_since and one.state_since < city.at - identity.HOLD - timedelta(days=1)
        if old and (one.identity or one.document):
            counting = Residency.objects.filter(person=one.person_id, verified_at__isnull=False).filter(
                Q(state=ResidencyState.VERIFIED) | Q(state_since__gte=city.at - identity.HOLD)
            )
            if not counting.exists():
                yield f"{one.state}, and its marks are kept"
