"""The signed links that confirm and end a subscription to daily roots; the link is the authority."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse

from civic.core.errors import NotFound
from marketplace.ledger.models import RootSubscriber

CONFIRM, STOP = "marketplace.ledger.confirm", "marketplace.ledger.stop"
DAYS_TO_CONFIRM = 7


def confirm_link(subscriber: RootSubscriber) -> str:
    """The address that confirms; it runs out after a week."""
    return _link("ledger:confirm", subscriber, CONFIRM)


def stop_link(subscriber: RootSubscriber) -> str:
    """The address that ends the mails. It never runs out: an old mail must be able to stop the next one."""
    return _link("ledger:stop", subscriber, STOP)


def to_confirm(token: str) -> RootSubscriber:
    """Whom a confirmation is about. Raises NotFound."""
    return _read(token, CONFIRM, DAYS_TO_CONFIRM * 86400)


def to_stop(token: str) -> RootSubscriber:
    """Whose mails a link ends. Raises NotFound, also when they have ended."""
    return _read(token, STOP, None)


def _link(name: str, subscriber: RootSubscriber, salt: str) -> str:
    return settings.SITE_URL + reverse(name, args=[signing.dumps(str(subscriber.pk), salt=salt)])


def _read(token: str, salt: str, seconds: int | None) -> RootSubscriber:
    try:
        return RootSubscriber.objects.get(pk=signing.loads(token, salt=salt, max_age=seconds))
    except (signing.BadSignature, RootSubscriber.DoesNotExist, ValidationError):
        raise NotFound from None
