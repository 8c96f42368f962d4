"""The ledger accounts of match funds (docs/money.md)."""

from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.matching.models import MatchFund


def of_fund(fund: MatchFund, part: str) -> Account:
    """A fund's account: `available`, `reserved` or `committed`; none goes below zero."""
    return ledger.account(
        fund.book, fund.account(part), fund.currency, Account.Kind.LIABILITY, floor_zero=True
    )
