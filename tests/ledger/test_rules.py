"""DOMAIN 3 in the database: what the ledger refuses, tried through SQL and through its operations."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from civic.core.money import Money
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Account, Entry, Posting
from marketplace.ledger.operations import KeyReused, Leg

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


@pytest.fixture
def bank(db: None) -> Account:
    return operations.account("demo", "bank", "EUR", "A")


@pytest.fixture
def held(db: None) -> Account:
    """Money held for somebody: a liability that may not go below zero."""
    return operations.account("demo", "held", "EUR", "L", floor_zero=True)


def pay_in(bank: Account, held: Account, cents: int, key: str = "in") -> Entry:
    legs = operations.move(euro(cents), source=held, target=bank)
    return operations.post(book="demo", kind="gift", key=key, legs=legs, at=AT, public={})


def pay_out(bank: Account, held: Account, cents: int, key: str = "out") -> Entry:
    legs = operations.move(euro(cents), source=bank, target=held)
    return operations.post(book="demo", kind="payout", key=key, legs=legs, at=AT, public={})


def refused(write: Callable[[], object], message: str) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():  # noqa: PT012
        write()
        connection.check_constraints()


def post(*legs: Leg, book: str = "demo", key: str = "k") -> Entry:
    return operations.post(book=book, kind="test", key=key, legs=legs, at=AT, public={})


def test_money_in_and_out_is_what_the_balances_say(bank: Account, held: Account) -> None:
    pay_in(bank, held, 500)
    pay_out(bank, held, 200)
    assert (queries.balance(bank), queries.balance(held)) == (euro(300), euro(300))


def test_an_entry_must_balance(bank: Account, held: Account) -> None:
    refused(lambda: post(Leg(bank, euro(5)), Leg(held, euro(-4))), "unbalanced by 1 EUR")


def test_each_currency_balances_by_itself(bank: Account) -> None:
    dollars = operations.account("demo", "bank", "USD", "A")
    refused(lambda: post(Leg(bank, euro(5)), Leg(dollars, Money(-5, "USD"))), "unbalanced")


def test_one_leg_is_no_entry(bank: Account) -> None:
    refused(post, "without postings")
    refused(lambda: post(Leg(bank, euro(5))), "has 1 postings")


def test_a_leg_of_nothing_is_refused(bank: Account, held: Account) -> None:
    refused(lambda: post(Leg(bank, euro(0)), Leg(held, euro(0))), "posting_not_zero")


def test_books_do_not_mix(bank: Account) -> None:
    live = operations.account("live", "held", "EUR", "L")
    refused(lambda: post(Leg(bank, euro(5)), Leg(live, euro(-5))), "posting_account")


def test_an_account_takes_its_own_currency_only(bank: Account, held: Account) -> None:
    refused(
        lambda: post(Leg(bank, Money(5, "USD")), Leg(held, Money(-5, "USD"))),
        "posting_account",
    )


def late_leg(entry: Entry, account: Account) -> dict[str, object]:
    return {"entry": entry, "account": account, "book": "demo", "currency": "EUR", "amount": -1}


@pytest.mark.django_db(transaction=True)
def test_no_leg_is_added_to_a_closed_entry() -> None:
    bank = operations.account("demo", "bank", "EUR", "A")
    held = operations.account("demo", "held", "EUR", "L", floor_zero=True)
    entry = pay_in(bank, held, 500)
    late = Posting(**late_leg(entry, bank) | {"amount": 1})
    refused(late.save, "all of them, come at once")
    refused(lambda: Posting.objects.bulk_create([late, Posting(**late_leg(entry, held))]), "come at once")


def test_a_floored_account_does_not_go_below_zero(bank: Account, held: Account) -> None:
    pay_in(bank, held, 500)
    refused(lambda: pay_out(bank, held, 501), "overdraft on held")
    pay_out(bank, held, 500)
    assert queries.balance(held) == euro(0)


def test_an_asset_with_a_floor_does_not_go_below_zero(bank: Account) -> None:
    """What is owed to the city by an invoice: it cannot be paid twice."""
    owed = operations.account("demo", "receivable/7", "EUR", "A", floor_zero=True)
    due = operations.account("demo", "due", "EUR", "L")
    post(*operations.move(euro(500), source=due, target=owed), key="in")
    refused(lambda: post(*operations.move(euro(501), source=owed, target=bank)), "overdraft on receivable/7")
    post(*operations.move(euro(500), source=owed, target=bank), key="out")
    assert queries.balance(owed) == euro(0)


def test_what_comes_in_the_same_transaction_may_go_out_again_and_not_before(
    bank: Account, held: Account
) -> None:
    with pytest.raises(DatabaseError, match="overdraft"), transaction.atomic():  # noqa: PT012
        pay_out(bank, held, 500)
        pay_in(bank, held, 500)
    with transaction.atomic():
        pay_in(bank, held, 500)
        pay_out(bank, held, 500)
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("table", ["entry", "posting", "link", "checkpoint"])
@pytest.mark.parametrize("change", ["UPDATE ledger_{0} SET {1} = {1}", "DELETE FROM ledger_{0}"])
def test_what_is_written_stays(bank: Account, held: Account, table: str, change: str) -> None:
    pay_in(bank, held, 500)
    operations.link_entries()
    operations.take_checkpoints(at=AT, tail=0)
    column = {
        "entry": "kind",
        "posting": "amount",
        "link": "hash",
        "checkpoint": "balance",
    }[table]

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(change.format(table, column))

    refused(write, "append-only")


@pytest.mark.parametrize(
    "change", ["book = 'live'", "kind = 'A'", "floor_zero = false", "currency = 'USD'", "code = 'mine'"]
)
def test_an_account_keeps_what_its_postings_rely_on(bank: Account, held: Account, change: str) -> None:
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE ledger_account SET {change} WHERE id = %s", [held.pk])

    refused(write, "stays as it was opened")


def test_a_repeated_key_is_the_same_entry(bank: Account, held: Account) -> None:
    first = pay_in(bank, held, 500)
    assert pay_in(bank, held, 500) == first
    assert (Entry.objects.count(), queries.balance(held)) == (1, euro(500))


def test_a_key_stands_for_one_entry_only(bank: Account, held: Account) -> None:
    pay_in(bank, held, 500)
    with pytest.raises(KeyReused):
        pay_in(bank, held, 501)


def test_a_reversal_undoes_and_is_made_once(bank: Account, held: Account) -> None:
    entry = pay_in(bank, held, 500)
    first = operations.reverse(entry, key="r1", at=AT, public={})
    assert operations.reverse(entry, key="r2", at=AT, public={}) == first
    assert queries.balance(held) == queries.balance(bank) == euro(0)
