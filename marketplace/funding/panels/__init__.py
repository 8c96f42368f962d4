"""What this slice shows on the pages of others."""

from marketplace.funding.panels import campaigns, payouts, sponsoring


def fill() -> None:
    """Registers the panels; once, from `AppConfig.ready()`."""
    campaigns.fill()
    payouts.fill()
    sponsoring.fill()
