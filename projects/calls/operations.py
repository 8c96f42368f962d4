"""What council staff do with calls: write them, plan their phases, open and close them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Area, Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import transition
from projects.calls import conditions
from projects.calls.models import Call, Phase
from projects.calls.states import CallState, PhaseKind

# What a voter relies on; fixed from the moment voting begins (also by a trigger).
RULES = (
    "budget_minor",
    "currency",
    "eligibility",
    "minimum_age",
    "ballot_kind",
    "ballot_max",
    "tally_rule",
    "completion",
)
VOTING_BEGAN = "call.voting_begun"
# The draw for ties is committed before voting begins: without it nobody can vote, and it can't be made up for.
VOTES_LATER = _("Voting must begin after the call is open, so that the draw for ties is fixed before.")


class Planned(NamedTuple):
    """A phase as somebody plans it: [starts_at, ends_at)."""

    kind: str
    starts_at: datetime
    ends_at: datetime

    @property
    def name(self) -> str:
        return str(PhaseKind(self.kind).label)


def create_call(*, actor: Person, call: Call, at: datetime) -> Call:
    """Stores a new call, which is a draft. Raises Forbidden, Conflict (it is not), Invalid (by field)."""
    require(actor, "create", Call)
    with transaction.atomic():
        _check(call)
        if call.state != CallState.DRAFT:
            raise Conflict(_("A new call begins as a draft; open it when its phases are planned."))
        call.save(force_insert=True)
        events.record("call.created", actor=actor, subject=call, at=at)
    return call


def edit_call(*, actor: Person, call: Call, at: datetime) -> Call:
    """Stores the changed fields of `call`. Once voting has begun its rules stay.

    Raises Forbidden, Conflict (rules after voting began, or a decided call), Invalid (by field).
    """
    require(actor, "edit", call)
    with transaction.atomic():
        before = lock_row(Call.objects, pk=call.pk)
        changed = [
            field.name
            for field in Call._meta.concrete_fields
            if field.editable and getattr(before, field.attname) != getattr(call, field.attname)
        ]
        if before.state == CallState.DECIDED and set(changed) - {"summary", "description", "picture"}:
            raise Conflict(_("This call is decided. Only its texts and picture can still be changed."))
        if before.voting_began(at) and set(changed) & set(RULES):
            raise Conflict(
                _("Voting has begun: budget, ballot and counting rule stay as they were announced.")
            )
        _check(call)
        if before.state == CallState.OPEN:
            _check_budget(call, [phase.kind for phase in before.ordered_phases()])
        call.save()
        if changed:
            events.record("call.edited", actor=actor, subject=call, at=at, payload={"fields": changed})
    return call


def set_areas(*, actor: Person, call: Call, areas: Collection[Area], at: datetime) -> None:
    """Says whose residents may vote; nobody else's may, where the call asks for residents, and without areas all.

    The same areas again change nothing. Raises Forbidden, Conflict (voting has begun).
    """
    require(actor, "edit", call)
    with transaction.atomic():
        locked = lock_row(Call.objects, pk=call.pk)
        if set(locked.areas.all()) == set(areas):
            return
        if locked.voting_began(at):
            raise Conflict(_("Voting has begun: who may vote stays as it was announced."))
        named = sorted(str(area.pk) for area in areas)
        events.record("call.areas_set", actor=actor, subject=call, at=at, payload={"areas": named})
        locked.areas.set(areas)


def _check(call: Call) -> None:
    low, high = call.project_cost_min_minor, call.project_cost_max_minor
    if low is not None and high is not None and low > high:
        raise Invalid(
            project_cost_max_minor=_("The most must not be less than the least a project may cost.")
        )
    try:
        call.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise Invalid(**{field: messages[0] for field, messages in error.message_dict.items()}) from None


def set_phases(*, actor: Person, call: Call, phases: Sequence[Planned], at: datetime) -> list[Phase]:
    """Replaces the plan of the call. Raises Forbidden, Invalid (overlap, order), Conflict (the past changed)."""
    require(actor, "edit", call)
    with transaction.atomic():
        locked = lock_row(Call.objects, pk=call.pk)
        before = [Planned(phase.kind, phase.starts_at, phase.ends_at) for phase in locked.ordered_phases()]
        plan = check_plan(phases)
        if plan == before:
            return locked.ordered_phases()
        _check_past(locked, before, plan, at)
        locked.phases.all().delete()
        made = Phase.objects.bulk_create(Phase(call=locked, **phase._asdict()) for phase in plan)
        plain = [[phase.kind, phase.starts_at.isoformat(), phase.ends_at.isoformat()] for phase in plan]
        events.record("call.phases_set", actor=actor, subject=call, at=at, payload={"phases": plain})
    return made


def check_plan(phases: Sequence[Planned]) -> list[Planned]:
    """The phases by time. Raises Invalid where one ends before it starts, two overlap or the order is wrong."""
    plan = sorted(phases, key=lambda phase: phase.starts_at)
    for phase in plan:
        if phase.ends_at <= phase.starts_at:
            raise Invalid(_("The phase “%(phase)s” must end after it starts.") % {"phase": phase.name})
    order = PhaseKind.values
    for one, other in pairwise(plan):
        names = {"one": one.name, "other": other.name}
        if other.starts_at < one.ends_at:
            words = _("The phases “%(one)s” and “%(other)s” overlap. Let one end before the other starts.")
            raise Invalid(words % names)
        if order.index(other.kind) <= order.index(one.kind):
            raise Invalid(_("The phase “%(other)s” cannot come after “%(one)s”.") % names)
    return plan


def _check_past(call: Call, before: Sequence[Planned], after: Sequence[Planned], at: datetime) -> None:
    """While a call runs, what has begun keeps its start, and no end is moved into the past."""
    if call.state == CallState.DRAFT:
        return
    if call.state != CallState.OPEN:
        raise Conflict(_("This call is closed; its phases stay."))
    planned = {phase.kind: phase for phase in after}
    voting = planned.get(PhaseKind.VOTING)
    if voting and voting not in before and voting.starts_at <= at and not call.voting_began(at):
        raise Conflict(VOTES_LATER)
    _check_budget(call, planned)
    for phase in before:
        same = planned.get(phase.kind)
        begun, over = phase.starts_at <= at, phase.ends_at <= at
        if same and begun and phase.kind == PhaseKind.VOTING and same.ends_at < phase.ends_at:
            raise Conflict(_("People are voting until the end that was announced: it can only be put off."))
        if begun and (same is None or same.starts_at != phase.starts_at):
            raise Conflict(_("The phase “%(phase)s” has begun: its start stays.") % {"phase": phase.name})
        if same and same.ends_at != phase.ends_at and (over or (begun and same.ends_at < at)):
            words = _("The end of the phase “%(phase)s” cannot be in the past.")
            raise Conflict(words % {"phase": phase.name})


def open_call(*, actor: Person, call: Call, at: datetime, reason: str = "") -> Call:
    """Makes a draft public; from then on its phases count.

    Raises Forbidden, Invalid (no phases, or what can't be voted: see `_check_opens`), IllegalTransition.
    """
    require(actor, "open", call)
    with transaction.atomic():
        # Locked before it is looked at: the plan could else change between the look and the opening.
        _check_opens(lock_row(Call.objects, pk=call.pk), at)
        transition(call, "open", actor=actor, at=at, reason=reason)
    return call


def _check_opens(call: Call, at: datetime) -> None:
    phases = call.ordered_phases()
    if not phases:
        raise Invalid(_("Plan at least one phase before you open the call."))
    for phase in phases:
        if phase.ends_at <= at:
            words = _("The phase “%(phase)s” is over already. Mend the plan before you open the call.")
            raise Invalid(words % {"phase": phase.get_kind_display()})
        if phase.kind == PhaseKind.VOTING and phase.starts_at <= at:
            raise Invalid(VOTES_LATER)
    _check_budget(call, [phase.kind for phase in phases])


def _check_budget(call: Call, kinds: Collection[str]) -> None:
    if PhaseKind.VOTING in kinds and not call.budget_minor:
        raise Invalid(budget_minor=_("People vote about money: say how much there is."))


def close_call(*, actor: Person, call: Call, at: datetime, reason: str = "") -> Call:
    """Ends a call without a vote. Raises Forbidden, Conflict (there is a vote), IllegalTransition."""
    require(actor, "close", call)
    with transaction.atomic():
        locked = lock_row(Call.objects, pk=call.pk)
        if locked.state == CallState.OPEN and locked.phase(PhaseKind.VOTING):
            # Closed past its ballots, papers that wait could never be counted.
            words = _(
                "This call votes: it closes by itself when the ballots are sealed. Before, it can be called off."
            )
            raise Conflict(words)
        transition(call, "close", actor=actor, at=at, reason=reason)
    return call


def call_off(*, actor: Person, call: Call, reason: str, at: datetime) -> Call:
    """Ends an open call for good, without a result; its projects end with it (projects.proposals.handlers).

    Raises Forbidden, Invalid (no reason), Conflict (there are ballots to count), IllegalTransition.
    """
    require(actor, "close", call)
    reason = required(reason, _("Say why the call is called off: everybody whom it concerns reads it."))
    with transaction.atomic():
        locked = lock_row(Call.objects, pk=call.pk)
        if locked.state == CallState.OPEN and (held := conditions.why_held(locked, at)):
            raise Conflict(held)
        transition(call, "call_off", actor=actor, at=at, reason=reason)
    return call


def announce_voting(*, at: datetime) -> int:
    """Records, once a call, that its voting phase has begun; returns for how many calls."""
    return sum(_announce(call, at) for call in Call.objects.in_phase(PhaseKind.VOTING, at))


def _announce(call: Call, at: datetime) -> bool:
    with transaction.atomic():
        # Locked before it looks, so that two workers do not both find nothing and tell everybody twice.
        locked = lock_row(Call.objects, no_key=True, pk=call.pk)
        if events.about(locked).filter(kind=VOTING_BEGAN).exists():
            return False
        events.record(VOTING_BEGAN, actor=None, subject=locked, at=at)
    return True
