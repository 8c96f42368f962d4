"""Comments, follows, and moderation."""

from projects.discussion.models.discussion import Comment, CommentRevision, DiscussionCount, Follow
from projects.discussion.models.moderation import ModerationCase, Report
