"""Addresses by the name of their URL; a built-in of the templates, as `{% url %}` is."""

from django import template
from django.urls import reverse

register = template.Library()


@register.filter
def url(name: str, argument: object = None) -> str:
    """`{% url name argument %}` where a tag takes an address: `{% include … href="proposals:browse"|url %}`.

    Raises NoReverseMatch for a name or an argument that no URL has.
    """
    return reverse(name, args=() if argument is None else (argument,))
