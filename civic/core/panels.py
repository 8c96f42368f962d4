"""Panels: sections of a page that belong to slices above the page's own.

The page's slice has a `Panels` registry (`projects.proposals.project_page`, `civic.accounts.me`); a slice above
registers in its `panels.py`:

    me.panels.register(Panel(30, "projects", _("Your projects"), "proposals/_my_projects.html", my_projects))
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec

from django.template import Engine, TemplateDoesNotExist

from civic.core.errors import Text
from civic.core.registry import Registry

Shown = ParamSpec("Shown")
Asked = ParamSpec("Asked")


@dataclass(frozen=True)
class Panel(Generic[Shown, Asked]):
    """A section of a page, or with `side` a box beside it.

    `context(…)` gives the template's variables, or None where there is nothing to show. It must not ask the database
    more often for more rows; best it does not ask at all: `columns(…)` gives what it wants to know as expressions on
    the page's thing (see civic.core.columns), which the page's one statement answers as attributes of it. Their names
    begin with that of the slice. What both are called with, the page's registry says.

    `preview` panels are part of a proposal itself and stand in the wizard's last step as well.
    """

    order: int
    slug: str
    title: Text
    template: str
    context: Callable[Shown, dict[str, Any] | None]
    side: bool = False
    preview: bool = False
    columns: Callable[Asked, dict[str, Any]] | None = None


@dataclass(frozen=True)
class BoundPanel:
    """A panel with what it shows of one thing to one reader."""

    panel: Panel[Any, Any]
    variables: dict[str, Any]


class Panels(Registry[Panel[Shown, Asked]], Generic[Shown, Asked]):
    """The panels of one kind of page; `asks` says whether its statement brings the columns that panels want."""

    def __init__(self, name: str, *, asks: bool = True) -> None:
        def check(panel: Panel[Shown, Asked]) -> Iterator[str]:
            yield from missing_template(panel.template)
            if panel.columns and not asks:
                yield "this page brings no columns."

        super().__init__(name, check=check)

    def columns(self) -> tuple[Callable[Asked, dict[str, Any]], ...]:
        """What says which columns the panels want; they decide the SQL of the page's compiled query."""
        return tuple(panel.columns for panel in self if panel.columns)

    def bind(self, *args: Shown.args, **kwargs: Shown.kwargs) -> list[BoundPanel]:
        """The panels that have something to show, in order."""
        found = [(panel, panel.context(*args, **kwargs)) for panel in self]
        return [BoundPanel(panel, variables) for panel, variables in found if variables is not None]


def missing_template(name: str) -> Iterator[str]:
    """What is wrong with this template name, for the check of a registry."""
    try:
        Engine.get_default().get_template(name)
    except TemplateDoesNotExist:
        yield f"there is no template {name}."
