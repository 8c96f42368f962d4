"""What pages and the API read about calls."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from guardian.shortcuts import get_users_with_perms

from civic.accounts import groups
from civic.accounts.models import Person
from projects.calls.models import Call, Calls, Phase
from projects.calls.states import CallState, PhaseKind


def public_calls() -> Calls:
    """All calls but drafts, running ones first, then the newest; with their phases."""
    rank = Case(When(state=CallState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Call.objects.public().prefetch_related("phases").order_by(rank, "-id")


def taking_proposals(at: datetime) -> list[Call]:
    """Calls in their proposals phase, the one that ends first on top."""
    found = Call.objects.in_phase(PhaseKind.PROPOSALS, at).prefetch_related("phases")
    return sorted(found, key=lambda call: _end(call, at))


def _end(call: Call, at: datetime) -> datetime:
    phase = call.phase_at(at)
    return phase.ends_at if phase else at


def managers_of(call: Call) -> set[UUID]:
    """Council staff who run the call, as its policy has it; administrators, who may everything, are not listed."""
    staff = Person.objects.filter(is_staff=True, is_active=True)
    given: Any = get_users_with_perms(call, only_with_perms_in=["manage_call"])
    return set(
        staff.filter(Q(groups__name=groups.PROGRAMME_MANAGERS) | Q(pk__in=given.values("pk"))).values_list(
            "pk", flat=True
        )
    )


def running_phases(at: datetime) -> QuerySet[Phase]:
    """The phases that open calls are in, by when they end."""
    running = Phase.objects.filter(starts_at__lte=at, ends_at__gt=at, call__state=CallState.OPEN)
    return running.select_related("call").order_by("ends_at", "call_id")


def steps(call: Call, at: datetime) -> list[dict[str, object]]:
    """The phases as the stepper shows them: done, current or todo."""
    return [
        {"phase": phase, "title": phase.get_kind_display(), "state": _state(phase, at)}
        for phase in _known(call)
    ]


def _known(call: Call) -> Iterable[Phase]:
    return call.ordered_phases()


def _state(phase: Phase, at: datetime) -> str:
    if phase.ends_at <= at:
        return "done"
    return "current" if phase.covers(at) else "todo"
