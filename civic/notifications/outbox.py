"""Making mails out of notifications, each together with the mark on what it holds: a crash makes none twice.

What a mail says is made when it is sent (`mail_contents.py`): what was read, hidden or erased meanwhile is left out.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from civic.accounts.models import Mail
from civic.core.work import Priority
from civic.notifications.models import Notification, digest_key
from civic.notifications.mornings import day_of


def prepare_at_once(*, at: datetime, limit: int = 500) -> int:
    """One mail for each notification that should not wait for a digest; returns how many."""
    with transaction.atomic():
        # SKIP LOCKED: what another worker makes mails of is its own. Without the lock both would mail the same.
        due = Notification.objects.due_at_once().select_for_update(skip_locked=True, of=("self",))
        waiting = list(due.only("pk", "person_id").order_by("pk")[:limit])
        for notification in waiting:
            notification.mail = Mail(person_id=notification.person_id, due_at=at, content="news")
        Mail.objects.bulk_create([notification.mail for notification in waiting if notification.mail])
        Notification.objects.bulk_update(waiting, ["mail"])
    return len(waiting)


def prepare_digests(*, at: datetime, limit: int = 500) -> int:
    """Digests of the last morning for up to `limit` people who did not get theirs; returns how many.

    Call it again until it returns 0; it may be interrupted and run by several workers.
    """
    digest = {"due_at": at, "content": "digest", "key": digest_key(day_of(at)), "priority": Priority.BULK}
    with transaction.atomic():
        due = Notification.objects.due_in_digest(at)
        people = list(due.order_by("person").values_list("person", flat=True).distinct()[:limit])
        new = [Mail(person_id=person, **digest) for person in people]
        # `key` is one for each person and day: of two workers' digests the second is not written, and not filled.
        Mail.objects.bulk_create(new, ignore_conflicts=True)
        ours = Mail.objects.filter(pk__in=[mail.pk for mail in new])
        _gather(ours, at)
    return len(new)


def _gather(digests: Any, at: datetime) -> None:
    """Puts what is due into these digests; `due_in_digest` would leave out people who have one now."""
    theirs = digests.filter(person=OuterRef("person")).values("pk")[:1]
    people = digests.values("person")
    Notification.objects.due_by(at).filter(person__in=people).update(mail=Subquery(theirs))
