"""Requests as views get them: with what htmx said, and with the person who signed in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from civic.accounts.models import Person


class HtmxRequest(HttpRequest):
    """What HtmxMiddleware has passed on."""

    htmx: HtmxDetails


class AuthenticatedRequest(HtmxRequest):
    """What reaches a view whose `@access` lets nobody in who is not signed in."""

    user: Person


def signed_in(request: HttpRequest) -> Person:
    """The person of a request whose type a library fixes (Django admin, DRF).

    Raises PermissionDenied for a stranger.
    """
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
