"""The signed link that stops mail without signing in (RFC 8058: one POST does it)."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse

from civic.accounts.models import Person
from civic.core.errors import NotFound
from civic.notifications import types
from civic.notifications.types import Category

SALT = "civic.notifications.unsubscribe"


def link(person: Person, category: Category | None) -> str:
    """The address for one category, or (None) for all digests; empty where the law leaves no choice.

    It never runs out: an old mail must still be able to stop the next one.
    """
    if category and category.mandatory:
        return ""
    token = signing.dumps([str(person.pk), category.slug if category else ""], salt=SALT)
    return settings.SITE_URL + reverse("notifications:unsubscribe", args=[token])


def read(token: str) -> tuple[Person, Category | None]:
    """Whom and what the link was made for. Raises NotFound for one that we did not make."""
    try:
        person_id, slug = signing.loads(token, salt=SALT)
        person = Person.objects.get(pk=person_id)
    except (signing.BadSignature, Person.DoesNotExist, ValidationError, ValueError):
        raise NotFound from None
    return person, types.category(slug) if slug else None
