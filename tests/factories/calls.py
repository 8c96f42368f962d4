"""Calls in any phase: `call(phase="voting", at=NOW)` is open and in that phase at that moment."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import Area
from civic.core import clock
from projects.calls.models import Call, Phase
from projects.calls.states import CallState, PhaseKind

PHASE_LENGTH = timedelta(days=20)

_numbers = itertools.count(1)


def call(
    phase: str | None = PhaseKind.PROPOSALS,
    *,
    at: datetime | None = None,
    areas: list[Area] | None = None,
    **fields: Any,
) -> Call:
    """A call with all five phases of `PHASE_LENGTH` each; `phase` began ten days before `at` (now).

    Without a phase the call has none. It is open unless `state` says otherwise.
    """
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "title": f"Call {number}",
        "slug": f"call-{number}",
        "summary": "A call of the tests.",
        "budget_minor": 100_000_00,
        "currency": "EUR",
        "state": CallState.OPEN,
    }
    made = Call.objects.create(**(defaults | fields))
    made.areas.set(areas or [])
    if phase:
        phases(made, phase, at or clock.now())
    return made


def phases(made: Call, current: str, at: datetime) -> list[Phase]:
    """All five phases one after the other, without gaps, such that `current` runs at `at`."""
    kinds = list(PhaseKind)
    first = at - timedelta(days=10) - PHASE_LENGTH * kinds.index(PhaseKind(current))
    return Phase.objects.bulk_create(
        Phase(
            call=made,
            kind=kind,
            starts_at=first + PHASE_LENGTH * place,
            ends_at=first + PHASE_LENGTH * (place + 1),
        )
        for place, kind in enumerate(kinds)
    )
