"""What slices above show on a person's own page, /me/, and what they know to be done: registered in their `panels.py`.

me.panels.register(Panel(30, "projects", _("Your projects"), "proposals/_my_projects.html", my_projects))
me.todos.register(me.TodoSource("returned-projects", returned_projects))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civic.accounts.models import Person
from civic.core.errors import Text
from civic.core.panels import Panels
from civic.core.registry import Registry


@dataclass(frozen=True)
class Todo:
    """Something that waits for the person: one line with a link to where it is done."""

    text: Text
    href: str
    since: datetime | None = None
    icon: str = "clock"


@dataclass(frozen=True)
class TodoSource:
    """Knows of things that wait for a person. `todos(person, at)` has a fixed number of queries, best none.

    `columns` as for a panel; what a panel of the slice asks for already is there for its source as well.
    """

    slug: str
    todos: Callable[[Person, datetime], Iterable[Todo]]
    columns: Callable[[Person, datetime], dict[str, Any]] | None = None


panels: Panels[[Person, datetime], [Person, datetime]] = Panels("panel of /me/")
todos: Registry[TodoSource] = Registry("source of to-dos")


def columns() -> tuple[Callable[[Person, datetime], dict[str, Any]], ...]:
    """What says which columns panels and sources want, for `queries.own_page`."""
    return (*panels.columns(), *(source.columns for source in todos if source.columns))


def todos_of(person: Person, at: datetime) -> list[Todo]:
    """Everything that waits for the person, longest first; what has no time comes last."""
    found = [todo for source in todos for todo in source.todos(person, at)]
    return sorted(found, key=lambda todo: (todo.since is None, todo.since or at))
