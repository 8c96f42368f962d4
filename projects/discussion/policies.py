"""Who may say, report and decide what."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import policy
from projects.discussion.conditions import SIGN_IN
from projects.discussion.models import Comment, ModerationCase
from projects.discussion.states import CaseState
from projects.proposals.models import Project


@policy(Project, "comment", refusal=SIGN_IN)
def anybody(actor: Person, project: Project) -> bool:
    """Everybody with an account."""
    return True


@policy(Comment, "edit")
@policy(
    Comment,
    "delete",
    refusal=_("Only its author can take a comment back, and not after a moderator has hidden it."),
)
def owns(actor: Person, comment: Comment) -> bool:
    """The author, while it is shown; what a moderator hid stays for the appeal."""
    return comment.author_id == actor.pk and comment.is_shown


@policy("discussion", "moderate")
def moderates_discussion(actor: Person, area: object) -> bool:
    """Moderators."""
    return in_group(actor, groups.MODERATORS)


@policy(ModerationCase, "decide", refusal=_("Moderators decide, and not about what they wrote themselves."))
def moderates(actor: Person, case: ModerationCase) -> bool:
    """A moderator, and not on their own words."""
    return moderates_discussion(actor, case) and case.author_id != actor.pk


@policy(
    ModerationCase, "review", refusal=_("An appeal is decided by another moderator than the first decision.")
)
def reviews(actor: Person, case: ModerationCase) -> bool:
    """A moderator who neither made the first decision nor is party to the case."""
    parties = (case.decided_by_id, case.author_id, case.appealed_by_id)
    return moderates(actor, case) and actor.pk not in parties


@policy(ModerationCase, "appeal")
def appeals(actor: Person, case: ModerationCase) -> bool:
    """The author against hiding and editing, a reporter against keeping; once."""
    if case.state == CaseState.KEPT:
        return case.reports.filter(reporter=actor.pk).exists()
    return case.state in (CaseState.HIDDEN, CaseState.EDITED) and case.author_id == actor.pk


@policy(ModerationCase, "read_text")
def reads_all(actor: Person, case: ModerationCase) -> bool:
    """Its author and the council, not who reported it."""
    return in_group(actor, groups.MODERATORS, groups.AUDITORS) or case.author_id == actor.pk
