"""Postings and changes in templates."""

from django import template

from civic.core.money import Money
from marketplace.ledger.models import Posting

register = template.Library()


@register.filter
def size(posting: Posting) -> Money:
    """How much a leg moves; the side it stands on is said beside it."""
    return Money(abs(posting.amount), posting.currency)


@register.filter
def change(amount: Money) -> str:
    """More or less: the sign stands before either, a minus as long as the plus."""
    sign = "+" if amount.minor > 0 else "\N{MINUS SIGN}"
    return sign + exact(Money(abs(amount.minor), amount.currency))


@register.filter
def exact(amount: Money) -> str:
    """With its cents, also where there are none: amounts stand below each other in a ledger."""
    return amount.format(cents=True)
