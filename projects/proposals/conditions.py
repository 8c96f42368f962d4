"""Whether something can be done with a project at this moment, whoever asks."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.proposals.models import Project
from projects.proposals.states import EDITABLE, REVISABLE, SUPPORTABLE, WITHDRAWABLE, ProjectState


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
