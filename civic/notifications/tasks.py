"""The clock's part: mails are made and sent by beat, in batches that may be interrupted."""

from datetime import timedelta

from celery import shared_task

from civic.core import clock
from civic.notifications import outbox
from civic.notifications.models import Mail, Notification

KEEP_NEWS = timedelta(days=400)
KEEP_MAILS = timedelta(days=90)


@shared_task
def send_mails() -> int:
    """Makes the mails that should not wait, and sends what is waiting; every ten seconds."""
    at = clock.now()
    outbox.prepare_at_once(at=at)
    return outbox.send_waiting(at=at)


@shared_task
def make_digests() -> int:
    """Makes this morning's digests for everybody who has not got theirs; every ten minutes."""
    at, made = clock.now(), 0
    while batch := outbox.prepare_digests(at=at):
        made += batch
    return made


@shared_task
def forget_old_news() -> None:
    """Drops notifications after thirteen months and the record of mails after three; once a day."""
    at = clock.now()
    Notification.objects.filter(notified_at__lt=at - KEEP_NEWS).delete()
    Mail.objects.filter(claimed_at__lt=at - KEEP_MAILS).delete()
