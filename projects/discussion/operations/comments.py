"""Saying something, mending it, taking it back; and wanting to hear of a project, or no longer."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from civic.accounts.models import Organisation, Person
from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid, NotFound, required
from civic.core.locking import lock_row
from civic.core.policies import may, require
from projects.discussion import conditions, limits
from projects.discussion.models import Comment, CommentRevision, Follow
from projects.discussion.models.discussion import MAX_LENGTH
from projects.proposals.models import Project

# Characters that turn the direction of text could make a comment read differently from what it says.
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def post_comment(
    *,
    actor: Person,
    project: Project,
    body: str,
    token: UUID,
    at: datetime,
    parent: Comment | None = None,
    organisation: Organisation | None = None,
) -> Comment:
    """Adds a comment, or a reply to `parent`, and lets the actor follow the project.

    The same `token` posts once: a second call returns the first comment. Raises Forbidden where the
    discussion is closed to the actor, Invalid for an empty or too long text, Conflict where `parent` is
    gone, and limits.TooMany.
    """
    text = clean(body)
    with transaction.atomic():
        limits.lock_comments(actor)
        posted = Comment.objects.filter(author=actor, token=token).first()
        if posted:
            return posted
        # Read anew but not locked: a lock would let a hot project take one comment at a time.
        _may_post(actor, Project.objects.get(pk=project.pk), organisation)
        limits.hold_comments(actor, at)
        _answerable(project, parent)
        comment = Comment.objects.create(
            project=project,
            author=actor,
            organisation=organisation,
            parent=parent,
            thread_id=(parent.thread_id or parent.pk) if parent else None,
            body=text,
            token=token,
            posted_at=at,
        )
        _after(comment, actor, at)
    return comment


def clean(body: str) -> str:
    """The text as it is kept: no unseen characters, no gaps of many lines. Raises Invalid."""
    text = UNSEEN.sub("", body.replace("\r\n", "\n"))
    text = required(re.sub(r"\n{3,}", "\n\n", text), _("Write something first."), field="body")
    if len(text) > MAX_LENGTH:
        raise Invalid(
            body=_("This is longer than %s characters. Shorten it, or write two comments.") % MAX_LENGTH
        )
    return text


def _may_post(actor: Person, project: Project, organisation: Organisation | None) -> None:
    closed = conditions.why_closed(project)
    if closed:
        raise Forbidden(closed)
    require(actor, "comment", project)
    if organisation:
        require(actor, "speak_for", organisation)


def _answerable(project: Project, parent: Comment | None) -> None:
    if parent is None:
        return
    current = Comment.objects.filter(pk=parent.pk, project=project).first()
    if current is None:
        raise NotFound
    if not current.is_shown:
        raise Conflict(_("The comment that you answer is no longer there. You can post yours as a new one."))


def _after(comment: Comment, actor: Person, at: datetime) -> None:
    if comment.thread_id:
        Comment.objects.filter(pk=comment.thread_id).update(replies=F("replies") + 1)
    follow_unless_ended(actor=actor, project=comment.project, at=at)
    events.record("comment.posted", actor=actor, subject=comment, at=at)


def edit_comment(*, actor: Person, comment: Comment, body: str, at: datetime) -> Comment:
    """Changes the text within the window for edits and keeps the earlier one. Raises Forbidden, Invalid."""
    text = clean(body)
    with transaction.atomic():
        current = _lock(comment)
        if not (may(actor, "edit", current) and current.is_editable(at)):
            raise Forbidden(
                _("A comment can be changed by its author for 30 minutes. You can reply to add something.")
            )
        if text != current.body:
            replace_text(current, text, at)
            events.record("comment.edited", actor=actor, subject=current, at=at)
    return current


def replace_text(comment: Comment, text: str, at: datetime) -> None:
    """Writes a new text and keeps the earlier one; the caller has locked the comment."""
    CommentRevision.objects.create(comment=comment, body=comment.body, replaced_at=at)
    comment.body, comment.edited_at = text, at
    comment.save(update_fields=["body", "edited_at"])


def delete_comment(*, actor: Person, comment: Comment, at: datetime) -> None:
    """Takes the actor's own comment back: its text and earlier texts are gone, a tombstone stays."""
    with transaction.atomic():
        current = _lock(comment)
        require(actor, "delete", current)
        current.revisions.all().delete()
        current.body, current.deleted_at = "", at
        current.save(update_fields=["body", "deleted_at"])
        events.record("comment.deleted", actor=actor, subject=current, at=at)


def _lock(comment: Comment) -> Comment:
    return lock_row(Comment.objects.select_related("project"), no_key=True, pk=comment.pk)


def follow(*, actor: Person, project: Project, at: datetime) -> None:
    """Follows the project from now on; doing so twice changes nothing. Raises NotFound for one that is not public."""
    with transaction.atomic():
        if not Project.objects.visible_to(actor).filter(pk=project.pk).exists():
            raise NotFound
        row, new = Follow.objects.get_or_create(project=project, person=actor, defaults={"since": at})
        revived = Follow.objects.filter(pk=row.pk, ended_at__isnull=False).update(ended_at=None, since=at)
        if new or revived:
            events.record("project.followed", actor=actor, subject=project, at=at)


def unfollow(*, actor: Person, project: Project, at: datetime) -> None:
    """Follows no longer; commenting will not change that."""
    with transaction.atomic():
        running = Follow.objects.running().filter(project=project, person=actor)
        if running.update(ended_at=at):
            events.record("project.unfollowed", actor=actor, subject=project, at=at)


def follow_unless_ended(*, actor: Person, project: Project, at: datetime) -> None:
    """Follows because of what the actor did (a comment), unless they have ended that once."""
    if not Follow.objects.filter(project=project, person=actor).exists():
        follow(actor=actor, project=project, at=at)
