"""What has been sent, for tests that read mail."""

from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.db.models import Max

from civic.accounts import mail
from civic.accounts.models import Mail
from civic.core import clock


def delivered() -> list[EmailMessage]:
    """All mails so far, once the worker has sent what waits, whatever moment the test gave it."""
    latest = Mail.objects.aggregate(latest=Max("due_at"))["latest"]
    mail.send_due(at=max(latest or clock.now(), clock.now()), seconds=60)
    return list(django_mail.outbox)
