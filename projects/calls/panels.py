"""What higher slices show on a call's page: sections, side boxes and the step to take in a phase.

They register in `AppConfig.ready()`: proposals its projects, voting the ballot and the results.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from civic.core.errors import Text
from projects.calls.models import Call

Context = Callable[[Call, Any, datetime], dict[str, Any] | None]


@dataclass(frozen=True, order=True)
class Panel:
    """A section (or, with `side`, a box) of a call's page.

    `context(call, actor, at)` gives the template's variables, or None where there is nothing to show.
    It must not ask the database more often for more rows.
    """

    order: int
    slug: str
    title: Text = field(compare=False)
    template: str = field(compare=False)
    context: Context = field(compare=False)
    side: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows for one call and reader."""

    panel: Panel
    variables: dict[str, Any]


@dataclass(frozen=True)
class Action:
    """The step to take now: a link, or, with `why`, the reason that there is none yet for this person."""

    text: str
    href: str = ""
    why: str = ""
    note: str = ""


Offer = Callable[[Call, Any, datetime], Action | None]

_panels: dict[str, Panel] = {}
_offers: dict[str, Offer] = {}


def register(panel: Panel) -> None:
    """Adds a panel; a second one with the same slug is a programming error."""
    if panel.slug in _panels:
        raise ValueError(f"there is a panel {panel.slug!r} already")
    _panels[panel.slug] = panel


def register_action(phase: str, offer: Offer) -> None:
    """Says what to do while a call is in the phase of this kind (or, with a call's state, when in none)."""
    if phase in _offers:
        raise ValueError(f"there is an action for {phase!r} already")
    _offers[phase] = offer


def fill(call: Call, actor: Any, at: datetime) -> list[Filled]:
    """The panels that have something to show, in order."""
    found = [(panel, panel.context(call, actor, at)) for panel in sorted(_panels.values())]
    return [Filled(panel, variables) for panel, variables in found if variables is not None]


def action(call: Call, actor: Any, at: datetime) -> Action | None:
    """The primary action of the call's page for this person at that moment."""
    phase = call.phase_at(at)
    offer = _offers.get(phase.kind if phase else str(call.state))
    return offer(call, actor, at) if offer else None
