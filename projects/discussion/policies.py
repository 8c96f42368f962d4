"""Who may say, follow, report and decide what. `why_not_comment` says it to people."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from civic.accounts import groups
from civic.accounts.policies import in_group
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.states import CaseState
from projects.proposals.models import Project
from projects.proposals.states import ENDED, PRIVATE, ProjectState

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
    return _("Sign in to take part in the discussion.")


def may_edit(actor: Any, comment: Comment, at: datetime) -> bool:
    """Own, still shown, and no longer ago than the window for edits."""
    return _own(actor, comment) and at < comment.editable_until()


def may_delete(actor: Any, comment: Comment) -> bool:
    """Own, and still shown; what a moderator hid stays for the appeal."""
    return _own(actor, comment)


def _own(actor: Any, comment: Comment) -> bool:
    return actor.is_authenticated and comment.author_id == actor.pk and comment.is_shown


def may_moderate(actor: Any, case: ModerationCase) -> bool:
    """A moderator, and not on their own words."""
    return in_group(actor, groups.MODERATORS) and case.author_id != actor.pk


def may_review(actor: Any, case: ModerationCase) -> bool:
    """A moderator who neither made the first decision nor is party to the case."""
    parties = (case.decided_by_id, case.author_id, case.appealed_by_id)
    return may_moderate(actor, case) and actor.pk not in parties


def may_appeal(actor: Any, case: ModerationCase, at: datetime) -> bool:
    """The author against hiding and editing, a reporter against keeping; for six months, once."""
    until = case.appeal_until()
    if not actor.is_authenticated or until is None or at >= until:
        return False
    if case.state == CaseState.KEPT:
        return case.reports.filter(reporter=actor.pk).exists()
    return case.state in (CaseState.HIDDEN, CaseState.EDITED) and case.author_id == actor.pk


def reads_all(actor: Any, case: ModerationCase) -> bool:
    """Whether the person may read the text in question: its author and the council, not who reported it."""
    council = in_group(actor, groups.MODERATORS) or in_group(actor, groups.AUDITORS)
    return council or case.author_id == actor.pk
