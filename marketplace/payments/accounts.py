"""The ledger accounts that payments use (docs/money.md); higher slices name theirs themselves."""

from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account


def at_provider(book: str, provider: str, currency: str) -> Account:
    """Money at a provider or on its way from it."""
    return ledger.account(book, f"provider/{provider}", currency, Account.Kind.ASSET)


def fees(book: str, provider: str, currency: str) -> Account:
    """What a provider kept."""
    return ledger.account(book, f"fees/{provider}", currency, Account.Kind.EXPENSE)


def owed_back(book: str, refund: object, currency: str) -> Account:
    """What one refund owes until it is done."""
    return ledger.account(
        book, f"refund/{refund}", currency, Account.Kind.LIABILITY, floor_zero=True
    )


def disputed(book: str, currency: str) -> Account:
    """What providers took back while a dispute runs."""
    return ledger.account(book, "disputed", currency, Account.Kind.ASSET)


def held(book: str, code: str, currency: str) -> Account:
    """An account of a higher slice that receives or gives money; it may not go below zero."""
    return ledger.account(book, code, currency, Account.Kind.LIABILITY, floor_zero=True)
