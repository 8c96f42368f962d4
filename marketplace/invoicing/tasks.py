"""The clock's part of invoicing."""

from celery import shared_task

from civic.core import clock
from marketplace.invoicing.operations import reminders


@shared_task
def remind_of_invoices() -> int:
    """Reminds of overdue invoices; hourly."""
    return reminders.remind_overdue(at=clock.now())
