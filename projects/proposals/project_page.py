"""What higher slices show on a project's page: panels, and the step to take; registered in their `panels.py`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from civic.core.panels import Panels
from civic.core.registry import Hook, Registry
from projects.calls.call_page import Action
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

Offer = Hook[[Project, Any, datetime], Action | None]


def _check(offer: Offer) -> Iterator[str]:
    if offer.slug not in ProjectState.values:
        yield "projects know no such state."


panels: Panels[[Project, Any, datetime], [Any]] = Panels("panel of a project's page")
# What somebody can do with a project in this state; None where there is nothing. It asks the database as little as a
# panel does.
offers: Registry[Offer] = Registry("step on a project's page", check=_check)


def offered(project: Project, actor: Any, at: datetime) -> Action | None:
    """The primary action that a higher slice offers, if one does."""
    offer = offers.get(project.state)
    return offer(project, actor, at) if offer else None
