"""The icons of static/img/icons.svg by name."""

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings


@cache
def names() -> frozenset[str]:
    """The names of all icons. `mark` is the site's own sign, no icon."""
    sprite = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', sprite)) - {"mark"}


def check(name: str) -> Iterator[str]:
    """What is wrong with this icon name, for the check of a registry; an unknown one would draw nothing."""
    if name not in names():
        yield f"there is no icon “{name}” in static/img/icons.svg."
