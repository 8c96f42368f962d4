"""Money and time in templates."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.core import clock
from civic.core.money import Money
from civic.core.money import decimals as decimals_of

register = template.Library()


@register.filter
def money(amount: Money | None) -> str:
    """`{{ project.cost|money }}`: the amount in the reader's locale; a dash where it is unknown."""
    return amount.format() if amount is not None else "–"


@register.simple_tag
def amount(minor: int | None, currency: str) -> str:
    """`{% amount row.cost_minor row.currency %}`: the same from its two columns."""
    return money(None if minor is None else Money(minor, currency))


@register.filter
def decimals(currency: str) -> int:
    """How many decimals an amount of the currency has (ISO 4217), for scripts that add amounts up."""
    return decimals_of(currency)


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """A moment as `<time>`: relative to now, with the exact local time in the title."""
    if moment is None:
        return ""
    now = clock.now()
    if moment > now:
        words = _("in %(span)s") % {"span": timeuntil(moment, now, depth=1)}
    elif (now - moment).total_seconds() < 60:
        words = _("just now")
    else:
        words = _("%(span)s ago") % {"span": timesince(moment, now, depth=1)}
    exact = localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        exact.isoformat(),
        date_format(exact, "DATETIME_FORMAT"),
        words,
    )
