"""The registry of project page panels: higher slices fill it in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from civic.core.errors import Text
from projects.calls.panels import Action
from projects.proposals.models import Project

Context = Callable[[Project, Any, datetime], dict[str, Any] | None]
Columns = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, order=True)
class Panel:
    """A section (or, with `side`, a box) of the project page.

    `preview` panels are part of the proposal itself and stand in the wizard's last step as well.
    `context(project, actor, at)` gives the template's variables, or None where there is nothing to show.
    It must not ask the database more often for more rows; best it does not ask at all: `columns(actor)` gives
    what it wants to know as expressions on the project (see civic.core.columns), which the page's one statement
    for the project answers as attributes of it. Their names begin with that of the slice.
    """

    order: int
    slug: str
    title: Text = field(compare=False)
    template: str = field(compare=False)
    context: Context = field(compare=False)
    side: bool = field(default=False, compare=False)
    preview: bool = field(default=False, compare=False)
    columns: Columns | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows for one project and reader."""

    panel: Panel
    variables: dict[str, Any]


Offer = Callable[[Project, Any, datetime], Action | None]

_panels: dict[str, Panel] = {}
_offers: dict[str, Offer] = {}


def offers(state: str, offer: Offer) -> None:
    """Adds what somebody can do with a project in this state, as the page's primary action; one a state.

    None where there is nothing to do; it asks the database as little as a panel does.
    """
    if state in _offers:
        raise ValueError(f"there is an offer for {state!r} already")
    _offers[state] = offer


def offered(project: Project, actor: Any, at: datetime) -> Action | None:
    """The primary action that a higher slice offers, if one does."""
    offer = _offers.get(project.state)
    return offer(project, actor, at) if offer else None


def register(panel: Panel) -> None:
    """Adds a panel; a second one with the same slug is a programming error."""
    if panel.slug in _panels:
        raise ValueError(f"there is a panel {panel.slug!r} already")
    _panels[panel.slug] = panel


def columns(actor: Any) -> dict[str, Any]:
    """What the panels want to know of a project when this actor reads its page; for `queries.project_page`."""
    wishes = [panel.columns(actor) for panel in _panels.values() if panel.columns]
    return {name: expression for wish in wishes for name, expression in wish.items()}


def fill(project: Project, actor: Any, at: datetime) -> list[Filled]:
    """The panels that have something to show, in order."""
    found = [(panel, panel.context(project, actor, at)) for panel in sorted(_panels.values())]
    return [Filled(panel, variables) for panel, variables in found if variables is not None]
