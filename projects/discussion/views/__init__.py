"""The pages of the discussion (talk) and of its moderation."""
