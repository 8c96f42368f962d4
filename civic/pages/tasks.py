from celery import shared_task

from civic.core import clock
from civic.pages import operations


@shared_task
def count_numbers() -> None:
    """Counts the live numbers; every minute."""
    operations.count_numbers(at=clock.now())
