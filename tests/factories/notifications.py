"""Notifications as the tests need them: `told(person)` has been told something."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from civic.core import clock, events
from civic.core.models import Event
from civic.notifications.kinds import Kind, Rhythm, Stream
from civic.notifications.models import Notification
from civic.notifications.operations import News, notify

DAILY = Stream(910, "test-daily", "Daily things", rhythm=Rhythm.DAILY)
WEEKLY = Stream(920, "test-weekly", "Weekly things", rhythm=Rhythm.WEEKLY)
AT_ONCE = Stream(930, "test-at-once", "Urgent things", rhythm=Rhythm.AT_ONCE)
BY_LAW = Stream(940, "test-by-law", "Things owed by law", rhythm=Rhythm.AT_ONCE, by_law=True)
KINDS = {
    stream.slug: Kind(stream.slug, stream, "%(actor)s did something about %(topic)s")
    for stream in (DAILY, WEEKLY, AT_ONCE, BY_LAW)
}


def event(about: Any, *, actor: Any = None, at: datetime | None = None) -> Event:
    """Something that happened to this thing."""
    return events.record("test.happened", actor=actor, subject=about, at=at or clock.now())


def told(
    person: AbstractBaseUser,
    stream: Stream = DAILY,
    *,
    at: datetime,
    actor: Any = None,
    topic: str = "Benches",
    detail: str = "",
) -> Notification:
    """This person is told of a new event of that stream; the stream's kind must be registered."""
    news = News(stream.slug, topic, "/projects/benches/", detail=detail)
    happened = event(person, actor=actor, at=at)
    notify(people=[person.pk], news=news, event=happened)
    return Notification.objects.get(event=happened, person=person)
