"""Postings in templates."""

from django import template

from civic.core.money import Money
from marketplace.ledger.models import Posting

register = template.Library()


@register.filter
def size(posting: Posting) -> Money:
    """How much a leg moves; the side it stands on is said beside it."""
    return Money(abs(posting.amount), posting.currency)
