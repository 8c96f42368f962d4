"""The clock's part of payments."""

from celery import shared_task

from civic.core import clock
from marketplace.payments import operations


@shared_task
def run_commands() -> int:
    """Asks providers what is due to be asked; every two seconds."""
    return operations.run_commands()


@shared_task
def process_webhooks() -> int:
    """Understands what providers told us; every two seconds."""
    return operations.process_webhooks()


@shared_task
def mirror_messages() -> int:
    """Lets dj-stripe's copy follow; every half minute."""
    return operations.mirror_messages()


@shared_task
def refresh_unfinished() -> int:
    """Asks about what has been quiet for too long; hourly."""
    return operations.refresh_unfinished(at=clock.now())


@shared_task
def reconcile() -> int:
    """Compares providers with the ledger; hourly."""
    return len(operations.reconcile(at=clock.now()))


@shared_task
def remind_of_disputes() -> int:
    """Reminds of evidence that is due in three days; hourly."""
    return operations.remind_due(at=clock.now())
