"""Daily roots leave the database: as a signed file, and by mail to those who asked. Nobody need sign in for it."""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from civic.accounts import mail
from civic.core.locking import lock_row
from civic.core.work import Priority
from marketplace.ledger import signing, subscribing
from marketplace.ledger.models import DailyRoot, RootSubscriber

FILE, MAIL = "file", "mail"


def publish_root(*, root: DailyRoot, at: datetime) -> DailyRoot:
    """Writes the root's file and its mails, each once: a repetition does what is missing.

    Raises OSError where the file cannot be written; nothing is marked then.
    """
    with transaction.atomic():
        root = lock_row(DailyRoot.objects, pk=root.pk)
        if FILE not in root.published:
            write_root(root)
        if MAIL not in root.published:
            _mail(root, at)
        root.published = [FILE, MAIL]
        root.save(update_fields=["published"])
        return root


def write_root(root: DailyRoot) -> Path:
    """Puts the signed root into its file; whoever reads it sees a whole one or none."""
    file = Path(settings.ROOTS_DIR) / root.book / f"{root.day.isoformat()}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as out:
        json.dump(signing.signed(root), out, indent=2)
        # On the disk before it takes its name: after a power cut a published root must not be an empty file.
        out.flush()
        os.fsync(out.fileno())
    return draft.replace(file)


def _mail(root: DailyRoot, at: datetime) -> None:
    """The outbox writes a key once, so that a crash between two addresses sends nothing twice."""
    subject = _("Root of the %(book)s ledger, %(day)s") % {"book": root.book, "day": root.day.isoformat()}
    data = json.dumps(signing.signed(root), indent=2)
    for subscriber in RootSubscriber.objects.filter(confirmed_at__isnull=False).iterator():
        stop = subscribing.stop_link(subscriber)
        context = {"root": data, "stop": stop, "site": settings.SITE_URL}
        mail.post(
            to=subscriber.address,
            subject=subject,
            text=render_to_string("ledger/mail/root.txt", context),
            unsubscribe=stop,
            key=f"ledger-root:{root.pk}:{subscriber.pk}",
            at=at,
            priority=Priority.BULK,
        )


def subscribe(*, address: str, at: datetime) -> RootSubscriber:
    """Notes the address and asks its owner to confirm, at most once a day; a confirmed one gets no mail."""
    subscriber, _made = RootSubscriber.objects.get_or_create(address=address.strip().lower())
    if subscriber.confirmed_at is None:
        link = {"link": subscribing.confirm_link(subscriber)}
        mail.post(
            to=subscriber.address,
            subject=_("Daily roots of the ledger: please confirm"),
            text=render_to_string("ledger/mail/confirm.txt", link),
            key=f"ledger-confirm:{subscriber.pk}:{localdate(at).isoformat()}",
            at=at,
            priority=Priority.URGENT,
        )
    return subscriber


def confirm(*, subscriber: RootSubscriber, at: datetime) -> None:
    """From now on the address gets every root; confirming again changes nothing."""
    RootSubscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=at)


def stop(*, subscriber: RootSubscriber) -> None:
    RootSubscriber.objects.filter(pk=subscriber.pk).delete()
