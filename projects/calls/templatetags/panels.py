"""Rendering what higher slices registered for a page."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: Context, filled: Any) -> SafeString:
    """A filled panel by its own template; its variables stand there by name, and as `variables`."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**filled.variables, variables=filled.variables):
        return engine.get_template(filled.panel.template).render(context)
