"""When digests leave: pure functions of the clock, in the city's time zone."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

MORNING = time(7)
MONDAY = 0


def last_morning(at: datetime) -> datetime:
    """The latest seven o'clock, local time, that is not after `at`; whatever the clock change did."""
    today = _morning_of(timezone.localdate(at))
    return today if today <= at else _morning_of(timezone.localdate(at) - timedelta(days=1))


def last_monday(at: datetime) -> datetime:
    """The latest Monday's seven o'clock that is not after `at`."""
    morning = last_morning(at)
    day = timezone.localdate(morning)
    return _morning_of(day - timedelta(days=(day.weekday() - MONDAY) % 7))


def day_of(at: datetime) -> date:
    """The day whose digest is due at this moment."""
    return timezone.localdate(last_morning(at))


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
