"""Mail of the demo: written to a table that anybody may read at /demo/mail/, and sent to nobody."""

from collections.abc import Iterable, Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from civic.demo.models import Message


class Backend(BaseEmailBackend):
    """Django's interface of a mail backend; one row a recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps the messages and says how many there were."""
        Message.objects.bulk_create([row for mail in email_messages for row in rows(mail)])
        return len(email_messages)


def rows(mail: EmailMessage) -> Iterable[Message]:
    """The message once for each of its recipients, hidden ones included."""
    for address in dict.fromkeys(mail.recipients()):
        yield Message(
            recipient=parseaddr(address)[1].lower(),
            sender=str(mail.from_email),
            subject=" ".join(str(mail.subject).split())[:400],
            text=str(mail.body),
        )
