"""Whether this session passed the second step of signing in, and what follows when somebody's second step changes."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from civic.accounts.models import Person
from civic.accounts.queries import sessions
from civic.core.sessions import kept_as


def passed(request: HttpRequest, person: Person) -> bool:
    """Whether this session gave a code of an authenticator that the person still has.

    That the person has one says nothing of this session: it may be older, or a thief's with the password alone.
    """
    records = get_authentication_records(request, person)
    given = [record.get("id") for record in records if record["method"] == "mfa"]
    return bool(given) and Authenticator.objects.filter(user_id=person.pk, pk__in=given).exists()


def visitor(request: HttpRequest) -> Any:
    """Who asks, read when somebody wants to know: staff without the second step come as residents."""

    def read() -> Any:
        person = get_user(request)
        if isinstance(person, Person) and person.is_staff and not passed(request, person):
            person.withhold_powers()
        return person

    return SimpleLazyObject(read) if settings.STAFF_MFA_REQUIRED else request.user


def follow_change(request: HttpRequest, user: Person, authenticator: Authenticator, **details: Any) -> None:
    """Ends the person's other sessions once an authenticator came or went: who is in one of them did not give it.

    Who has just set one up gave its code in this session.
    """
    sessions(user).exclude(pk=kept_as(request.session.session_key)).delete()
    if authenticator.pk and authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
