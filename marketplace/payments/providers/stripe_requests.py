"""What Stripe is asked for, in its words: intents, Checkout pages and where their payers come back to.

Amounts are in our minor units, but for currencies that it keeps two decimals for.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.core.money import Money
from marketplace.payments.models import Charge

# ISO 4217 gives these no decimals; Stripe's API still counts hundredths.
COUNTED_IN_HUNDREDTHS = {"ISK", "UGX"}


def to_stripe(amount: Money) -> int:
    """What to send as `amount`."""
    return amount.minor * 100 if amount.currency in COUNTED_IN_HUNDREDTHS else amount.minor


def from_stripe(amount: int, currency: str) -> Money:
    """What an `amount` of theirs is."""
    return Money(amount // 100 if currency in COUNTED_IN_HUNDREDTHS else amount, currency)


def wanted_intent(charge: Charge) -> Any:
    """A PaymentIntent on a saved method, unconfirmed."""
    assert charge.method  # an intent of ours is made on a saved method only
    return {
        "amount": to_stripe(charge.amount),
        "currency": charge.currency.lower(),
        "customer": charge.method.customer_ref,
        "payment_method": charge.method.provider_ref,
        "automatic_payment_methods": {"enabled": True},
        "metadata": {"charge": str(charge.pk)},
    }


def wanted_checkout(charge: Charge) -> Any:
    """A hosted page where the payer is here."""
    name = str(_("Payment to the project"))
    price = {
        "currency": charge.currency.lower(),
        "unit_amount": to_stripe(charge.amount),
        "product_data": {"name": name},
    }
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "metadata": {"charge": str(charge.pk)},
        "payment_intent_data": {"metadata": {"charge": str(charge.pk)}},
        **returns(charge.pk),
    }


def returns(pk: object) -> dict[str, str]:
    """Back to us, whatever the payer did there."""
    return {"success_url": page(pk), "cancel_url": page(pk)}


def page(pk: object) -> str:
    """Where a payment stands."""
    return f"{settings.SITE_URL}{reverse('payments:payment', args=[pk])}?back=1"
