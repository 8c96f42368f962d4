"""Writing a proposal: begun with a title, then filled in step by step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation, Person
from civic.core import events, ids
from civic.core.errors import Conflict, Invalid, required
from civic.core.money import Money
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.proposals.fields import names
from projects.proposals.models import CostLine, ParticipantGoal, Project
from projects.proposals.operations.revisions import editing
from projects.proposals.readiness import cost_refusal
from projects.proposals.states import EDITABLE, RAISED, ProjectState

MOST_DRAFTS = 20
MOST_ROWS = 40
RESERVED = {"new", "covers", "invitations"}


class Cost(NamedTuple):
    """A cost line as somebody types it."""

    label: str
    amount: Money


class Goal(NamedTuple):
    """A participant's goal as somebody types it."""

    organisation: Organisation | None
    name: str
    brings: str
    wants: str


def begin(*, actor: Person, call: Call, title: str, at: datetime, key: UUID | None = None) -> Project:
    """Starts a draft in a call that takes proposals. The same `key` sent twice gives the same draft.

    Raises Conflict (the call takes no proposals, too many drafts), Invalid (title).
    """
    key = key or ids.new_id()
    with transaction.atomic():
        known = Project.objects.filter(pk=key, author=actor).first()
        if known:
            return known
        phase = call.phase_at(at)
        if phase is None or phase.kind != PhaseKind.PROPOSALS:
            raise Conflict(_("This call takes no proposals at the moment."))
        if Project.objects.filter(author=actor, call=call, state=ProjectState.DRAFT).count() >= MOST_DRAFTS:
            raise Conflict(_("You have many drafts in this call already. Finish or cancel one first."))
        return _create(actor, call, _title(title), key, at)


def _title(title: str) -> str:
    missing = _("Give your idea a title of at most 120 characters.")
    return required(" ".join(title.split()), missing, field="title", longest=120)


def _create(actor: Person, call: Call, title: str, key: UUID, at: datetime) -> Project:
    slug = slugify(title)[:140] or "project"
    if slug in RESERVED or Project.objects.filter(slug=slug).exists():
        slug = f"{slug}-{ids.readable_code(5).lower()}"
    try:
        with transaction.atomic():
            project = Project.objects.create(
                pk=key,
                call=call,
                author=actor,
                title=title,
                slug=slug,
                currency=call.currency,
                state_since=at,
            )
    except IntegrityError:
        # The same form sent twice at once: the other request has made it.
        known = Project.objects.filter(pk=key, author=actor).first()
        if known is None:
            raise Conflict(_("Please try again.")) from None
        return known
    events.record("project.begun", actor=actor, subject=project, at=at, payload={"call": str(call.pk)})
    return project


def describe(
    *,
    actor: Person,
    project: Project,
    fields: Mapping[str, Any],
    at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Project:
    """Changes texts, theme, place and organisation. Raises Forbidden, Conflict, Invalid (by field)."""
    unknown = set(fields) - set(names())
    if unknown:
        raise Invalid(_("Unknown fields: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    what = "place" if "place" in fields else "text"
    with editing(actor=actor, project=project, version=version, reason=reason, at=at, what=what) as current:
        _check_recipient(current, fields)
        for name, value in fields.items():
            setattr(current, name, value)
        if "title" in fields:
            current.title = _title(current.title)
    return current


def _check_recipient(project: Project, fields: Mapping[str, Any]) -> None:
    """A team that has raised money for one organisation can't turn it to another."""
    named = (
        project.organisation and "organisation" in fields and fields["organisation"] != project.organisation
    )
    if named and project.state in RAISED:
        raise Conflict(_("Money is raised for this organisation. Ask the city to name another one."))


def set_goals(
    *,
    actor: Person,
    project: Project,
    goals: Sequence[Goal],
    at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Project:
    """Replaces what each participant brings and wants. Raises Forbidden, Conflict, Invalid."""
    _check_rows(goals)
    with editing(
        actor=actor, project=project, version=version, reason=reason, at=at, what="goals", terms=True
    ) as current:
        current.goals.all().delete()
        ParticipantGoal.objects.bulk_create(
            ParticipantGoal(project=current, position=place, **goal._asdict())
            for place, goal in enumerate(goals)
        )
    return current


def set_costs(
    *,
    actor: Person,
    project: Project,
    lines: Sequence[Cost],
    at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Project:
    """Replaces the cost lines and with them the cost, which is their sum (unknown without any).

    Raises Forbidden, Conflict, Invalid (an amount that is not positive or of another currency; once
    open, a sum outside the limits of the call).
    """
    _check_rows(lines)
    with editing(
        actor=actor, project=project, version=version, reason=reason, at=at, what="costs", terms=True
    ) as current:
        _check_amounts(lines, current)
        current.cost_lines.all().delete()
        CostLine.objects.bulk_create(
            CostLine(project=current, position=place, label=line.label, amount_minor=line.amount.minor)
            for place, line in enumerate(lines)
        )
        current.cost_minor = sum(line.amount.minor for line in lines) or None
        refusal = cost_refusal(current.cost, current.call)
        if refusal and current.state not in EDITABLE:
            raise Invalid(refusal)
    return current


def _check_rows(rows: Sequence[Any]) -> None:
    if len(rows) > MOST_ROWS:
        raise Invalid(_("At most %(most)s rows, please.") % {"most": MOST_ROWS})


def _check_amounts(lines: Sequence[Cost], project: Project) -> None:
    for line in lines:
        if line.amount.minor <= 0 or line.amount.currency != project.currency or not line.label.strip():
            raise Invalid(
                _("Each cost needs a name and an amount above zero in %(currency)s.")
                % {"currency": project.currency}
            )
