"""Marking what was searched for."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from civic.core.search import spans

register = template.Library()


@register.filter
def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with the words that begin with one of `words` in `<mark>`."""
    parts, place = [], 0
    for start, end in spans(text, list(words)):
        parts += [(text[place:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        place = end
    return format_html_join("", "{}", [*parts, (text[place:],)])
