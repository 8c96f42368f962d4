"""Notifications on the site and by email, at once or in digests."""
