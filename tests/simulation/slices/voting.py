"""A call votes: people cast and replace, on paper too, projects leave the ballot; the clock seals and counts."""

import io
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Q

from civic.accounts.models import Area, Person, Residency
from civic.accounts.operations.residency import Facts
from civic.accounts.states import ResidencyState
from civic.core.errors import Refused
from projects.calls.models import Call, Phase
from projects.calls.states import CallState, PhaseKind
from projects.proposals import operations as project_operations
from projects.proposals.models import Project
from projects.proposals.states import ProjectState
from projects.voting import operations, pabulib, publication, rules
from projects.voting.models import Ballot, PaperBallot, Tally
from projects.voting.states import PAPER_WAITS
from tests.factories import proposals
from tests.simulation.clock import due
from tests.simulation.draws import Draw, Void, a, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.role import as_owner
from tests.simulation.slices.residency import (
    AREA,
    DOMAIN,
    HUMANS,
    SETTLED,
    STEWARD,
    check_entitled,
    move_by_letter,
    verify_at_desk,
    withdraw_residency,
)
from tests.simulation.world import manager

POLLED = Q(poll__isnull=False, state=CallState.OPEN)
ORDER = Draw(lambda chance: chance.sample(range(4), 4))


@due
def ends_of_voting() -> Iterator[datetime]:
    voting = Phase.objects.filter(kind=PhaseKind.VOTING, call__state=CallState.OPEN)
    yield from voting.values_list("ends_at", flat=True)


@verb(
    1,
    kind=one_of(*Call.BallotKind.values),
    rule=one_of(*Call.TallyRule.values),
    days=one_of(1, 10, 10),
    cost=one_of(40_00, 33_33, 90_00),
    least_age=one_of(None, None, None, 16),
    district=one_of("", "", "", "", "Harbour"),
)
def start_vote(
    city: City, kind: str, rule: str, days: int, cost: int, least_age: int | None, district: str
) -> None:
    """A call with four projects on its ballot begins to vote."""
    slug = f"vote-{city.number}"
    begin = city.at + timedelta(seconds=1)
    with as_owner():  # its proposals have come so far before
        call = Call.objects.create(
            title=slug, slug=slug, summary="A vote.", budget_minor=100_00, currency="EUR", ballot_kind=kind,
            tally_rule=rule, state=CallState.OPEN, minimum_age=least_age,
        )  # fmt: skip
        if district:
            call.areas.add(Area.objects.get(name=district))
        Phase.objects.create(
            call=call, kind=PhaseKind.VOTING, starts_at=begin, ends_at=begin + timedelta(days=days)
        )
        for number in range(1, 5):
            proposals.project(
                call,
                author=None,
                state=ProjectState.SHORTLISTED,
                ballot_number=str(number),
                cost_minor=cost,
                slug=f"{slug}-{number}",
            )
    operations.prepare_poll(call=call, at=city.at)
    city.clock.at_least(begin)


def choices(call: Call, order: list[int], most: int) -> dict[UUID, int]:
    projects = list(call.projects.filter(state=ProjectState.SHORTLISTED).order_by("pk"))
    named = [projects[place] for place in order if place < len(projects)][:most]
    if not named:
        raise Void("project")
    ranked = call.ballot_kind == Call.BallotKind.RANKING
    return {project.pk: place if ranked else 1 for place, project in enumerate(named, start=1)}


NOW = POLLED & Q(poll__sealed_at=None)
VOTER = a(Person, likely=SETTLED, only=Q(is_staff=False, is_active=True))


@verb(8, person=VOTER, call=a(Call, likely=NOW, only=POLLED), order=ORDER, most=one_of(1, 2, 3, 4))
def cast(city: City, person: Person, call: Call, order: list[int], most: int) -> None:
    operations.cast_ballot(actor=person, slug=call.slug, choices=choices(call, order, most), at=city.at)
    check_entitled(city, person, call)


@verb(
    1.5,
    kind=one_of(*Call.BallotKind.values, Call.BallotKind.RANKING),
    rule=one_of(*Call.TallyRule.values),
    voters=one_of(3, 5, 8),
    officer=manager(),
    leaves=one_of(True, True, False),
    ends=one_of(True, False),
    seed=Draw(lambda chance: chance.randint(0, 2**31)),
)
def hold_a_vote(
    city: City, kind: str, rule: str, voters: int, officer: Person, leaves: bool, ends: bool, seed: int
) -> None:
    """A vote in which some take part; a project may leave the ballot, and time may pass until it is counted."""
    chance = random.Random(seed)
    start_vote(city, kind, rule, chance.choice((1, 10)), chance.choice((40_00, 33_33, 90_00)), None, "")
    call = Call.objects.get(slug=f"vote-{city.number}")
    able = list(Person.objects.filter(SETTLED, is_staff=False, is_active=True).distinct().order_by("pk"))
    for person in chance.sample(able, min(voters, len(able))):
        cast(city, person, call, chance.sample(range(4), 4), chance.choice((1, 2, 3, 4)))
    if leaves:
        take_off_the_ballot(city, officer, chance.choice(list(call.projects.order_by("pk"))))
    if ends:
        city.clock.hop(call.phases.get().ends_at - city.at + timedelta(hours=1), chance)


