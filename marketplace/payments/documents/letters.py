"""What all letters have in common: who writes, to whom, in which language and colours."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civic.accounts import letters


def letterhead() -> dict[str, Any]:
    """Who writes: the city's name and that of its site, and the tones of its accent (`#rrggbb`).

    `lines` may take more, such as the postal address that an invoice has to name.
    """
    head = letters.letterhead()
    tones = head["tones"]
    return {
        "name": settings.BANK_HOLDER or head["site_name"],
        "site": head["site_name"],
        "lines": [],
        "logo": "mark.svg",
        "accent": tones.accent,
        "deep": tones.deep,
        "soft": tones.soft,
    }


def frame(
    *,
    title: str,
    at: datetime,
    recipient: Iterable[str] = (),
    facts: Iterable[tuple[str, str]] = (),
    footer: Iterable[str] = (),
) -> dict[str, Any]:
    """The part of a letter's data that `letter.typ` reads; the letter's own part is added with `|`."""
    head = letterhead()
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        "title": title,
        "at": at.isoformat(),
        "letterhead": head,
        "recipient": list(recipient),
        "facts": [list(pair) for pair in facts],
        "footer": [f"{head['name']} · {settings.SITE_URL.split('//')[-1]}", *footer],
        "words": {"page": _("Page {n} of {all}")},
    }
