"""The clock's part of the catalogue."""

from celery import shared_task

from civic.core import clock
from datasets.catalogue.operations import harvesting, own_data, reading_steps, sources, uploads


@shared_task
def run_steps() -> int:
    """Looks at files and reads them; every two seconds."""
    return reading_steps.run_steps()


@shared_task
def expire_uploads() -> int:
    """Gives up files that nobody went on with for a week; hourly."""
    return uploads.expire_uploads(at=clock.now())


@shared_task
def forget_strays() -> int:
    """Deletes what killed writers have left in the storage; daily."""
    return uploads.forget_strays(at=clock.now())


@shared_task
def refresh_own_data() -> int:
    """Sends the tables of the exchange itself that have changed; daily."""
    return own_data.refresh_own_data(at=clock.now())


@shared_task
def harvest_daily() -> int:
    """Begins a harvest of each source; daily."""
    return sources.harvest_daily(at=clock.now())


@shared_task
def run_harvests() -> int:
    """Reads sources and takes over what they have; every ten seconds."""
    return harvesting.run_steps()
