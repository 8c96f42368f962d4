"""Projects as their authors wrote them, step by step through the real operations, up to the reviewers' answer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from civic.accounts.models import Person
from civic.core.money import Money
from civic.demo import source
from civic.demo.city.cast import Cast
from civic.demo.city.programme import MANAGER, euros
from civic.demo.pictures import caption, paint
from projects.calls.models import Call
from projects.proposals import operations
from projects.proposals.models import Project
from projects.proposals.operations.drafts import Cost, Goal
from projects.proposals.states import ProjectState

DRAFTED = [ProjectState.DRAFT]
SUBMITTED = [*DRAFTED, ProjectState.SUBMITTED]


@dataclass(frozen=True)
class Steps:
    """The days on which a proposal was begun, submitted and answered."""

    begun: int
    submitted: int
    answered: int


def propose(
    cast: Cast, call: Call, phases: dict[str, list[int]], one: dict[str, Any], *, pictures: bool
) -> Project:
    """One project, from its first draft to the state it is in at the end of the review."""
    author, state = cast.people[one["author"]], one.get("state", ProjectState.OPEN)
    days = _steps(cast, phases, one, state)
    project = _drafted(cast, call, one, author, days, pictures=pictures)
    if state in DRAFTED:
        return project
    operations.submit(actor=author, project=project, at=cast.calendar.at(days.submitted, 20, 15))
    if state not in SUBMITTED:
        _answered(cast, project, one, state, days)
    project.refresh_from_db()
    return project


def withdraw(cast: Cast, project: Project, one: dict[str, Any], day: int) -> None:
    """The author takes an open project back, saying why."""
    author = cast.people[one["author"]]
    operations.cancel(actor=author, project=project, reason=one["review"], at=cast.calendar.at(day, 21))
    project.refresh_from_db()


def _steps(cast: Cast, phases: dict[str, list[int]], one: dict[str, Any], state: str) -> Steps:
    """Inside of the call's phases and before today; drafts are recent, and what waits has not waited long."""
    chance = cast.chance("steps", one["key"])
    first, end = phases["proposals"]
    last = min(end, -1)
    begun = chance.randint(first, last - 8)
    submitted = begun + chance.randint(1, 3)
    answered = min(submitted + chance.randint(2, 5), last - 1)
    if state in SUBMITTED:
        begun, submitted = last - chance.randint(5, 7), last - chance.randint(1, 4)
    return Steps(begun, submitted, answered)


def _drafted(
    cast: Cast, call: Call, one: dict[str, Any], author: Person, days: Steps, *, pictures: bool
) -> Project:
    at = cast.calendar.at(days.begun, 18, 30)
    project = operations.begin(actor=author, call=call, title=one["title"], at=at)
    operations.describe(actor=author, project=project, fields=_description(cast, one), at=at)
    operations.set_goals(actor=author, project=project, goals=_goals(cast, one), at=at)
    operations.set_costs(actor=author, project=project, lines=_costs(call, one), at=at)
    if pictures and "picture" in one:
        upload = SimpleUploadedFile("picture.jpg", paint(one["picture"]), "image/jpeg")
        operations.add_picture(
            actor=author, project=project, upload=upload, alt=caption(one["picture"]), at=at
        )
    _gather(cast, project, one, author, days)
    return project


def _description(cast: Cast, one: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = one["at"]
    return {
        "pitch": one["pitch"],
        "story": one["story"].strip(),
        "theme": one["theme"],
        "area": cast.areas[one["district"]],
        "place": one["place"],
        "latitude": Decimal(str(latitude)),
        "longitude": Decimal(str(longitude)),
        "organisation": cast.organisations.get(one.get("organisation", "")),
    }


def _goals(cast: Cast, one: dict[str, Any]) -> list[Goal]:
    return [
        Goal(cast.organisations[goal["who"]], "", goal["brings"], goal["wants"])
        for goal in one["participants"]
    ]


def _costs(call: Call, one: dict[str, Any]) -> list[Cost]:
    return [Cost(label, Money(euros(amount), call.currency)) for label, amount in one["costs"].items()]


def _gather(cast: Cast, project: Project, one: dict[str, Any], author: Person, days: Steps) -> None:
    """The team: each is invited by address and accepts the same evening."""
    for key, role in one["team"].items():
        if key != one["author"]:
            at = cast.calendar.at(days.begun, 19, 10)
            invitation = operations.invite(
                actor=author, project=project, email=source.email(key), role=role, at=at
            )
            operations.accept(
                actor=cast.people[key], invitation=invitation, at=cast.calendar.at(days.begun, 21)
            )


def _answered(cast: Cast, project: Project, one: dict[str, Any], state: str, days: Steps) -> None:
    manager, at = cast.people[MANAGER], cast.calendar.at(days.answered, 11, 40)
    if state == ProjectState.RETURNED:
        operations.return_for_changes(actor=manager, project=project, reason=one["review"], at=at)
    elif state == ProjectState.REJECTED:
        operations.reject(actor=manager, project=project, reason=one["review"], at=at)
    else:
        operations.open_project(actor=manager, project=project, at=at)
