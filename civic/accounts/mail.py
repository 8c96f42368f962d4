"""The one way by which mail leaves: a row in the transaction of what it is about, sent by the worker after that.

Nothing else talks to a mail server. A server that is slow or away then holds no request, no lock and no transaction;
a mail of what was rolled back is never sent, and one of what was committed is never lost.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import partial
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic.accounts import identity, letters
from civic.accounts.letters import Letter
from civic.accounts.models import LetterCount, Mail, Person
from civic.accounts.models.mail import NOT_TAKEN, Unreached
from civic.core import clock, work
from civic.core.errors import Conflict
from civic.core.registry import Hook, Registry
from civic.core.work import Priority

log = logging.getLogger(__name__)

# A day: to one address, whoever makes us write to it, and of one sender; of the council, which answers for them in the
# log, more, and counted apart: else a resident's three invitations keep a colleague out of the council for a day.
LETTERS_TO_ADDRESS, LETTERS_OF_SENDER, LETTERS_OF_COUNCIL = 3, 40, 10

# What makes the letter of a mail at the moment it is sent, by `Mail.content`; None: nothing is left to say. In each
# slice's mail_contents.
contents: Registry[Hook[[Mail, datetime], Letter | None]] = Registry("content of mails")
contents.register(Hook("letter", lambda mail, at: letters.typeset(mail.subject, mail.text, mail.unsubscribe)))


def write(template_prefix: str, *, to: str, context: dict[str, Any], at: datetime, **columns: Any) -> None:
    """Writes a letter by a template to an address; `columns` as for `post`."""
    subject, text = letters.written(template_prefix, context)
    post(to=to, subject=subject, text=text, at=at, **columns)


def post(*, to: str, subject: str, text: str, at: datetime, content: str = "letter", **columns: Any) -> None:
    """Puts a letter to an address into the outbox, in the caller's transaction.

    `columns` of `Mail`: `priority`; `key`, the same of which writes once only; `unsubscribe`, for letters that come
    again and again, the address whose POST, without cookie, ends them; `about`, what a `content` of its own needs.
    """
    letter = Mail(address=to, subject=subject, text=text, due_at=at, content=content, **columns)
    Mail.objects.bulk_create([letter], ignore_conflicts=True)
    if letter.priority == Priority.URGENT:
        # Somebody sits and waits: not before the clock's next call but at once. After the commit, because the worker
        # would not see the row before. Robust: without a broker it is the clock that sends it later.
        transaction.on_commit(send_mails.delay, robust=True)


def count_to_stranger(
    *, to: str, sender: Person | None, at: datetime, kind: str = "to", most: int = LETTERS_TO_ADDRESS
) -> None:
    """Counts a letter that somebody makes us send to an address that need not be theirs, in the caller's transaction.

    Raises Conflict where the address, or the sender, had a day's letters: else the city's mail server is a weapon
    against strangers, whoever may invite. `sender` is None where nobody is signed in; letters of another `kind` are
    counted apart.
    """
    address = identity.letter_mark(kind, to.strip().lower())
    counted = [(address, most, _("This address has had enough letters for today. Try again tomorrow."))]
    if sender is not None:
        own = identity.letter_mark("of", str(sender.pk))
        counted.append(
            (own, LETTERS_OF_SENDER, _("You have sent enough letters for today. Try again tomorrow."))
        )
    day = timezone.localdate(at)
    LetterCount.objects.filter(day__lt=day).delete()
    for mark, limit, reason in counted:
        LetterCount.objects.get_or_create(mark=mark, day=day)
        # One statement: the row's lock lets no two at once take the last one.
        below = LetterCount.objects.filter(mark=mark, day=day, letters__lt=limit)
        if not below.update(letters=F("letters") + 1):
            raise Conflict(reason)


@shared_task
def send_mails() -> int:
    """Sends what is due; every ten seconds, and at once for what somebody waits for."""
    return send_due()


def send_due(*, at: datetime | None = None, limit: int = 5000, seconds: float = 8) -> int:
    """Sends what is due over one connection, urgent mails first; returns how many were sent.

    Where the mail server does not answer, nothing is tried, so that a long outage uses up no tries. It ends a little
    before the clock's next call: mass mails then keep one worker busy, not all of them.
    """
    # Raises RuntimeError inside of a transaction, which would keep its locks for as long as the server takes.
    with transaction.atomic(durable=True):
        waiting = Mail.objects.due(at or clock.now()).exists()
    if not waiting:
        return 0
    connection = get_connection(settings.MAIL_BACKEND)
    try:
        connection.open()
    except OSError as error:
        log.exception("the mail server does not answer: %s", error)
        return 0
    with connection:
        send = partial(_send, connection)
        return work.run(Mail, send, at=at, limit=limit, seconds=seconds, expected=NOT_TAKEN)


def _send(connection: Any, mail: Mail, at: datetime) -> None:
    made = contents[mail.content](mail, at)
    if made is None:
        mail.delete()
        return
    message = EmailMultiAlternatives(
        subject=" ".join(made.subject.split()),
        body=made.text,
        from_email=letters.sender(),
        to=[mail.person.email if mail.person else mail.address],
        headers=_headers(mail, made.unsubscribe),
        connection=connection,
    )
    message.attach_alternative(made.html, "text/html")
    for file in made.attachments:
        message.attach(file.name, file.content, file.mime)
    try:
        connection.open()
    except OSError as error:
        raise Unreached from error
    try:
        message.send()
    except OSError:
        connection.close()  # after a time-out the next mail would be refused by what is left of it
        raise


def _headers(mail: Mail, unsubscribe: str) -> dict[str, str]:
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


class Backend(BaseEmailBackend):
    """Django's interface of a mail backend, for libraries: what they send waits in the outbox with the rest."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes a letter for each recipient and says how many messages there were."""
        for message in email_messages:
            for address in message.recipients():
                post(
                    to=parseaddr(address)[1],
                    subject=str(message.subject),
                    text=str(message.body),
                    at=clock.now(),
                    priority=Priority.URGENT,
                )
        return len(email_messages)
