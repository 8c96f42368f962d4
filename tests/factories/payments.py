"""Charges, methods and money as the tests need them; providers are the demo one unless told otherwise."""

import itertools
from datetime import UTC, datetime
from typing import Any

from civic.core.money import Money
from marketplace.ledger.models import Account, Entry, Posting
from marketplace.payments import operations
from marketplace.payments.models import Charge, DemoPayment, Method
from marketplace.payments.providers import demo
from tests.factories import accounts
from tests.factories.recounting import recounted

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HELD = "campaign/1/held"
_numbers = itertools.count(1)


def euro(cents: int) -> Money:
    """So many euro cents."""
    return Money(cents, "EUR")


def charge(cents: int = 2500, *, at: datetime = AT, **fields: Any) -> Charge:
    """A charge that was just started."""
    payer = fields.pop("payer", None) or accounts.person()
    known: dict[str, Any] = {"provider": "demo", "purpose": f"gift:{next(_numbers)}", "account": HELD}
    return operations.start_charge(actor=payer, payer=payer, amount=euro(cents), at=at, **(known | fields))


def work(at: datetime = AT) -> None:
    """What the workers do until nothing is due any more."""
    while operations.run_commands(at=at) + operations.process_webhooks(at=at):
        pass


def decide(wanted: Charge, status: str) -> None:
    """The payer's choice on the demo provider's page."""
    demo.decide(DemoPayment.objects.get(target=wanted.pk), status)


def paid(cents: int = 2500, **fields: Any) -> Charge:
    """A charge that the payer has paid."""
    made = charge(cents, **fields)
    work()
    decide(made, DemoPayment.Status.PAID)
    work(demo.clock.now())
    made.refresh_from_db()
    return made


def method(behaviour: str = "works", **fields: Any) -> Method:
    """A saved demo card that behaves so when it is charged."""
    number = next(_numbers)
    fields.setdefault("person", accounts.person())
    return Method.objects.create(
        provider="demo", provider_ref=f"{behaviour}-{number}", label="Demo card", **fields
    )


def balances(book: str = "demo") -> dict[str, int]:
    """Natural balances of all accounts that are not empty, by code."""
    found = {account.code: recounted(account).minor for account in Account.objects.filter(book=book)}
    return {code: minor for code, minor in found.items() if minor}


def assert_whole() -> None:
    """Every entry balances and no floored account is below zero, counted from the postings themselves."""
    for entry in Entry.objects.prefetch_related("postings"):
        assert sum(posting.amount for posting in entry.postings.all()) == 0
    for account in Account.objects.filter(floor_zero=True):
        assert recounted(account).minor >= 0, account
    assert Posting.objects.count() >= 2 * Entry.objects.count()
