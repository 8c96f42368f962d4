"""The ledger account of a bounty (docs/money.md)."""

from civic.core.money import Money
from marketplace.exchange.models import DataNeed
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account


def of_need(need: DataNeed) -> Account:
    """What is held for whoever fulfils the need; it never goes below zero."""
    return ledger.account(need.book, need.account, need.currency, Account.Kind.LIABILITY, floor_zero=True)


def held(need: DataNeed) -> Money:
    """What lies there now."""
    return ledger.available(of_need(need))
