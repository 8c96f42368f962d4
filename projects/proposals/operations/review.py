"""From the author's desk to the city's and back: submit, return, reject, open, cancel."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, IllegalTransition, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import may, require
from civic.core.states import transition
from projects.calls.models import Call
from projects.proposals import conditions
from projects.proposals.endings import ending
from projects.proposals.models import Project
from projects.proposals.operations.revisions import keep_revision, locked
from projects.proposals.readiness import checklist, missing

NOTE_MOST = 4000
NO_REASON = _("Give a reason that the author can act on.")


def submit(*, actor: Person, project: Project, at: datetime) -> Project:
    """Hands the proposal to the city and keeps what it says as a revision.

    The phase is read again here, inside the transaction: at the very end of the phase it is too late.
    Raises Forbidden, Conflict (the call takes no proposals now), Invalid (something is missing),
    IllegalTransition.
    """
    with transaction.atomic():
        # The call first, as `set_phases` does: the plan cannot change under this submission.
        call = lock_row(Call.objects, no_key=True, pk=project.call_id)
        current = locked(project)
        require(actor, "submit", current)
        if not conditions.takes_submission(current, call, at):
            raise Conflict(_("This call takes no proposals at the moment. Your draft is kept."))
        gaps = missing(checklist(current))
        if gaps:
            raise Invalid(
                _("Still missing: %(points)s.") % {"points": "; ".join(str(gap.text) for gap in gaps)}
            )
        transition(current, "submit", actor=actor, at=at)
        Project.objects.filter(pk=current.pk).update(submitted_at=at, version=current.version + 1)
        keep_revision(current, actor=actor, at=at)
    return current


def return_for_changes(*, actor: Person, project: Project, reason: str, at: datetime) -> Project:
    """Gives it back to its team with what to mend. Raises Forbidden, Invalid (no reason), IllegalTransition."""
    return _review(actor, project, "return", reason, at)


def reject(*, actor: Person, project: Project, reason: str, at: datetime) -> Project:
    """Refuses it with the reason, which its team reads. Raises Forbidden, Invalid (no reason), IllegalTransition."""
    return _review(actor, project, "reject", reason, at)


def _review(actor: Person, project: Project, verb: str, reason: str, at: datetime) -> Project:
    reason = required(reason, NO_REASON, longest=NOTE_MOST)
    with transaction.atomic():
        current = locked(project)
        require(actor, "review", current)
        transition(current, verb, actor=actor, at=at, reason=reason)
    return current


def open_project(*, actor: Person, project: Project, at: datetime, reason: str = "") -> Project:
    """Makes it public. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        current = locked(project)
        require(actor, "review", current)
        transition(current, "open", actor=actor, at=at, reason=reason.strip())
        Project.objects.filter(pk=current.pk).update(opened_at=at)
        current.opened_at = at
    return current


def cancel(*, actor: Person, project: Project, reason: str, at: datetime) -> Project:
    """Ends it, by its team (withdraw) or by who runs the call. What was public stays readable.

    On the ballot only the council can take it off. Raises Forbidden, Invalid (no reason), IllegalTransition.
    """
    reason = required(reason, NO_REASON, longest=NOTE_MOST)
    with ending(project, actor=actor, reason=reason, at=at):
        current = locked(project)
        verb = "shortlist" if current.ballot_number else "cancel"
        if not may(actor, "shortlist", current):
            require(actor, verb, current)
        transition(current, "cancel", actor=actor, at=at, reason=reason)
    return current


def end_with_call(*, call: Call, reason: str, at: datetime) -> None:
    """Cancels what the call that was called off still had before it, each with the reason of the call."""
    before, reason = [state for verb, state in Project.TRANSITIONS if verb == "cancel"], reason[:NOTE_MOST]
    for project in call.projects.filter(state__in=before).order_by("pk"):
        # One that has got further meanwhile stays, with all that hangs on it.
        with suppress(IllegalTransition), ending(project, actor=None, reason=reason, at=at):
            transition(locked(project), "cancel", actor=None, at=at, reason=reason)
