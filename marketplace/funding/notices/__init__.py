"""What people are told about money."""

from marketplace.funding.notices import payouts, pledges, sponsoring


def fill() -> None:
    """Registers every kind of news of this slice; from `AppConfig.ready()`."""
    payouts.fill()
    pledges.fill()
    sponsoring.fill()
