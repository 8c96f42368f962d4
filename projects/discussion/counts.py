"""Counts that everybody sees: rolled up after the event, so that no page counts and no row is hot."""

from datetime import datetime
from uuid import UUID

from projects.discussion.models import Comment, DiscussionCount, Follow


def recount(project: UUID, at: datetime) -> None:
    """Counts one project's shown comments and running follows anew."""
    figures = {
        "comments": Comment.objects.shown().filter(project=project).count(),
        "followers": Follow.objects.running().filter(project=project).count(),
        "counted_at": at,
    }
    DiscussionCount.objects.update_or_create(project_id=project, defaults=figures)


def recount_all(at: datetime) -> int:
    """Counts every project that has a count; returns how many were wrong. A nightly check, not a need."""
    wrong = 0
    for count in DiscussionCount.objects.iterator():
        before = (count.comments, count.followers)
        recount(count.pk, at)
        after = DiscussionCount.objects.get(pk=count.pk)
        wrong += before != (after.comments, after.followers)
    return wrong
