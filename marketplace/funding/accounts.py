"""The ledger accounts of match funds and campaigns (docs/money.md)."""

from marketplace.funding.models import Campaign, MatchFund
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account


def of_fund(fund: MatchFund, part: str) -> Account:
    """A fund's account: `available`, `reserved` or `committed`; none goes below zero."""
    return ledger.account(
        fund.book, fund.account(part), fund.currency, Account.Kind.LIABILITY, floor_zero=True
    )


def of_campaign(campaign: Campaign, part: str) -> Account:
    """A campaign's account: `held`, `committed` or `released`; none goes below zero."""
    return ledger.account(
        campaign.book, campaign.account(part), campaign.currency, Account.Kind.LIABILITY, floor_zero=True
    )
