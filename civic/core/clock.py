"""Time comes in at the edge, as `at`; everything below is a function of it."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC. Views, tasks and commands call it once and hand it down as `at`."""
    return datetime.now(UTC)
