"""Who plans, works, hands in and accepts. The steward who accepts is never of the team."""

from typing import Any

from civic.core.errors import Forbidden
from projects.delivery.models import Evidence, Milestone
from projects.proposals import policies as proposals
from projects.proposals.models import Project


def works_on(actor: Any, project: Project) -> bool:
    """Whether the person is of the team."""
    return proposals.in_team(actor, project)


def stewards(actor: Any, project: Project) -> bool:
    """Whether the person watches over the project for the city: runs the call, and is not of the team."""
    return proposals.may(actor, "review", project) and not proposals.in_team(actor, project)


def accepts(actor: Any, milestone: Milestone) -> bool:
    """A steward who brought none of the evidence, even one who has left the team since."""
    if not stewards(actor, milestone.project):
        return False
    return not Evidence.objects.filter(milestone=milestone, person=actor.pk).exists()


def plans(actor: Any, project: Project) -> bool:
    """The team, and the steward with it."""
    return works_on(actor, project) or stewards(actor, project)


def require(allowed: bool) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed:
        raise Forbidden
