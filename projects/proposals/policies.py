"""Who may do what with a project."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.accounts.policies import Actor
from civic.core.errors import Forbidden
from projects.calls import policies as calls
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.proposals.models import Project, TeamMember
from projects.proposals.states import EDITABLE, REVISABLE, SUPPORTABLE, WITHDRAWABLE, ProjectState

TEAM_VERBS = {"edit", "submit", "cancel", "invite", "leave"}


def in_team(actor: Actor | None, project: Project) -> bool:
    """Whether the person is the author or has accepted a place in the team."""
    if actor is None or not actor.is_authenticated:
        return False
    if project.author_id == actor.pk:
        return True
    known = project.__dict__.get("people")
    if known is not None:  # read by queries.project_page with the project itself
        return any(row["person"] == str(actor.pk) for row in known)
    return TeamMember.objects.filter(project=project, person_id=actor.pk, accepted_at__isnull=False).exists()


def may(actor: Actor | None, verb: str, project: Project) -> bool:
    """Whether the actor may do this, whatever the state the project is in.

    Verbs: edit, submit, cancel, invite (the team); review, shortlist (who runs the call); support (anybody
    with an account).
    """
    if verb in TEAM_VERBS:
        return in_team(actor, project)
    if verb in ("review", "shortlist"):
        return calls.may(actor, verb, project.call)
    return verb == "support" and actor is not None and actor.is_authenticated


def require(actor: Actor | None, verb: str, project: Project) -> None:
    """Raises Forbidden where `may` says no."""
    if not may(actor, verb, project):
        raise Forbidden


def editable(project: Project) -> bool:
    """Whether the content can be changed at all in this state."""
    return project.state in EDITABLE or project.state in REVISABLE


def frozen(project: Project) -> str | Promise:
    """Why the content cannot be changed in this state, in words; empty where it can."""
    if editable(project):
        return ""
    if project.state == ProjectState.SHORTLISTED:
        return _(
            "The project stands on the ballot: until the vote is counted it stays as it is, so that people get what "
            "they vote for."
        )
    return _("The project is “%(state)s”; it cannot be changed now.") % {"state": project.get_state_display()}


def supportable(project: Project) -> bool:
    """Whether saying “I want this” still makes sense."""
    return project.state in SUPPORTABLE


def withdrawable(project: Project) -> bool:
    """Whether support can still be taken back."""
    return project.state in WITHDRAWABLE


def takes_submission(project: Project, call: Call, at: datetime) -> bool:
    """Whether the call takes it now: new ones in the proposals phase, returned ones during review as well."""
    phase = call.phase_at(at)
    if phase is None:
        return False
    if phase.kind == PhaseKind.PROPOSALS:
        return True
    return project.state == ProjectState.RETURNED and phase.kind == PhaseKind.REVIEW
