"""Comments, follows, and moderation; one noun a file."""

from projects.discussion.models.comment import Comment, CommentRevision
from projects.discussion.models.follow import DiscussionCount, Follow
from projects.discussion.models.moderation import ModerationCase, Report

__all__ = ["Comment", "CommentRevision", "DiscussionCount", "Follow", "ModerationCase", "Report"]
