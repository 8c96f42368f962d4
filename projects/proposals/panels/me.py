"""What a person's own page shows of projects, and what waits for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from projects.proposals import queries

SHOWN = 8


def mine(person: Any, at: datetime) -> dict[str, Any]:
    """The person's newest projects."""
    return {"projects": list(queries.my_projects(person, most=SHOWN))}


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Projects that came back from review, and invitations to teams."""
    for project in queries.returned(person):
        text = _("“%(title)s” came back from review: mend it and hand it in again.") % {
            "title": project.title
        }
        yield me.Todo(text, project.get_absolute_url(), since=project.state_since, icon="edit")
    for invitation in queries.invited(person):
        text = _("You are invited to the team of “%(title)s”.") % {"title": invitation.project.title}
        yield me.Todo(
            text,
            reverse("proposals:invitation", args=[invitation.pk]),
            since=invitation.created_at,
            icon="people",
        )


me.panels.register(Panel(20, "projects", gettext_lazy("Your projects"), "proposals/_my_projects.html", mine))
me.todos.register(me.TodoSource("projects", todos, queries.me_columns))
