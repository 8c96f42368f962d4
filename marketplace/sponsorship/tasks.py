"""The clock's part of sponsorships and invoices."""

from celery import shared_task

from civic.core import clock
from marketplace.sponsorship.operations import reminders, sponsorships


@shared_task
def lapse_sponsorships() -> int:
    """Ends offers that nobody made a contract of; hourly."""
    return sponsorships.lapse_late(at=clock.now())


@shared_task
def remind_of_invoices() -> int:
    """Reminds of overdue invoices; hourly."""
    return reminders.remind_overdue(at=clock.now())
