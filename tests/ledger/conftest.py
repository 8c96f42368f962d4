"""A bank and money held for somebody, in the demo book."""

from datetime import UTC, datetime

import pytest

from civic.core.money import Money
from marketplace.ledger import operations
from marketplace.ledger.models import Account, Entry

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def gift(cents: int, key: str, *, code: str = "held", currency: str = "EUR") -> Entry:
    """Money comes into the bank and is held; the held account may not go below zero."""
    bank = operations.account("demo", "bank", currency, "A")
    held = operations.account("demo", code, currency, "L", floor_zero=True)
    legs = operations.move(Money(cents, currency), source=held, target=bank)
    return operations.post(book="demo", kind="gift", key=key, legs=legs, at=AT, public={})


@pytest.fixture
def held(db: None) -> Account:
    """500 cents are held."""
    gift(500, "first")
    return Account.objects.get(code="held")
