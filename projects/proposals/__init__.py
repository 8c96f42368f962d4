"""The project itself: lifecycle, team, goals of each participant."""
