"""The clock's part of payments."""

from celery import shared_task

from civic.core import clock
from marketplace.payments import operations

AT_ONCE = 50


@shared_task
def run_commands() -> int:
    """Asks providers what is due to be asked; every two seconds. Each call gets its own moment and lease.

    A failure ends the run: the next one begins behind it.
    """
    done = 0
    while done < AT_ONCE and operations.run_commands(at=clock.now(), limit=1):
        done += 1
    return done


@shared_task
def process_messages() -> int:
    """Understands what providers told us; every two seconds."""
    return operations.process_messages(at=clock.now())


@shared_task
def mirror_messages() -> int:
    """Lets dj-stripe's copy follow; every half minute."""
    return operations.mirror_messages(at=clock.now())


@shared_task
def look_again() -> int:
    """Asks about what has been quiet for too long; hourly."""
    return operations.look_again(at=clock.now())


@shared_task
def reconcile() -> int:
    """Compares providers with the ledger; hourly."""
    return len(operations.reconcile(at=clock.now()))
