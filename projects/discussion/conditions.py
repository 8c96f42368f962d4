"""Whether a project is discussed at this moment, and why not. `why_not_comment` says it to people."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.proposals.models import Project
from projects.proposals.states import ENDED, PRIVATE, ProjectState

SIGN_IN = gettext_lazy("Sign in to take part in the discussion.")
# A project is discussed from the moment everybody can see it until it has come to its end.
DISCUSSED = [state for state in ProjectState if state not in {*PRIVATE, *ENDED}]


def why_closed(project: Project) -> str:
    """Why nobody can comment on the project now; empty while its discussion is open."""
    if project.state in PRIVATE:
        return _("The discussion opens when the project has been reviewed and is public.")
    if project.state not in DISCUSSED:
        return _("This project has come to its end, and its discussion with it. You can still read it.")
    return _("A moderator has hidden this project.") if project.hidden_for else ""


def why_not_comment(actor: Any, project: Project) -> str:
    """Why this person cannot comment on the project now; empty if they can."""
    closed = why_closed(project)
    if closed or actor.is_authenticated:
        return closed
    return str(SIGN_IN)
