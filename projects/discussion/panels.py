"""What this slice shows on the pages of others: the project's page and the person's own."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from projects.discussion import conditions, queries
from projects.discussion.rules import Category
from projects.proposals import project_page
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE

ON_PROJECT_PAGE = 5


def hidden(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """For those who still see a hidden project, its team and the council: that others do not."""
    if not project.hidden_for:
        return None
    case = project.moderation_cases.filter(decided_at__isnull=False).order_by("-decided_at").first()
    return {"rule": Category(project.hidden_for).label, "case": case, "author": project.author_id == actor.pk}


def discussion(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The newest comments; nothing while only the team and the council see the project."""
    if project.state in PRIVATE:
        return None
    return {
        "project": project,
        "discussion": queries.discussion(project, actor, at, size=ON_PROJECT_PAGE),
        "closed": conditions.why_closed(project),
        "why_not": conditions.why_not_comment(actor, project),
        "speaks_for": queries.speakers(project),
    }


def follow(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The button to follow; for strangers, the way to it."""
    if project.state in PRIVATE:
        return None
    follows, followers = queries.followed(project)
    known = actor.is_authenticated
    return {"project": project, "signed_in": known, "follows": follows, "followers": followers}


def following(person: Person, at: datetime) -> dict[str, Any]:
    """Projects that the person follows, or how to begin."""
    return {"projects": queries.followed_by(person)}


def comments(person: Person, at: datetime) -> dict[str, Any] | None:
    found = queries.comments_of(person)
    return {"comments": found} if found else None


project_page.panels.register(
    Panel(0, "hidden", _("Hidden by a moderator"), "discussion/_hidden.html", hidden),
    Panel(70, "discussion", _("Discussion"), "discussion/_panel.html", discussion),
    Panel(20, "follow", _("Follow"), "discussion/_follow.html", follow, side=True, columns=queries.columns),
)
me.panels.register(
    Panel(
        60,
        "following",
        _("Projects you follow"),
        "discussion/_me_following.html",
        following,
        columns=queries.me_columns,
    ),
    Panel(65, "comments", _("Your comments"), "discussion/_me_comments.html", comments),
)
