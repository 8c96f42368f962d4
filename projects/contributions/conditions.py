"""Whether a project takes help at this moment, whoever asks."""

from django.utils.translation import gettext as _

from projects.contributions.states import HELPED
from projects.proposals.models import Project


def takes_help(project: Project) -> bool:
    """Whether help can be offered to the project in its present state."""
    return project.state in HELPED and not project.hidden_for


def why_not_offer(project: Project) -> str:
    """Why nobody can offer help to the project now; empty if they can."""
    return "" if takes_help(project) else _("This project takes no help at the moment.")
