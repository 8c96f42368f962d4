"""Projects in any state, with as much of a team, costs, goals, pictures and supporters as a test asks for."""

import itertools
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from civic.accounts.models import Person
from civic.core import clock
from projects.calls.models import Call
from projects.proposals.models import CostLine, ParticipantGoal, Picture, Project, Support, TeamMember, Theme
from projects.proposals.states import PRIVATE, ProjectState
from tests.factories import accounts, calls

_numbers = itertools.count(1)


def project(call: Call | None = None, *, state: str = ProjectState.OPEN, **fields: Any) -> Project:
    """A complete project, open to everybody unless `state` says otherwise; its author is new unless given."""
    number = next(_numbers)
    now = clock.now()
    call = call or calls.call()
    defaults: dict[str, Any] = {
        "title": f"Project {number}",
        "slug": f"project-{number}",
        "pitch": f"What project {number} is about, in one sentence.",
        "story": "Why it is needed, what happens, who does it and what will be different afterwards.",
        "theme": Theme.GREEN,
        "place": "Riverside park",
        "currency": call.currency,
        "cost_minor": 12_000_00,
        "state": state,
        "submitted_at": None if state == ProjectState.DRAFT else now,
        "opened_at": None if state in PRIVATE else now,
        "state_since": timezone.now(),
    }
    if "author" not in fields:
        defaults["author"] = accounts.person()
    return Project.objects.create(call=call, **(defaults | fields))


def projects(count: int, call: Call, **fields: Any) -> list[Project]:
    """Many open projects at once."""
    start = next(_numbers)
    now = clock.now()
    defaults = {"state": ProjectState.OPEN, "opened_at": now, "theme": Theme.GREEN, "currency": call.currency}
    return Project.objects.bulk_create(
        Project(
            call=call,
            title=f"Idea {start}-{n}",
            slug=f"idea-{start}-{n}",
            cost_minor=1_000_00,
            **(defaults | fields),
        )
        for n in range(count)
    )


def complete_draft(call: Call | None = None, **fields: Any) -> Project:
    """A draft that has everything a submission needs."""
    fields.setdefault("area", accounts.area())
    made = project(call, **{"state": ProjectState.DRAFT, **fields})
    CostLine.objects.create(project=made, label="Materials", amount_minor=made.cost_minor)
    goal(made)
    return made


def goal(made: Project, **fields: Any) -> ParticipantGoal:
    """A participant of the project with what it brings and wants."""
    defaults = {"name": "Neighbours of Linnside", "brings": "Time on Saturdays", "wants": "A place to meet"}
    return ParticipantGoal.objects.create(project=made, **(defaults | fields))


def member(made: Project, person: Person | None = None, role: str = "Coordinator") -> TeamMember:
    """Somebody who has accepted their place in the team."""
    return TeamMember.objects.create(
        project=made, person=person or accounts.person(), role=role, accepted_at=clock.now()
    )


def support(made: Project, *people: Person) -> list[Support]:
    """These people (or one new one) support the project."""
    return [Support.objects.create(project=made, person=person) for person in people or [accounts.person()]]


def image(
    width: int = 320, height: int = 200, kind: str = "JPEG", colour: str = "teal", **options: Any
) -> bytes:
    """The bytes of a real image file."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, kind, **options)
    return buffer.getvalue()


def picture(made: Project, alt: str = "A green hill") -> Picture:
    """A stored picture of the project."""
    content = ContentFile(image(), name="a.jpg")
    thumb = ContentFile(image(64, 40), name="b.jpg")
    return Picture.objects.create(project=made, file=content, thumb=thumb, alt=alt)
