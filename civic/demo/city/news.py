"""Runs what workers would have run meanwhile: handlers and counts; old notifications count as read."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from civic.core import events
from civic.notifications.models import Notification
from civic.pages.operations import count_numbers
from projects.discussion import counts
from projects.proposals.models import Project
from projects.proposals.operations import recount

FRESH = timedelta(days=2)


@transaction.atomic
def run_workers(at: datetime) -> None:
    """Everything that workers would have done meanwhile; in one transaction, since each commit waits for the disk."""
    _read_old(at)
    while events.deliver_pending(at=at):
        _read_old(at)
    recount(at=at)
    for project in Project.objects.values_list("pk", flat=True):
        counts.recount(project, at)
    count_numbers(at=at)


def _read_old(at: datetime) -> None:
    """What is older nobody would find unread, nor get by mail when the demo starts."""
    Notification.objects.unread().filter(notified_at__lt=at - FRESH).update(read_at=F("notified_at"))
