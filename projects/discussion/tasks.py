"""The clock's part of the discussion."""

import logging

from celery import shared_task

from civic.core import clock
from projects.calls import operations as calls
from projects.discussion import counts

log = logging.getLogger(__name__)


@shared_task
def recount() -> int:
    """Counts comments and followers anew, nightly, and complains where a count was wrong."""
    wrong = counts.recount_all(clock.now())
    if wrong:
        log.error("%s discussion counts were wrong and are mended", wrong)
    return wrong


@shared_task
def announce_voting() -> int:
    """Tells people that voting has begun in a call of theirs; every five minutes."""
    return calls.announce_voting(at=clock.now())
