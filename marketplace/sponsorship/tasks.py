"""The clock's part of sponsorships."""

from celery import shared_task

from civic.core import clock
from marketplace.sponsorship.operations import sponsorships


@shared_task
def lapse_sponsorships() -> int:
    """Ends offers that nobody made a contract of; hourly."""
    return sponsorships.lapse_late(at=clock.now())
