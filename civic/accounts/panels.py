"""Registries of what a person's own page (/me/), their public one and an organisation's page show.

Higher slices add to them in `AppConfig.ready()`:

    me.register(Panel(30, "projects", _("Your projects"), "proposals/_my_projects.html", my_projects))
    me.waits_for(returned_projects)

A panel is an `<section>` of its own with an `<h2>` from us; its template shows what is in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from civic.accounts.models import Organisation, Person
from civic.core.errors import Text

Context = Callable[[Any, datetime], dict[str, Any] | None]
Columns = Callable[[Any, datetime], dict[str, Any]]


@dataclass(frozen=True, order=True)
class Panel:
    """A section. `context(subject, at)` gives the template's variables, or None where there is nothing to show.

    It must not ask the database more often for more rows; best it does not ask at all: on /me/, `columns(person,
    at)` gives what it wants to know as expressions (see civic.core.columns), which one statement for the whole page
    answers as attributes of the person. Their names begin with that of the slice.
    """

    order: int
    slug: str
    title: Text = field(compare=False)
    template: str = field(compare=False)
    context: Context = field(compare=False)
    columns: Columns | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows for one person or organisation."""

    panel: Panel
    variables: dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the person: one line with a link to where it is done."""

    text: Text
    href: str
    since: datetime | None = None
    icon: str = "clock"


class Registry:
    """The panels of one kind of page."""

    def __init__(self) -> None:
        self._panels: dict[str, Panel] = {}
        self._waiting: list[Callable[[Person, datetime], Iterable[Waiting]]] = []
        self._columns: list[Columns] = []

    def register(self, panel: Panel) -> None:
        """Adds a panel; a second one with the same slug is a programming error."""
        if panel.slug in self._panels:
            raise ValueError(f"there is a panel {panel.slug!r} already")
        self._panels[panel.slug] = panel
        if panel.columns:
            self._columns.append(panel.columns)

    def columns(self, subject: Any, at: datetime) -> dict[str, Any]:
        """What panels and sources want to know, for one statement that reads `subject` again."""
        return {name: wish for columns in self._columns for name, wish in columns(subject, at).items()}

    def fill(self, subject: Person | Organisation, at: datetime) -> list[Filled]:
        """The panels that have something to show, in order."""
        found = [(panel, panel.context(subject, at)) for panel in sorted(self._panels.values())]
        return [Filled(panel, variables) for panel, variables in found if variables is not None]

    def waits_for(
        self, source: Callable[[Person, datetime], Iterable[Waiting]], columns: Columns | None = None
    ) -> None:
        """Adds a source of things that wait for a person: a function with a fixed number of queries, best none.

        `columns` as for a panel; what a panel of the slice asks for already is there for its source as well.
        """
        self._waiting.append(source)
        if columns:
            self._columns.append(columns)

    def waiting(self, person: Person, at: datetime) -> list[Waiting]:
        """Everything that waits for the person, longest first; what has no time comes last."""
        found = [item for source in self._waiting for item in source(person, at)]
        return sorted(found, key=lambda item: (item.since is None, item.since or at))


public = Registry()
organisation = Registry()
