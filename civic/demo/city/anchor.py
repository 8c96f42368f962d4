"""Keeps the demo from going stale: on a later day all dates move along, so that what is voted on still is."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from civic.demo.city.calendar import Calendar
from civic.demo.models import City
from projects.calls.models import Phase
from projects.discussion.models import Comment
from projects.proposals.models import Project


def anchor(city: City, at: datetime) -> int:
    """Moves the city's dates to the day of `at`; returns by how many days. The same day changes nothing."""
    with transaction.atomic():
        city = City.objects.select_for_update().get(pk=city.pk)
        today = Calendar(at).today
        late = today - city.anchored_on
        if late > timedelta(0):
            _move(late)
            city.anchored_on = today
            city.save(update_fields=["anchored_on"])
    return max(late.days, 0)


def _move(late: timedelta) -> None:
    """What pages show as a date. The event log stays as it was written: it is sealed."""
    # The last phase first: moved one by one, phases of a call must never overlap.
    for phase in Phase.objects.order_by("-starts_at"):
        Phase.objects.filter(pk=phase.pk).update(
            starts_at=phase.starts_at + late, ends_at=phase.ends_at + late
        )
    Project.objects.update(
        submitted_at=F("submitted_at") + late,
        opened_at=F("opened_at") + late,
        state_since=F("state_since") + late,
    )
    Comment.objects.update(posted_at=F("posted_at") + late)
