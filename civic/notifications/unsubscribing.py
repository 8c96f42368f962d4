"""The signed link that stops mail without signing in (RFC 8058: one POST does it)."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse

from civic.accounts.models import Person
from civic.core.errors import NotFound
from civic.notifications import kinds
from civic.notifications.kinds import Stream

SALT = "civic.notifications.unsubscribe"


def link(person: Person, stream: Stream | None) -> str:
    """The address for one stream, or (None) for all digests; empty where the law leaves no choice.

    It never runs out: an old mail must still be able to stop the next one.
    """
    if stream and stream.by_law:
        return ""
    token = signing.dumps([str(person.pk), stream.slug if stream else ""], salt=SALT)
    return settings.SITE_URL + reverse("notifications:unsubscribe", args=[token])


def read(token: str) -> tuple[Person, Stream | None]:
    """Whom and what the link was made for. Raises NotFound for one that we did not make."""
    try:
        person_id, slug = signing.loads(token, salt=SALT)
        person = Person.objects.get(pk=person_id)
    except (signing.BadSignature, Person.DoesNotExist, ValidationError, ValueError):
        raise NotFound from None
    return person, kinds.stream(slug) if slug else None
