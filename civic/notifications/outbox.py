"""Making mails out of notifications, and sending each at most once.

Two steps, so that a crash at any point sends nothing twice: a mail is made together with the mark on its
notifications; then it is claimed (committed), handed to the mail server, and confirmed. A mail that was
claimed and never confirmed is in doubt and stays so: its news is on the site anyway.
"""

import logging
from datetime import datetime, timedelta
from smtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from civic.notifications import mails
from civic.notifications.models import Mail, Notification
from civic.notifications.mornings import day_of

log = logging.getLogger(__name__)

# The server said no before it took the mail, so that another try cannot send it twice.
NOT_TAKEN = (SMTPConnectError, SMTPDataError, SMTPHeloError, SMTPRecipientsRefused, SMTPSenderRefused)
PAUSES = [timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2), timedelta(hours=12)]


def prepare_at_once(*, at: datetime, limit: int = 500) -> int:
    """One mail for each notification that should not wait for a digest; returns how many."""
    with transaction.atomic():
        due = Notification.objects.due_at_once().select_for_update(skip_locked=True, of=("self",))
        waiting = list(due.only("pk", "person_id").order_by("pk")[:limit])
        for notification in waiting:
            notification.mail = Mail(person_id=notification.person_id, due_at=at)
        Mail.objects.bulk_create([notification.mail for notification in waiting if notification.mail])
        Notification.objects.bulk_update(waiting, ["mail"])
    return len(waiting)


def prepare_digests(*, at: datetime, limit: int = 500) -> int:
    """Digests of the last morning for up to `limit` people who did not get theirs; returns how many.

    Call it again until it returns 0; it may be interrupted and run by several workers.
    """
    day = day_of(at)
    with transaction.atomic():
        due = Notification.objects.due_in_digest(at)
        people = list(due.order_by("person").values_list("person", flat=True).distinct()[:limit])
        new = [Mail(person_id=person, day=day, due_at=at) for person in people]
        Mail.objects.bulk_create(new, ignore_conflicts=True)
        ours = Mail.objects.filter(pk__in=[mail.pk for mail in new])
        _gather(ours, at)
    return len(new)


def _gather(digests: Any, at: datetime) -> None:
    """Puts what is due into these digests; `due_in_digest` would leave out people who have one now."""
    theirs = digests.filter(person=OuterRef("person")).values("pk")[:1]
    people = digests.values("person")
    Notification.objects.due_by(at).filter(person__in=people).update(mail=Subquery(theirs))


def send_waiting(*, at: datetime, limit: int = 200) -> int:
    """Sends up to `limit` waiting mails over one connection; returns how many were taken.

    Raises the connection's error where the mail server cannot be reached: nothing is claimed then.
    """
    waiting = list(Mail.objects.waiting(at).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    if not waiting:
        return 0
    with get_connection() as connection:
        return sum(_send(pk, connection, at) for pk in waiting)


def _send(pk: Any, connection: Any, at: datetime) -> bool:
    if not Mail.objects.waiting(at).filter(pk=pk).update(claimed_at=at, attempts=F("attempts") + 1):
        return False  # another sender has it
    mail = Mail.objects.select_related("person").get(pk=pk)
    message = mails.compose(mail, connection)
    if message is None:
        mail.delete()  # all of it was read meanwhile
        return False
    try:
        message.send()
    except NOT_TAKEN as refusal:
        _put_off(mail, refusal, at)
        return False
    Mail.objects.filter(pk=pk).update(sent_at=at, last_error="", subject="", text="", unsubscribe="")
    return True


def _put_off(mail: Mail, refusal: Exception, at: datetime) -> None:
    """Tries again later; after the last pause the mail stays claimed, with its error, for the admin."""
    log.warning("mail %s was refused: %s", mail.pk, type(refusal).__name__)
    again = mail.attempts <= len(PAUSES)
    pause = PAUSES[mail.attempts - 1] if again else timedelta()
    changes = {"claimed_at": None if again else at, "due_at": at + pause, "last_error": repr(refusal)[:300]}
    Mail.objects.filter(pk=mail.pk).update(**changes)
