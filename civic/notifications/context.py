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

    def count() -> int | str:
        found = queries.unread_count(person.pk)
        return found if found < queries.COUNTED else f"{queries.COUNTED - 1}+"

    return {"unread_count": SimpleLazyObject(count)}
