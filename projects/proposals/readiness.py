"""What a proposal needs before it can be submitted, and what makes it strong."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.core.money import Money
from projects.calls.models import Call
from projects.proposals.models import Project

STORY_LEAST = 80
STORY_GOOD = 600


@dataclass(frozen=True)
class Point:
    """One point of the checklist: which step it is about, whether it is met, and whether it must be."""

    step: str
    text: str | Promise
    met: bool
    required: bool = True


def checklist(project: Project) -> list[Point]:
    """All points for this project; asks the database for its lines, goals and pictures."""
    lines = list(project.cost_lines.all())
    goals = list(project.goals.all())
    pictures = list(project.pictures.all())
    return [*_needed(project, bool(lines)), *_strong(project, bool(goals), bool(pictures))]


def _needed(project: Project, has_costs: bool) -> list[Point]:
    return [
        Point("idea", _("A title and a pitch in one sentence"), bool(project.title and project.pitch)),
        Point("idea", _("A theme"), bool(project.theme)),
        Point("story", _("A story: why, what, who and by when"), len(project.story.strip()) >= STORY_LEAST),
        Point("place", _("The place or district"), bool(project.area_id or project.place)),
        Point("costs", _("What it costs, line by line"), has_costs),
        Point(
            "costs",
            _("A cost within the limits of the call"),
            cost_refusal(project.cost, project.call) is None,
        ),
    ]


def _strong(project: Project, has_goals: bool, has_pictures: bool) -> list[Point]:
    return [
        Point(
            "story",
            _("Enough detail to picture it (about 100 words)"),
            len(project.story) >= STORY_GOOD,
            False,
        ),
        Point("place", _("The exact spot on the map"), project.latitude is not None, False),
        Point("people", _("Who takes part: what they bring and what they want"), has_goals, False),
        Point("pictures", _("A picture of the place or of what it will be"), has_pictures, False),
    ]


def missing(points: Iterable[Point]) -> list[Point]:
    """The points that keep it from being submitted."""
    return [point for point in points if point.required and not point.met]


def cost_refusal(cost: Money | None, call: Call) -> str | None:
    """Why this cost does not fit the call, in words; None where it does or is unknown."""
    if cost is None:
        return None
    highest = call.cost_max or call.budget
    if highest < cost:
        return _("It costs %(cost)s; this call pays at most %(most)s a project.") % {
            "cost": cost,
            "most": highest,
        }
    if call.cost_min is not None and cost < call.cost_min:
        return _("It costs %(cost)s; this call starts at %(least)s a project.") % {
            "cost": cost,
            "least": call.cost_min,
        }
    return None
