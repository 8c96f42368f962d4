"""The clock's part of the ledger."""

from datetime import timedelta

from celery import shared_task

from civic.core import clock
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Book


@shared_task
def link_entries() -> int:
    """Links what was posted since; every ten seconds."""
    return operations.link_entries()


@shared_task
def close_day() -> int:
    """Closes yesterday (UTC) in each book and publishes what is not yet; hourly, so that an outage is made up for."""
    at = clock.now()
    for book in Book.values:
        operations.close_day(book=book, day=at.date() - timedelta(days=1))
    waiting = list(queries.unpublished_roots())
    for root in waiting:
        operations.publish_root(root=root, at=at)
    return len(waiting)


@shared_task
def take_checkpoints() -> int:
    """Keeps balances short sums; every ten minutes."""
    return operations.take_checkpoints(at=clock.now())


@shared_task
def recount() -> int:
    """Counts everything again; nightly. What differs is an error in the log."""
    return len(operations.recount())
