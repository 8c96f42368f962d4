"""Projects as their authors wrote them, step by step through the real operations, up to the reviewers' answer."""

from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from civic.core.money import Money
from civic.demo import source
from civic.demo.city.cast import Cast
from civic.demo.pictures import caption, paint
from projects.calls.models import Call
from projects.proposals import operations
from projects.proposals.models import Project
from projects.proposals.operations.drafts import Cost, Goal
from projects.proposals.states import ProjectState

UNANSWERED = [ProjectState.DRAFT, ProjectState.SUBMITTED]


def propose(
    cast: Cast, call: Call, phases: dict[str, list[int]], one: dict[str, Any], *, pictures: bool
) -> Project:
    """One project, from its first draft to the state it is in at the end of the review."""
    author, state = cast.people[one["author"]], one.get("state", ProjectState.OPEN)
    begun, submitted, answered = _days(cast, phases, one, state)
    project = _drafted(cast, call, one, begun, pictures=pictures)
    if state == ProjectState.DRAFT:
        return project
    operations.submit(actor=author, project=project, at=cast.calendar.at(submitted, 20, 15))
    manager, at = cast.manager, cast.calendar.at(answered, 11, 40)
    if state == ProjectState.RETURNED:
        operations.return_for_changes(actor=manager, project=project, reason=one["review"], at=at)
    elif state == ProjectState.REJECTED:
        operations.reject(actor=manager, project=project, reason=one["review"], at=at)
    elif state != ProjectState.SUBMITTED:
        operations.open_project(actor=manager, project=project, at=at)
    project.refresh_from_db()
    return project


def withdraw(cast: Cast, project: Project, one: dict[str, Any], day: int) -> None:
    """The author withdraws an open project, saying why."""
    author = cast.people[one["author"]]
    operations.cancel(actor=author, project=project, reason=one["review"], at=cast.calendar.at(day, 21))
    project.refresh_from_db()


def _days(cast: Cast, phases: dict[str, list[int]], one: dict[str, Any], state: str) -> tuple[int, int, int]:
    """When it was begun, submitted and answered, inside of the call's phases and before today.

    Drafts are recent, and what waits has not waited long.
    """
    chance = cast.chance("steps", one["key"])
    first, end = phases["proposals"]
    last = min(end, -1)
    begun = chance.randint(first, last - 8)
    submitted = begun + chance.randint(1, 3)
    answered = min(submitted + chance.randint(2, 5), last - 1)
    if state in UNANSWERED:
        begun, submitted = last - chance.randint(5, 7), last - chance.randint(1, 4)
    return begun, submitted, answered


def _drafted(cast: Cast, call: Call, one: dict[str, Any], day: int, *, pictures: bool) -> Project:
    """The draft, and its team: each is invited by address and accepts the same evening."""
    author, at = cast.people[one["author"]], cast.calendar.at(day, 18, 30)
    project = operations.begin(actor=author, call=call, title=one["title"], at=at)
    latitude, longitude = one["at"]
    description = {
        "pitch": one["pitch"],
        "story": one["story"].strip(),
        "theme": one["theme"],
        "area": cast.areas[one["district"]],
        "place": one["place"],
        "latitude": Decimal(str(latitude)),
        "longitude": Decimal(str(longitude)),
        "organisation": cast.organisations.get(one.get("organisation", "")),
    }
    operations.describe(actor=author, project=project, fields=description, at=at)
    goals = [
        Goal(cast.organisations[goal["who"]], "", goal["brings"], goal["wants"])
        for goal in one["participants"]
    ]
    operations.set_goals(actor=author, project=project, goals=goals, at=at)
    costs = [
        Cost(label, Money(source.minor(amount), call.currency)) for label, amount in one["costs"].items()
    ]
    operations.set_costs(actor=author, project=project, lines=costs, at=at)
    if pictures and "picture" in one:
        upload = SimpleUploadedFile("picture.jpg", paint(one["picture"]), "image/jpeg")
        alt = caption(one["picture"])
        operations.add_picture(actor=author, project=project, upload=upload, alt=alt, at=at)
    for key, role in one["team"].items():
        if key != one["author"]:
            invited, accepted = cast.calendar.at(day, 19, 10), cast.calendar.at(day, 21)
            invitation = operations.invite(
                actor=author, project=project, email=source.email(key), role=role, at=invited
            )
            operations.accept(actor=cast.people[key], invitation=invitation, at=accepted)
    return project
