"""Where a project stands and what this person can do about it now: pure functions of state, phase and person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from projects.calls.call_page import Action
from projects.calls.call_page import action as call_action
from projects.proposals import conditions, project_page
from projects.proposals.models import Project
from projects.proposals.states import EDITABLE, ENDED, STAGES, ProjectState

# Side states stand at the stage that they left or wait for.
STANDS_AT = {
    ProjectState.DRAFT: ProjectState.SUBMITTED,
    ProjectState.RETURNED: ProjectState.SUBMITTED,
    ProjectState.REJECTED: ProjectState.SUBMITTED,
    ProjectState.UNFUNDED: ProjectState.SHORTLISTED,
    ProjectState.FAILED: ProjectState.DELIVERING,
    ProjectState.EVALUATED: ProjectState.COMPLETED,
}


@dataclass(frozen=True)
class Doing:
    """The primary action: support, or a link, or nothing with the reason."""

    support: bool = False
    link: Action | None = None
    why: str | Promise = ""


def steps(project: Project) -> list[dict[str, Any]]:
    """The stages for the stepper: done, current, todo. A cancelled project has only what it reached."""
    state = ProjectState(project.state)
    if state == ProjectState.CANCELLED:
        state = ProjectState.OPEN if project.opened_at else ProjectState.SUBMITTED
    here = STAGES.index(STANDS_AT.get(state, state))
    return [
        {
            "title": project.get_state_display() if place == here else stage.label,
            "state": "done" if place < here else "current" if place == here else "todo",
        }
        for place, stage in enumerate(STAGES)
    ]


def action(project: Project, actor: Any, *, mine: bool, at: datetime) -> Doing:
    """What this person can do with the project at that moment."""
    if mine and project.state in EDITABLE:
        return Doing(link=_mend(project))
    if project.state in ENDED:
        return Doing(why=_ended(project))
    if project.state == ProjectState.SHORTLISTED:
        return Doing(support=True, link=call_action(project.call, actor, at))
    if conditions.supportable(project):
        return Doing(support=True, link=project_page.offered(project, actor, at))
    return Doing(support=conditions.withdrawable(project) and _supports(project), why=_waiting(project))


def _supports(project: Project) -> bool:
    """Whether this person supports it: then the button is there to take that back."""
    return bool(project.__dict__.get("supported"))


def _mend(project: Project) -> Action:
    address = reverse("proposals:edit", args=[project.slug, "idea"])
    if project.state == ProjectState.RETURNED:
        return Action(_("Mend and hand in again"), address)
    return Action(_("Continue writing"), address)


def _ended(project: Project) -> str:
    if project.state == ProjectState.EVALUATED:
        return _("This project is completed and evaluated.")
    if project.state == ProjectState.UNFUNDED:
        return _("It did not win the vote, or missed its funding goal. The idea can be proposed again.")
    return _("This project has ended.")


def _waiting(project: Project) -> str:
    words = {
        ProjectState.SUBMITTED: _("The city is reading it. Support opens when it is accepted."),
        ProjectState.REJECTED: _("The city did not accept it; the reason stands on this page."),
        ProjectState.FUNDED: _("It has its money. Work begins soon."),
        ProjectState.DELIVERING: _("It is being made. Follow it to hear how it goes."),
        ProjectState.COMPLETED: _("It is finished. Thank you to everybody who took part."),
    }
    return words.get(ProjectState(project.state), _("Support opens when the city has reviewed it."))
