"""The plan of a delivery (its milestones with shares that make the whole), and news from the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.policies import require
from projects.delivery.models import WHOLE, Milestone, Update
from projects.delivery.states import NEWSWORTHY, PLANNABLE
from projects.proposals.models import Project
from projects.proposals.operations.revisions import locked
from projects.proposals.states import ProjectState

MOST = 12
LONGEST_NEWS = 4000


@dataclass(frozen=True)
class Part:
    """One milestone of a plan; `share_bp` in basis points."""

    title: str
    promise: str
    share_bp: int
    due_on: date


def plan(*, actor: Person, project: Project, parts: Sequence[Part], at: datetime) -> list[Milestone]:
    """Replaces the plan as a whole.

    While money is raised a plan that is there stays, since people pledge for it. Raises Forbidden, Conflict,
    Invalid (shares do not make 100 %, days not in order).
    """
    check(parts)
    with transaction.atomic():
        current = locked(project)
        require(actor, "plan", current)
        if current.state not in PLANNABLE:
            raise Conflict(_("The plan is fixed now: the vote or the work has begun."))
        if current.state == ProjectState.FUNDING and current.milestones.exists():
            raise Conflict(_("People give money for this plan now; it stays as it is."))
        current.milestones.all().delete()
        made = Milestone.objects.bulk_create(
            Milestone(project=current, number=number, state_since=at, **vars(part))
            for number, part in enumerate(parts, 1)
        )
        payload = {"shares": [part.share_bp for part in parts]}
        events.record("project.planned", actor=actor, subject=current, at=at, payload=payload)
    return made


def check(parts: Sequence[Part]) -> None:
    """Raises Invalid for a plan that cannot be one."""
    if not 0 < len(parts) <= MOST:
        raise Invalid(_("A plan has between 1 and %(most)s milestones.") % {"most": MOST})
    if any(part.share_bp <= 0 for part in parts):
        raise Invalid(_("Each milestone has a share of more than nothing."))
    total = sum(part.share_bp for part in parts)
    if total != WHOLE:
        words = _("The shares together must make exactly 100 %%; they make %(total)s %%.")
        raise Invalid(words % {"total": f"{total / 100:g}"})
    days = [part.due_on for part in parts]
    if days != sorted(days):
        raise Invalid(_("Put the milestones in the order in which they are due."))


def post_update(
    *, actor: Person, project: Project, title: str, text: str, token: UUID, at: datetime
) -> Update:
    """Posts news; who follows or supports the project is told. The same `token` posts once.

    Raises Forbidden (not the team), Conflict (project not public or over), Invalid (title, text).
    """
    missing = _("Say in a few words what is new.")
    title = required(" ".join(title.split()), missing, field="title", longest=120)
    text = required(text, _("Write at least a sentence."), field="text", longest=LONGEST_NEWS)
    with transaction.atomic():
        current = locked(project)
        require(actor, "post_update", current)
        sent = Update.objects.filter(author=actor, token=token).first()
        if sent:
            return sent
        if current.state not in NEWSWORTHY or current.hidden_for:
            raise Conflict(_("This project is not public, or it is over."))
        made = Update.objects.create(
            project=current, author=actor, title=title, text=text, token=token, posted_at=at
        )
        payload = {"update": str(made.pk)}
        events.record("project.update_posted", actor=actor, subject=current, at=at, payload=payload)
    return made
