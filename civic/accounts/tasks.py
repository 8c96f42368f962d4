"""What the worker and the clock do for people: exports, expiry, erasure."""

from uuid import UUID

from celery import shared_task

from civic.accounts import operations
from civic.core import clock


@shared_task
def expire_residencies() -> int:
    """Ends letters that were not answered and confirmations whose term is over; hourly."""
    return operations.expire_residencies(at=clock.now())


@shared_task
def end_staff_invitations() -> int:
    """Ends invitations of staff that nobody accepted within their week; hourly."""
    return operations.end_staff_invitations(at=clock.now())


@shared_task
def build_export(export_id: str) -> None:
    """Builds the archive of one data export."""
    operations.build_export(export_id=UUID(export_id), at=clock.now())


@shared_task
def drop_exports() -> int:
    """Deletes archives whose time to be downloaded is over, and has those made that a broker has lost; hourly."""
    at = clock.now()
    for export_id in operations.lost_exports(at=at):
        build_export.delay(str(export_id))
    return operations.drop_exports(at=at)


@shared_task
def erase_due() -> int:
    """Erases the accounts whose days to think about it are over; hourly."""
    return operations.erase_due(at=clock.now())


@shared_task
def tell_of_put_off() -> int:
    """Tells administrators, once a day, of rows that no task could work on; hourly."""
    return operations.tell_of_put_off(at=clock.now())
