"""What every page's layout needs to know of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from civic.pages.look import look


def site(request: HttpRequest) -> dict[str, Any]:
    """`city` (and `site`, which allauth's views use for a name of their own): names, logo, accent, hero, contact, footer links (read when used); `demo`: whether this is the demo."""
    city = SimpleLazyObject(look)
    return {"city": city, "site": city, "demo": settings.DEMO}
