"""The clock's part of the ledger."""

import logging
from datetime import UTC, datetime, timedelta

from celery import shared_task

from civic.core import clock, row_steps
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Book, DailyRoot

log = logging.getLogger(__name__)


@shared_task
def link_entries() -> int:
    """Links what was posted since; every ten seconds."""
    return operations.link_entries()


@shared_task
def close_day() -> int:
    """Closes yesterday (UTC) in each book and publishes what is not yet; hourly, so that an outage is made up for."""
    at = clock.now()
    for book in Book.values:
        try:
            operations.close_day(book=book, day=at.astimezone(UTC).date() - timedelta(days=1))
        except Exception:  # a book that can't be closed keeps no other from it; the log's error is an alarm
            log.exception("the day of the book %s was not closed", book)
    waiting = queries.unpublished_roots()
    return row_steps.each("roots to be published", waiting, lambda root: _publish(root, at), at=at)


def _publish(root: DailyRoot, at: datetime) -> bool:
    operations.publish_root(root=root, at=at)
    return True


@shared_task
def take_checkpoints() -> int:
    """Keeps balances short sums; every ten minutes."""
    return operations.take_checkpoints(at=clock.now())


@shared_task
def recount() -> int:
    """Counts everything again; nightly. What differs is an error in the log."""
    return len(operations.recount())
