"""The ledger accounts that payments use (docs/money.md), and how money moves between them.

Higher slices name their accounts themselves.
"""

from datetime import datetime

from civic.core.money import Money
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account

BANK = "bank"
SUSPENSE = "suspense"


def at_provider(book: str, provider: str, currency: str) -> Account:
    """Money at a provider or on its way from it; the bank provider's is the city's bank account."""
    code = BANK if provider == BANK else f"provider/{provider}"
    return ledger.account(book, code, currency, Account.Kind.ASSET)


def bank(book: str, currency: str) -> Account:
    return at_provider(book, BANK, currency)


def fees(book: str, provider: str, currency: str) -> Account:
    """What a provider kept."""
    return ledger.account(book, f"fees/{provider}", currency, Account.Kind.EXPENSE)


def owed_back(book: str, refund: object, currency: str) -> Account:
    """What one refund owes until it is done."""
    return held(book, f"refund/{refund}", currency)


def disputed(book: str, currency: str) -> Account:
    """What providers took back while a dispute runs."""
    return ledger.account(book, "disputed", currency, Account.Kind.ASSET)


def losses(book: str, currency: str) -> Account:
    """What disputes and credits taken back cost after the money was gone, and what has left twice."""
    return ledger.account(book, "losses", currency, Account.Kind.EXPENSE)


def suspense(book: str, currency: str) -> Account:
    """What arrived and is not understood yet."""
    return held(book, SUSPENSE, currency)


def income(book: str, currency: str) -> Account:
    """What arrived for the city itself and for no project."""
    return ledger.account(book, "income", currency, Account.Kind.INCOME)


def held(book: str, code: str, currency: str) -> Account:
    """An account of a higher slice that receives or gives money; it may not go below zero."""
    return ledger.account(book, code, currency, Account.Kind.LIABILITY, floor_zero=True)


def move(
    amount: Money,
    *,
    source: Account,
    target: Account,
    kind: str,
    key: str,
    provider: str,
    at: datetime,
    **public: str,
) -> None:
    """Posts one movement in the book of both accounts, once a `key`; that of a provider, and `public`, is published."""
    legs, facts = ledger.move(amount, source=source, target=target), {"provider": provider, **public}
    ledger.post(book=source.book, kind=kind, key=key, legs=legs, at=at, public=facts)
