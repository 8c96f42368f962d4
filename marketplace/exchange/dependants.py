"""Needs of data follow the end of their project."""

from marketplace.exchange import locking
from marketplace.exchange.operations.needs import end_with_project
from projects.proposals.endings import Dependant, dependants
from projects.proposals.models import Project


def lock(project: Project) -> None:
    """All its needs, before the project itself."""
    locking.lock_needs_of(project)


dependants.register(Dependant("data-needs", lock, end_with_project))
