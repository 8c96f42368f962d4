"""Wanted lists and contributions in any state as the tests need them."""

from typing import Any
from uuid import uuid4

from civic.core import clock
from projects.contributions.models import Contribution, Kind, Want
from projects.contributions.states import ContributionState
from projects.proposals.models import Project
from tests.factories import accounts, proposals


def want(project: Project | None = None, **fields: Any) -> Want:
    """A line of a wanted list: twelve hours, unless told otherwise."""
    defaults = {"kind": Kind.TIME, "title": "Hands to plant trees", "amount": 12, "unit": "hours"}
    return Want.objects.create(project=project or proposals.project(), **(defaults | fields))


def contribution(
    line: Want | None = None, state: str = ContributionState.OFFERED, **fields: Any
) -> Contribution:
    """Four of what is wanted, offered by somebody new; without events."""
    now = clock.now()
    defaults: dict[str, Any] = {"amount": 4, "token": uuid4(), "offered_at": now, "state_since": now}
    if "person" not in fields:
        defaults["person"] = accounts.person()
    return Contribution.objects.create(want=line or want(), state=state, **(defaults | fields))
