"""What follows from events: people are told, counts are brought up to date. At least once, idempotent."""
