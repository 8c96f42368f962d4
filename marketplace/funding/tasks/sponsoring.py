"""The clock's part of sponsorships and invoices."""

from celery import shared_task

from civic.core import clock
from marketplace.funding.operations import reminding, sponsoring


@shared_task
def lapse_sponsorships() -> int:
    """Ends offers that nobody made a contract of; hourly."""
    return sponsoring.lapse_late(at=clock.now())


@shared_task
def remind_of_invoices() -> int:
    """Reminds of overdue invoices; hourly."""
    return reminding.remind_overdue(at=clock.now())
