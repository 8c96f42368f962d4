"""What higher slices show on a call's page: panels, and the step to take in a phase; registered in `panels.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civic.core.panels import Panels
from civic.core.registry import Hook, Registry
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind


@dataclass(frozen=True)
class Action:
    """The step to take now: a link, or, with `why`, the reason that there is none yet for this person."""

    text: str
    href: str = ""
    why: str = ""
    note: str = ""


Offer = Hook[[Call, Any, datetime], Action | None]


def _check(offer: Offer) -> Iterator[str]:
    if offer.slug not in {*PhaseKind.values, *CallState.values}:
        yield "calls know no such phase or state."


panels: Panels[[Call, Any, datetime], []] = Panels("panel of a call's page", asks=False)
# What to do while a call is in the phase of this kind (or, with a call's state, when in none).
offers: Registry[Offer] = Registry("step on a call's page", check=_check)


def action(call: Call, actor: Any, at: datetime) -> Action | None:
    """The primary action of the call's page for this person at that moment."""
    phase = call.phase_at(at)
    offer = offers.get(phase.kind if phase else str(call.state))
    return offer(call, actor, at) if offer else None
