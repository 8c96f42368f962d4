"""Support: inserted in one statement, counted later, checked at night."""

import logging
from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require
from projects.proposals import conditions
from projects.proposals.models import Project, Support, SupportChange, SupportCount

log = logging.getLogger(__name__)


def support(*, actor: Person, project: Project, at: datetime) -> None:
    """Says “I want this”; saying it twice is the same. Raises Forbidden, Conflict (not open to support)."""
    require(actor, "support", project)
    _check(project, conditions.supportable(project))
    Support.objects.bulk_create(
        [Support(project=project, person=actor, created_at=at)], ignore_conflicts=True
    )


def withdraw_support(*, actor: Person, project: Project, at: datetime) -> None:
    """Takes the support back, as long as the project can still change. Raises Forbidden, Conflict (it has ended)."""
    require(actor, "support", project)
    _check(project, conditions.withdrawable(project))
    Support.objects.filter(project=project, person=actor).delete()


def _check(project: Project, possible: bool) -> None:
    if not possible:
        raise Conflict(
            _("This project is “%(state)s”; support counts no more.") % {"state": project.get_state_display()}
        )


def roll_up(*, at: datetime, most: int = 10_000) -> int:
    """Adds what came since to the counts; returns how many changes. Two workers never add the same one."""
    with transaction.atomic():
        fresh = SupportChange.objects.select_for_update(skip_locked=True).order_by("pk")[:most]
        changes = list(fresh)
        totals: Counter[UUID] = Counter()
        for change in changes:
            totals[change.project_id] += change.delta
        for project, delta in sorted(totals.items(), key=lambda item: str(item[0])):
            SupportCount.objects.filter(project_id=project).update(
                supports=F("supports") + delta, counted_at=at
            )
        SupportChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def recount(*, at: datetime) -> int:
    """Counts every project afresh; mends and reports each count that was wrong, and returns how many were.

    No support comes in meanwhile: the table is locked against writing for that short while.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE proposals_support IN SHARE MODE")
        roll_up(at=at, most=10_000_000)
        actual = dict(Support.objects.values_list("project").annotate(n=Count("pk")).order_by())
        wrong = [
            row
            for row in SupportCount.objects.select_related("project")
            if row.supports != actual.get(row.pk, 0)
        ]
        for row in wrong:
            _mend(row, actual.get(row.pk, 0), at)
    return len(wrong)


def _mend(row: SupportCount, actual: int, at: datetime) -> None:
    log.error("support count of project %s was %s, is %s", row.pk, row.supports, actual)
    events.record(
        "project.support_miscounted",
        actor=None,
        subject=row.project,
        at=at,
        payload={"was": row.supports, "is": actual},
    )
    SupportCount.objects.filter(pk=row.pk).update(supports=actual, counted_at=at)
