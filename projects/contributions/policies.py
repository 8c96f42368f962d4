"""Who may want, offer, answer and confirm help. Nobody answers or confirms their own."""

from typing import Any

from django.utils.translation import gettext as _

from civic.accounts.policies import acts_for, member_of
from civic.core.errors import Forbidden
from projects.contributions.models import Contribution
from projects.contributions.states import HELPED
from projects.proposals import policies as proposals
from projects.proposals.models import Project

GIVER_VERBS = {"withdraw", "deliver"}
ANSWERS = {"accept", "decline", "verify", "send_back"}


def takes_help(project: Project) -> bool:
    """Whether help can be offered to the project in its present state."""
    return project.state in HELPED and not project.hidden_for


def manages(actor: Any, project: Project) -> bool:
    """Whether the person keeps the wanted list: the team."""
    return proposals.in_team(actor, project)


def gives(actor: Any, contribution: Contribution) -> bool:
    """Whether it is the person's own offer, or one of an organisation that they belong to."""
    if actor is None or not actor.is_authenticated:
        return False
    if contribution.person_id == actor.pk:
        return True
    return contribution.organisation is not None and member_of(actor, contribution.organisation)


def may(actor: Any, verb: str, contribution: Contribution) -> bool:
    """Whether the actor may do this, whatever the state.

    Verbs: withdraw, deliver (who offered, or acts for the organisation); accept, decline, verify, send_back
    (the team or who runs the call, and never who gives); see (all of them).
    """
    if actor is None or not actor.is_authenticated:
        return False
    giver = gives(actor, contribution)
    if verb in GIVER_VERBS:
        return giver and _still_acts(actor, contribution)
    project = contribution.want.project
    answers = proposals.in_team(actor, project) or proposals.may(actor, "review", project)
    return (giver or answers) if verb == "see" else verb in ANSWERS and answers and not giver


def _still_acts(actor: Any, contribution: Contribution) -> bool:
    return contribution.organisation is None or acts_for(actor, contribution.organisation)


def require(actor: Any, verb: str, contribution: Contribution) -> None:
    """Raises Forbidden where `may` says no."""
    if not may(actor, verb, contribution):
        raise Forbidden(_("Only the other side can do this: nobody answers or confirms their own help."))


def why_not_offer(project: Project) -> str:
    """Why nobody can offer help to the project now; empty if they can."""
    if takes_help(project):
        return ""
    return _("This project takes no help at the moment.")
