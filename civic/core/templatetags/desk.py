"""What Django's own templates of the admin lack for the council's desk."""

from typing import Any

from django import template
from django.contrib import admin
from django.db.models import Model
from django.utils.html import strip_tags

from civic.core.policies import may

register = template.Library()


@register.simple_tag(takes_context=True)
def read_only(context: template.RequestContext, field: Any) -> Any:
    """A read-only cell of a row's page; what it points to is a link only for who may open that page."""
    shown, name = field.contents(), field.field["field"]
    pointed = getattr(field.form.instance, name, None) if isinstance(name, str) else None
    if not isinstance(pointed, Model) or not admin.site.is_registered(type(pointed)):
        return shown
    desk = admin.site.get_model_admin(type(pointed))
    opens = desk.has_view_or_change_permission(context["request"], pointed)
    return shown if opens else strip_tags(shown)


@register.filter
def permits(user: Any, verb_of: str) -> bool:
    """`{% if request.user|permits:"keep books" %}`: whether the person may do the verb with the area."""
    verb, thing = verb_of.split()
    return may(user, verb, thing)
