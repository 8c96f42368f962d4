"""What every template has without loading it: addresses by name, panels, and words that were searched for."""

from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from civic.core.panels import BoundPanel
from civic.core.search import spans

register = template.Library()


@register.filter
def url(name: str, argument: object = None) -> str:
    """`{% url name argument %}` where a tag takes an address: `{% include … href="proposals:browse"|url %}`.

    Raises NoReverseMatch for a name or an argument that no URL has.
    """
    return reverse(name, args=() if argument is None else (argument,))


@register.simple_tag(takes_context=True)
def panel(context: Context, bound: BoundPanel) -> SafeString:
    """A panel by its own template; its variables stand there by name, and as `variables`."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**bound.variables, variables=bound.variables):
        return engine.get_template(bound.panel.template).render(context)


@register.filter
def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with the words that begin with one of `words` in `<mark>`."""
    parts, place = [], 0
    for start, end in spans(text, list(words)):
        parts += [(text[place:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        place = end
    return format_html_join("", "{}", [*parts, (text[place:],)])
