"""What this slice shows on the pages of others: the project's page and what waits for a person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from civic.core.policies import may
from projects.delivery import queries
from projects.delivery.models import Milestone
from projects.proposals import project_page
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE


def delivery(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The plan as a timeline, and the latest news; nothing before there is either."""
    if project.state in PRIVATE:
        return None
    stages, updates = queries.planned(project, localdate(at)), queries.latest_updates(project)
    works = may(actor, "post_update", project)
    if not stages and not updates and not works:
        return None
    return {"project": project, **queries.picture(stages), "updates": updates, "works": works}


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Milestones that the person's teams work on, and those that they are to accept for the city."""
    for one in queries.at_work_for(person):
        late = one.is_overdue(localdate(at))
        words = _("“%(title)s”: show what is done for “%(milestone)s”.")
        if late:
            words = _("“%(title)s”: “%(milestone)s” is overdue. Show what is done.")
        yield _todo(one, words, "warning" if late else "clock")
    words = _("“%(title)s” has handed in “%(milestone)s”: accept or return it.")
    for one in queries.to_accept_by(person):
        yield _todo(one, words, "clipboard")


def _todo(one: Milestone, words: str, icon: str) -> me.Todo:
    text = words % {"title": one.project.title, "milestone": one.title}
    return me.Todo(text, one.get_absolute_url(), since=one.state_since, icon=icon)


project_page.panels.register(
    Panel(
        20,
        "delivery",
        gettext_lazy("Plan and progress"),
        "delivery/_panel.html",
        delivery,
        columns=queries.columns,
    )
)
me.todos.register(me.TodoSource("milestones", todos, queries.me_columns))
