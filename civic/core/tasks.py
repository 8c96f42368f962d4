"""The clock's part of the event log."""

from celery import shared_task

from civic.core import clock, events, seals


@shared_task
def deliver_events() -> int:
    """Runs the handlers of what happened since; every two seconds."""
    return events.deliver_pending()


@shared_task
def seal_events() -> None:
    """Seals the log; hourly, so that a day has at least one link even after an outage."""
    seals.seal(at=clock.now())
