"""Keeps the demo from going stale: on a later day all dates move along, so that what is voted on still is."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from civic.accounts.models import Residency
from civic.core.locking import lock_row
from civic.demo.city.calendar import Calendar
from civic.demo.models import City, Message
from civic.pages.models import StoryPage
from projects.calls.models import Call, Phase
from projects.calls.states import CallState
from projects.contributions.models import Want
from projects.delivery.models import Milestone
from projects.delivery.states import MilestoneState
from projects.discussion.models import Comment, ModerationCase, Report
from projects.discussion.states import WAITING
from projects.proposals.models import Project


def anchor(city: City, at: datetime) -> int:
    """Moves the city's dates to the day of `at`; returns by how many days. The same day changes nothing."""
    with transaction.atomic():
        # Two starts at once would otherwise both move the dates by the same days.
        city = lock_row(City.objects, pk=city.pk)
        today = Calendar(at).today
        late = max(today - city.anchored_on, timedelta(0))
        if late:
            _move_calls(late)
            _move_the_rest(late)
            city.anchored_on = today
            city.save(update_fields=["anchored_on"])
    return late.days


def _move_calls(late: timedelta) -> None:
    """Calls that are not decided, with their projects and discussions. What is decided is history, and grows older.

    Ballots and the event log stay as they were written: the database keeps them so.
    """
    calls = Call.objects.exclude(state=CallState.DECIDED)
    # The last phase first: moved one by one, phases of a call must never overlap.
    for phase in Phase.objects.filter(call__in=calls).order_by("-starts_at"):
        Phase.objects.filter(pk=phase.pk).update(
            starts_at=phase.starts_at + late, ends_at=phase.ends_at + late
        )
    Project.objects.filter(call__in=calls).update(
        submitted_at=F("submitted_at") + late,
        opened_at=F("opened_at") + late,
        state_since=F("state_since") + late,
    )
    Comment.objects.filter(project__call__in=calls).update(posted_at=F("posted_at") + late)


def _move_the_rest(late: timedelta) -> None:
    """What waits has not waited longer, yesterday's story is of yesterday, and no letter has run out."""
    waiting = ModerationCase.objects.filter(state__in=WAITING)
    Report.objects.filter(case__in=waiting).update(reported_at=F("reported_at") + late)
    waiting.update(reported_at=F("reported_at") + late)
    Milestone.objects.exclude(state=MilestoneState.ACCEPTED).update(due_on=F("due_on") + late)
    Want.objects.update(needed_by=F("needed_by") + late)
    Residency.objects.update(expires_at=F("expires_at") + late)
    StoryPage.objects.update(day=F("day") + late)
    Message.objects.update(created_at=F("created_at") + late)
