"""Rendering what slices registered for a page."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from civic.core.panels import BoundPanel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: Context, bound: BoundPanel) -> SafeString:
    """A panel by its own template; its variables stand there by name, and as `variables`."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**bound.variables, variables=bound.variables):
        return engine.get_template(bound.panel.template).render(context)
