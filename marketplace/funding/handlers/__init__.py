"""What funding does when something happened elsewhere; at least once, idempotent."""