# In which order somebody with two accounts uses them; what is refused on the way is tried and passed over.
WAYS = one_of(
    ("a desk", "a vote", "a withdraw", "a letter", "b desk", "b vote"),
    ("a desk", "a vote", "a withdraw", "b desk", "b vote"),
    ("a letter", "a vote", "b desk", "b vote", "a withdraw", "a desk", "a vote"),
    ("b desk", "a desk", "b vote", "a vote", "b withdraw", "b letter", "a desk", "a vote"),
)


@verb(
    5,
    number=one_of(0, 1, 1),
    steward=STEWARD,
    call=a(Call, likely=NOW, only=POLLED),
    area=AREA,
    ways=WAYS,
    left_out=one_of(None, None, 0, 1, 2, 3),
    order=ORDER,
)
def try_to_vote_twice(
    city: City,
    number: int,
    steward: Person,
    call: Call,
    area: Area,
    ways: tuple[str, ...],
    left_out: int | None,
    order: list[int],
) -> None:
    """Somebody uses both accounts, and a housemate that nobody has ever seen."""
    for place, way in enumerate(ways):
        account, _space, what = way.partition(" ")
        person = Person.objects.filter(email=f"{account}{number}@{DOMAIN}", is_active=True).first()
        if place == left_out or person is None:  # who erased the account has no address left
            continue
        try:
            if what == "desk":
                verify_at_desk(city, steward, person, area)
            elif what == "letter":
                move_by_letter(city, steward, person, area, "Housemate One", number + 1)
            elif what == "vote":
                cast(city, person, call, order, 1)
            else:
                withdraw_residency(city, Residency.objects.get(person=person, state=ResidencyState.VERIFIED))
        except (Refused, ObjectDoesNotExist):
            continue


@verb(1, clerk=manager(), call=a(Call, likely=NOW, only=POLLED), number=one_of(*range(8)))
def hand_out_paper(city: City, clerk: Person, call: Call, number: int) -> None:
    """Somebody comes without an account, or with one."""
    walk_in = Facts(f"Walk In {number}", date(1950, 1, 1 + number), f"P-{number}")
    facts = [*HUMANS, walk_in][min(number, len(HUMANS))]
    operations.hand_out_paper(actor=clerk, call=call, facts=facts, at=city.at)


@verb(3, clerk=manager(), call=a(Call, only=POLLED), serial=one_of(*"ABC"), order=ORDER)
def enter_paper(city: City, clerk: Person, call: Call, serial: str, order: list[int]) -> None:
    said = choices(call, sorted(order[:2]), 1)
    operations.enter_paper(actor=clerk, call=call, serial=serial, choices=said, at=city.at)


WAITING = Q(state__in=PAPER_WAITS)


@verb(1, clerk=manager(), paper=a(PaperBallot, likely=WAITING))
def refuse_paper(city: City, clerk: Person, paper: PaperBallot) -> None:
    operations.refuse_paper(actor=clerk, paper=paper, reason="No stamp", at=city.at)


@verb(0.5, officer=manager(), ballot=a(Ballot))
def void_ballot(city: City, officer: Person, ballot: Ballot) -> None:
    operations.void_ballot(actor=officer, ballot=ballot, reason="Cast under threat", at=city.at)


@verb(0.7, officer=manager(), project=a(Project, only=Q(state=ProjectState.SHORTLISTED)))
def take_off_the_ballot(city: City, officer: Person, project: Project) -> None:
    project_operations.cancel(actor=officer, project=project, reason="The land was sold", at=city.at)


@holds()
def one_counted_ballot_a_person(city: City) -> Iterator[str]:
    twice = Ballot.objects.live().values("call", "voter").annotate(n=Count("pk")).filter(n__gt=1)
    yield from map(str, twice)


@holds("quiet")
def the_published_file_has_the_published_winners(city: City) -> Iterator[str]:
    """Read and counted anew from its text alone, once a call."""
    recounted = city.memory.setdefault("recounted", set())
    for tally in Tally.objects.exclude(pk__in=recounted).select_related("call"):
        recounted.add(tally.pk)
        text = "".join(publication.pabulib_lines(tally)).encode()
        election = pabulib.election(pabulib.read(io.BytesIO(text), tally.call.slug))
        outcome = rules.tally(election, rule=tally.rule, seed=tally.seed)
        if (list(outcome.winners), election.digest()) != (tally.trace["winners"], tally.input_digest):
            yield f"{tally.call.slug}: {outcome.winners} and not {tally.trace['winners']}"


@holds("end")
def every_vote_is_decided(city: City) -> Iterator[str]:
    """But for papers that wait for somebody: no clock may drop them."""
    papers = PaperBallot.objects.filter(WAITING).values("call")
    open_votes = Call.objects.filter(poll__isnull=False).exclude(
        state__in=[CallState.DECIDED, CallState.CALLED_OFF]
    )
    yield from open_votes.exclude(pk__in=papers).values_list("slug", flat=True)
