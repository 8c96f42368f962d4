"""Template tags of the look: icons, where the reader is, initials, and small lookups for components."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from civic.core import icons

register = template.Library()

HUES = 8  # the number of .hue-N classes in components.css


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """The symbol `name` of static/img/icons.svg, in the colour of the text and silent to screen readers.

    Raises LookupError for an unknown name, as for a template that is not there: it would draw nothing, unnoticed.
    """
    for problem in icons.check(name):
        raise LookupError(problem)
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def current(context: Context, path: str) -> str:
    """`aria-current` of a navigation link to `path`: "page" on it, "true" below it, nothing elsewhere."""
    request = context.get("request")
    here = getattr(request, "path", "")
    if here == path:
        return SafeString('aria-current="page"')
    if path != "/" and here.startswith(path):
        return SafeString('aria-current="true"')
    return ""


@register.filter
def initials(name: str) -> str:
    """Up to two initials of a name: "Ada Maria Lind" is "AL"."""
    words = str(name).split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper() or "?"


@register.filter
def hue(name: str) -> str:
    """The class of one of eight hues, always the same for the same name."""
    digest = hashlib.sha256(str(name).encode()).digest()
    return f"hue-{digest[0] % HUES + 1}"


@register.filter
def of(mapping: Mapping[str, Any] | None, key: object) -> Any:
    """`mapping[key]`, or nothing; keys are compared as text since they come from form values."""
    return (mapping or {}).get(str(key), "")


# One meaning a colour, whatever the thing: accent is happening now, positive is done well, warning waits for
# somebody, danger has ended badly. What is not listed is neutral.
STATE_KINDS = {
    "accent": ("open", "voting", "funding", "delivering", "cast", "active", "in_progress", "proposals"),
    "positive": (
        *("funded", "completed", "evaluated", "decided", "shortlisted", "accepted", "verified", "kept"),
        *("upheld", "collected", "approved", "succeeded", "paid"),
    ),
    "warning": (
        *("submitted", "returned", "review", "reported", "appealed", "pending", "overdue", "needs_payer"),
        *("awaiting_method", "past_due"),
    ),
    "danger": (
        "rejected",
        "failed",
        "cancelled",
        "hidden",
        "void",
        "expired",
        "missed",
        "disputed",
        "revoked",
        "suspended",
    ),
}
KIND_OF_STATE = {state: kind for kind, states in STATE_KINDS.items() for state in states}


@register.filter
def badge_kind(value: str) -> str:
    """The badge kind of a state; a kind stays what it is."""
    return KIND_OF_STATE.get(str(value), str(value) if value in {*STATE_KINDS, "info"} else "neutral")


ALERT_KIND_OF_LEVEL = {"success": "positive", "error": "danger", "debug": "info", "": "info"}


@register.filter
def alert_kind(level: str) -> str:
    """The alert kind of a Django message level; a kind stays what it is."""
    words = str(level or "").split()
    last = words[-1] if words else ""
    kind = ALERT_KIND_OF_LEVEL.get(last, last)
    return kind if kind in ("info", "positive", "warning", "danger") else "info"


@register.filter
def at(sequence: Sequence[Any], place: int) -> Any:
    """`sequence[place]`, or nothing beyond its end."""
    return sequence[place] if place < len(sequence) else ""
