"""What a campaign's outcome means for its project. Called by the slice that raises the money."""

from datetime import datetime

from django.db import transaction

from civic.core.states import transition
from projects.proposals.models import Project


def fund(*, project: Project, at: datetime) -> None:
    """The money came together. Raises IllegalTransition where the project is not raising money."""
    _end(project, "fund", at)


def miss_goal(*, project: Project, at: datetime) -> None:
    """The money did not come together. Raises IllegalTransition where the project is not raising money."""
    _end(project, "miss_goal", at)


def _end(project: Project, verb: str, at: datetime) -> None:
    with transaction.atomic():
        transition(project, verb, actor=None, at=at)
