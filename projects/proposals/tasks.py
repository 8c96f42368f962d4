"""The clock's part: counts of support."""

from celery import shared_task

from civic.core import clock
from projects.proposals import operations


@shared_task
def roll_up_support() -> int:
    """Adds new support to the counts; every few seconds."""
    return operations.roll_up(at=clock.now())


@shared_task
def recount_support() -> int:
    """Counts afresh and alarms where a count was wrong; every night."""
    return operations.recount(at=clock.now())
