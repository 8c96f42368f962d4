"""People, organisations, memberships, resident verification, privacy rights."""
