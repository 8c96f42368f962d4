"""Comments, follows and moderation cases as the tests need them."""

from datetime import datetime
from typing import Any

from civic.accounts.models import Person
from civic.core import clock
from projects.discussion.models import Comment, Follow, ModerationCase
from projects.discussion.operations import moderation
from projects.discussion.rules import Category
from projects.proposals.models import Project
from tests.factories import accounts, proposals


def comment(
    project: Project | None = None,
    parent: Comment | None = None,
    *,
    at: datetime | None = None,
    **fields: Any,
) -> Comment:
    """A comment by somebody new, or a reply to `parent`; without events and limits."""
    defaults: dict[str, Any] = {"body": "I would use that every day.", "posted_at": at or clock.now()}
    if "author" not in fields:
        defaults["author"] = accounts.person()
    if parent:
        defaults |= {"parent": parent, "thread": parent.thread or parent}
    where = parent.project if parent else project or proposals.project()
    made = Comment.objects.create(project=where, **(defaults | fields))
    if made.thread:
        made.thread.replies += 1
        made.thread.save(update_fields=["replies"])
    return made


def comments(project: Project, count: int, *, replies: int = 0) -> list[Comment]:
    """Comments by as many people, each with so many replies."""
    made = [comment(project, organisation=accounts.organisation()) for _ in range(count)]
    for opening in made:
        for _ in range(replies):
            comment(parent=opening)
    return made


def follow(project: Project, person: Person | None = None) -> Follow:
    """This person (or somebody new) follows the project."""
    return Follow.objects.create(project=project, person=person or accounts.person(), since=clock.now())


def moderator(**fields: Any) -> Person:
    """Somebody who decides on reports."""
    return accounts.staff("moderators", **fields)


def case(
    thing: Comment | Project | None = None, *, at: datetime, category: str = Category.INSULT
) -> ModerationCase:
    """A thing with one report that waits."""
    reported = moderation.report(
        actor=accounts.person(), thing=thing or comment(), category=category, text="Look at this", at=at
    )
    return reported.case


def hidden(
    thing: Comment | Project | None = None, *, at: datetime, by: Person | None = None
) -> ModerationCase:
    """A case in which the thing was hidden as an insult."""
    made = case(thing, at=at)
    moderation.hide(
        actor=by or moderator(), case=made, category=Category.INSULT, facts="It calls Ada names.", at=at
    )
    return made
