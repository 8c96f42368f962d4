"""The end of a campaign."""

from datetime import datetime

from marketplace.funding.models import Campaign


def close(*, campaign: Campaign, at: datetime) -> None:
    """Decides at the deadline, under the campaign's lock, whether the money is collected."""
