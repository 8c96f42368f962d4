"""The clock's part of shared data."""

from celery import shared_task

from civic.core import clock
from datasets.consent.operations import releases


@shared_task
def rebuild_releases() -> int:
    """Counts again what rests since somebody has withdrawn; daily."""
    return releases.rebuild_releases(at=clock.now())
