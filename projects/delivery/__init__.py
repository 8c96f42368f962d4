"""Keeping promises: milestones with shares and evidence, accepted by the city, and news from the work."""
