"""Comments, follows, reports, moderation."""
