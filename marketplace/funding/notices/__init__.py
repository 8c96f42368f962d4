"""What people are told about money."""

from marketplace.funding.notices import pledges, sponsoring


def fill() -> None:
    """Registers every kind of news of this slice; from `AppConfig.ready()`."""
    pledges.fill()
    sponsoring.fill()
