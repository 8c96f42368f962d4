"""What every change of a project's content has in common: lock, look again, check, count up, keep a revision."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from projects.proposals import conditions
from projects.proposals.fields import names
from projects.proposals.models import Project, ProjectRevision
from projects.proposals.states import REVISABLE

REASON_MOST = 400


def locked(project: Project) -> Project:
    """The project as it stands now, locked until the transaction ends, with its call."""
    return lock_row(Project.objects.select_related("call"), pk=project.pk)


@contextmanager
def editing(
    *,
    actor: Person,
    project: Project,
    reason: str,
    at: datetime,
    what: str,
    version: int | None = None,
    terms: bool = False,
) -> Iterator[Project]:
    """Gives the locked project to change; saves it, counts it up and records what was changed.

    `version` is the one that the person saw (None: do not compare). `terms` says that cost, goals or
    benefits are changed, over which supporters may withdraw. Raises Forbidden, Conflict (frozen, or
    somebody else saved), Invalid (no reason).
    """
    with transaction.atomic():
        current = locked(project)
        require(actor, "edit", current)
        _check_open_to_change(current, version, reason)
        yield current
        _check(current)
        current.version += 1
        current.save()
        project.version = current.version
        _record(current, actor, reason, at, what, terms)


def _check_open_to_change(project: Project, version: int | None, reason: str) -> None:
    frozen = conditions.frozen(project)
    if frozen:
        raise Conflict(frozen, code="frozen")
    if version is not None and version != project.version:
        raise Conflict(
            _("Somebody else in the team saved a change while you were writing. What you typed is still here: "
              "compare it with the project, then save again to keep yours.")
        )  # fmt: skip
    if project.state in REVISABLE:
        required(
            reason, _("Say in a sentence what changed and why; supporters will read it."), longest=REASON_MOST
        )


def _check(project: Project) -> None:
    try:
        project.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Invalid(**{field: messages[0] for field, messages in error.message_dict.items()}) from None


def _record(project: Project, actor: Person, reason: str, at: datetime, what: str, terms: bool) -> None:
    if project.state not in REVISABLE:
        events.record("project.edited", actor=actor, subject=project, at=at, payload={"part": what})
        return
    number = keep_revision(project, actor=actor, at=at, reason=reason).number
    payload = {"part": what, "terms": terms, "revision": number}
    events.record("project.revised", actor=actor, subject=project, at=at, payload=payload, note=reason)


def keep_revision(project: Project, *, actor: Person, at: datetime, reason: str = "") -> ProjectRevision:
    """Keeps what the project says now; the caller holds its lock."""
    last = project.revisions.aggregate(last=Max("number"))["last"] or 0
    return ProjectRevision.objects.create(
        project=project, number=last + 1, author=actor, made_at=at, reason=reason, content=snapshot(project)
    )


def snapshot(project: Project) -> dict[str, Any]:
    """The public content: texts, place, cost lines, goals and what the pictures show."""
    return {
        **{name: str(getattr(project, name) or "") for name in names(revised=True)},
        "point": [str(project.latitude), str(project.longitude)] if project.latitude is not None else None,
        "cost_minor": project.cost_minor,
        "currency": project.currency,
        "cost_lines": [[line.label, line.amount_minor] for line in project.cost_lines.all()],
        "goals": [
            [str(goal), goal.brings, goal.wants] for goal in project.goals.select_related("organisation")
        ],
        "pictures": [picture.alt for picture in project.pictures.all()],
    }
