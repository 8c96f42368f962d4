"""What pages and the API read about calls."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from guardian.shortcuts import get_users_with_perms

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import events
from projects.calls.models import Call, Calls, Phase
from projects.calls.states import CallState, PhaseKind


def public_calls() -> Calls:
    """All calls but drafts, running ones first, then the newest; with their phases."""
    rank = Case(When(state=CallState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Call.objects.public().prefetch_related("phases").order_by(rank, "-id")


def taking_proposals(at: datetime) -> list[Call]:
    """Calls in their proposals phase, the one that ends first on top."""
    found = Call.objects.in_phase(PhaseKind.PROPOSALS, at).filter(phases__kind=PhaseKind.PROPOSALS)
    return list(found.prefetch_related("phases").order_by("phases__ends_at"))


def managers_of(call: Call) -> set[UUID]:
    """Council staff who run the call, as its policy has it; administrators, who may everything, are not listed."""
    staff = Person.objects.filter(is_staff=True, is_active=True)
    given: Any = get_users_with_perms(call, only_with_perms_in=["manage_call"])
    runs = Q(groups__name=groups.PROGRAMME_MANAGERS) | Q(pk__in=given.values("pk"))
    return set(staff.filter(runs).values_list("pk", flat=True))


def why_called_off(call: Call) -> str:
    """The reason that the council gave; empty where the call was not called off."""
    if call.state != CallState.CALLED_OFF:
        return ""
    return events.about(call).filter(kind="call.called_off").values_list("note", flat=True).first() or ""


def running_phases(at: datetime) -> QuerySet[Phase]:
    """The phases that open calls are in, by when they end."""
    running = Phase.objects.filter(starts_at__lte=at, ends_at__gt=at, call__state=CallState.OPEN)
    return running.select_related("call").order_by("ends_at", "call_id")
