"""What every page's layout needs to know of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The city's name and look, and whether this is the demo."""
    return {"site": {"name": settings.WAGTAIL_SITE_NAME}, "demo": settings.DEMO}
