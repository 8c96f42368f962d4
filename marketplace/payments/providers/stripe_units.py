"""Amounts as Stripe counts them: our minor units, but for currencies that it keeps two decimals for."""

from civic.core.money import Money

# ISO 4217 gives these no decimals; Stripe's API still counts hundredths.
COUNTED_IN_HUNDREDTHS = {"ISK", "UGX"}


def to_stripe(amount: Money) -> int:
    """What to send as `amount`."""
    return amount.minor * 100 if amount.currency in COUNTED_IN_HUNDREDTHS else amount.minor


def from_stripe(amount: int, currency: str) -> Money:
    """What an `amount` of theirs is."""
    return Money(amount // 100 if currency in COUNTED_IN_HUNDREDTHS else amount, currency)
