"""Currencies without decimals and with three: the ledger counts minor units and shows what they are."""

import json

import pytest

from civic.core.money import Money, allocate
from marketplace.ledger import operations, queries, verify
from marketplace.ledger.models import Account
from tests.ledger.conftest import AT, gift


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("currency", "typed", "minor", "shown"),
    [("JPY", "1250", 1250, "¥1,250"), ("KWD", "1.005", 1005, "KWD1.005"), ("EUR", "12.05", 1205, "€12.05")],
)
def test_what_is_typed_is_what_is_held(currency: str, typed: str, minor: int, shown: str) -> None:
    amount = Money.parse(typed, currency)
    gift(amount.minor, "k", currency=currency)
    balance = queries.balance(Account.objects.get(code="held", currency=currency))
    assert (balance, balance.format()) == (Money(minor, currency), shown)


@pytest.mark.django_db
@pytest.mark.parametrize("currency", ["JPY", "KWD"])
def test_a_split_posted_and_paid_back_leaves_nothing(currency: str) -> None:
    parts = allocate(Money(1_000_001, currency), [1, 1, 1])
    for place, part in enumerate(parts):
        gift(part.minor, f"in{place}", currency=currency)
    bank, held = (Account.objects.get(code=code, currency=currency) for code in ("bank", "held"))
    back = operations.move(Money(1_000_001, currency), source=bank, target=held)
    operations.post(book="demo", kind="refund", key="back", legs=back, at=AT, public={})
    operations.close_day(book="demo", day=AT.date())
    assert queries.balance(held) == queries.balance(bank) == Money(0, currency)
    assert "all holds" in verify.check(json.dumps(line) for line in queries.export("demo"))
