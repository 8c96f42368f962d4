"""How long something that went wrong waits before it is tried again."""

from datetime import timedelta

PAUSES = [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]


def pause(attempts: int) -> timedelta:
    """The pause after so many attempts, from the first on."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
