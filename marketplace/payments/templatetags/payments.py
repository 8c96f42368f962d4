"""Payments in templates."""

from django import template

from marketplace.payments.models import Charge
from marketplace.payments.queries import disputes
from marketplace.payments.wording import state_of

register = template.Library()
register.filter("state_of", state_of)


@register.filter
def is_by_transfer(charge: Charge) -> bool:
    """Whether its bank takes it back without a dispute."""
    return disputes.is_by_transfer(charge)
