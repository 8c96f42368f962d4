"""What this slice shows on the pages of others: the project's page and the person's own."""

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
from projects.contributions import conditions, queries
from projects.contributions.states import ContributionState
from projects.proposals import project_page
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE

ON_PROJECT_PAGE = 6


def help_wanted(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The wanted list and who helped; nothing where neither is there and the reader can add nothing."""
    if project.state in PRIVATE:
        return None
    lines, helpers = queries.listed(project), queries.thanked(project)
    manages = conditions.takes_help(project) and may(actor, "want_help", project)
    if not lines and not helpers and not manages:
        return None
    return {
        "project": project,
        "lines": lines[:ON_PROJECT_PAGE],
        "more": max(0, len(lines) - ON_PROJECT_PAGE),
        "helpers": helpers,
        "manages": manages,
        "why_not": conditions.why_not_offer(project),
        "today": localdate(at),
    }


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """What the person offered, and what became of it."""
    found = queries.offered_by(person)
    return {"contributions": found} if found else None


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Offers to answer, deliveries to confirm, promises to keep."""
    words = {
        ContributionState.OFFERED: _("Somebody offers help to “%(title)s”: answer them."),
        ContributionState.DELIVERED: _("Help to “%(title)s” is given: confirm it."),
        ContributionState.ACCEPTED: _("“%(title)s” counts on your help."),
    }
    for one in queries.waiting_for(person):
        text = words[ContributionState(one.state)] % {"title": one.want.project.title}
        yield me.Todo(text, one.get_absolute_url(), since=one.state_since, icon="handshake")


project_page.panels.register(
    Panel(
        60,
        "help",
        gettext_lazy("Help it needs"),
        "contributions/_panel.html",
        help_wanted,
        columns=queries.columns,
    )
)
me.panels.register(
    Panel(
        50, "help", gettext_lazy("Help you offer"), "contributions/_me.html", mine, columns=queries.me_columns
    )
)
me.todos.register(me.TodoSource("contributions", todos))
