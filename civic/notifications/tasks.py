"""The clock's part: mails are made by beat, in batches that may be interrupted."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Q

from civic.accounts import mail
from civic.accounts.models import Mail
from civic.core import clock
from civic.notifications import outbox
from civic.notifications.models import Notification
from civic.notifications.types import Frequency

KEEP_NEWS = timedelta(days=400)
KEEP_MAILS = timedelta(days=90)


@shared_task
def make_mails() -> int:
    """Makes the mails that should not wait, and has them sent; every ten seconds."""
    made = outbox.prepare_at_once(at=clock.now())
    if made:
        mail.send_mails.delay()
    return made


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
    old = Mail.objects.filter(Q(done_at__lt=at - KEEP_MAILS) | Q(dead_at__lt=at - KEEP_MAILS))
    # What was mailed and never read has no mail any more then; without this it would be mailed again.
    Notification.objects.filter(mail__in=old).update(frequency=Frequency.NEVER)
    old.delete()
