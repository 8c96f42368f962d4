"""The ledger accounts of campaigns (docs/money.md)."""

from marketplace.campaigns.models import Campaign
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account


def of_campaign(campaign: Campaign, part: str) -> Account:
    """A campaign's account: `held`, `committed` or `released`; none goes below zero."""
    return ledger.account(
        campaign.book, campaign.account(part), campaign.currency, Account.Kind.LIABILITY, floor_zero=True
    )
