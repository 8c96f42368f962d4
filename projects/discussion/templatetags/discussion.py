"""Comments in templates: text with safe links, and the token of a form."""

import re
from uuid import UUID

from django import template
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString

from civic.core.ids import new_id

register = template.Library()

ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'\[\]]+")
TRAILING = ".,;:!?)’”"
SHOWN = 60


@register.filter
def comment_text(body: str) -> SafeString:
    """Plain text as paragraphs; web addresses become links that search engines do not count.

    Only http and https, only what stands there as an address, everything escaped.
    """
    pieces, end = [], 0
    for found in ADDRESS.finditer(body):
        address = found[0].rstrip(TRAILING)
        pieces += [escape(body[end : found.start()]), _link(address)]
        end = found.start() + len(address)
    return SafeString(linebreaks("".join([*pieces, escape(body[end:])]), autoescape=False))


def _link(address: str) -> str:
    words = address.split("//", 1)[1]
    shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    return f'<a href="{escape(address)}" rel="nofollow ugc noopener">{escape(shown)}</a>'


@register.simple_tag
def new_token() -> UUID:
    """A fresh token for a form that posts once."""
    return new_id()
