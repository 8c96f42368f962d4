"""Notifications as the tests need them: `told(person)` has been told something."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from civic.core import clock, events
from civic.core.models import Event
from civic.notifications.models import Notification
from civic.notifications.operations import Message, notify
from civic.notifications.types import Category, Frequency, NotificationType

DAILY = Category(910, "test-daily", "Daily things", frequency=Frequency.DAILY)
WEEKLY = Category(920, "test-weekly", "Weekly things", frequency=Frequency.WEEKLY)
AT_ONCE = Category(930, "test-at-once", "Urgent things", frequency=Frequency.AT_ONCE)
MANDATORY = Category(940, "test-by-law", "Things owed by law", frequency=Frequency.AT_ONCE, mandatory=True)
TYPES = [
    NotificationType(category.slug, category, "%(actor)s did something about %(topic)s")
    for category in (DAILY, WEEKLY, AT_ONCE, MANDATORY)
]


def event(about: Any, *, actor: Any = None, at: datetime | None = None) -> Event:
    """Something that happened to this thing."""
    return events.record("test.happened", actor=actor, subject=about, at=at or clock.now())


def told(
    person: AbstractBaseUser,
    category: Category = DAILY,
    *,
    at: datetime,
    actor: Any = None,
    topic: str = "Benches",
    detail: str = "",
) -> Notification:
    """This person is told of a new event of that category; the category's kind must be registered."""
    message = Message(category.slug, topic, "/projects/benches/", detail=detail)
    happened = event(person, actor=actor, at=at)
    notify(people=[person.pk], message=message, event=happened)
    return Notification.objects.get(event=happened, person=person)
