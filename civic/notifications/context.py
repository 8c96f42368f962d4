"""The number in the header."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from civic.notifications import queries


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_count` for the layout: asked only where it is shown, and once a page."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    count = SimpleLazyObject(lambda: _capped(queries.unread_count(person.pk)))
    return {"unread_count": count}


def _capped(count: int) -> int | str:
    return count if count < queries.COUNTED else f"{queries.COUNTED - 1}+"
