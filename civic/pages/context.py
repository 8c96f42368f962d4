"""What every page's layout needs to know of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from civic.pages.look import look


def site(request: HttpRequest) -> dict[str, Any]:
    """`city`: names, logo, accent, hero, contact, footer links, read when used; `demo`: whether this is the demo.

    `site` is the same: allauth's views put something else under that name, so the frame of the page uses `city`.
    """
    city = SimpleLazyObject(look)
    return {"city": city, "site": city, "demo": settings.DEMO}
