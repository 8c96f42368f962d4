"""The clock's part of access."""

from celery import shared_task

from civic.core import clock
from datasets.access.operations import grants


@shared_task
def expire_grants() -> int:
    """Says of grants whose time is over that they have expired; every ten minutes."""
    return grants.expire_grants(at=clock.now())
