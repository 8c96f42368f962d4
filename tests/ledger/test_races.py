"""Many at once, in threads with a session each: nothing is spent twice, one key has one effect, no gap in the chain."""

import json
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from civic.core.errors import Refused
from civic.core.money import Money
from marketplace.ledger import operations, queries, verify
from marketplace.ledger.models import Account, Checkpoint, Entry, Link, Unlinked
from tests.factories.recounting import recounted
from tests.ledger.conftest import AT, gift

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work: Callable[[int], object]) -> Counter[str]:
    """Runs the work in so many threads that begin together; counts how it ended: `done`, or the refusal in short."""
    ended: list[str] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            work(number)
            ended.append("done")
        except Refused as refusal:
            ended.append(refusal.code)
        except OperationalError:
            ended.append("serialize")  # 40001: try again
        except DatabaseError as error:
            ended.append("overdraft" if "overdraft" in str(error) else str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ended)


def pay_out(cents: int, key: str, code: str = "held") -> Entry:
    bank, held = Account.objects.get(code="bank"), Account.objects.get(code=code)
    legs = operations.move(Money(cents, "EUR"), source=bank, target=held)
    return operations.post(book="demo", kind="payout", key=key, legs=legs, at=AT, public={})


def left() -> int:
    held = Account.objects.get(code="held")
    assert queries.balance(held) == recounted(held)
    return queries.balance(held).minor


def isolated(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")


def test_forty_spend_a_hundred_each_of_1001_and_ten_may() -> None:
    gift(1001, "in")
    ended = at_once(40, lambda number: pay_out(100, f"out-{number}"))
    print(f"40 threads spend 100 of 1001: {dict(ended)}, {left()} left")
    assert (ended, left()) == ({"done": 10, "overdraft": 30}, 1)


def test_forty_who_ask_first_are_refused_in_words() -> None:
    gift(1001, "in")
    held = Account.objects.get(code="held")
    refused: list[int] = []

    def ask_and_spend(number: int) -> None:
        with transaction.atomic():
            if operations.available(held) < Money(100, "EUR"):
                refused.append(number)
            else:
                pay_out(100, f"out-{number}")

    assert (at_once(40, ask_and_spend), len(refused), left()) == ({"done": 40}, 30, 1)


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_six_pay_out_the_full_balance_and_one_may(level: str) -> None:
    """Each has seen the full balance before any of them pays: a plain row lock let all six pass."""
    gift(1000, "in")
    seen = threading.Barrier(6)

    def spend(number: int) -> None:
        with transaction.atomic():
            isolated(level)
            assert queries.balance(Account.objects.get(code="held")) == Money(1000, "EUR")
            seen.wait()
            pay_out(1000, f"out-{number}")

    ended = at_once(6, spend)
    print(f"6 sessions pay out all of it under {level}: {dict(ended)}, {left()} left")
    assert (ended["done"], ended["overdraft"] + ended["serialize"], left()) == (1, 5, 0)


def test_six_who_ask_first_under_repeatable_read_pay_once() -> None:
    gift(1000, "in")
    held = Account.objects.get(code="held")
    seen = threading.Barrier(6)

    def spend(number: int) -> None:
        with transaction.atomic():
            isolated("REPEATABLE READ")
            queries.balance(held)
            seen.wait()
            assert operations.available(held) == Money(1000, "EUR")
            pay_out(1000, f"out-{number}")

    assert (at_once(6, spend), left()) == ({"done": 1, "serialize": 5}, 0)


def test_one_key_thirty_two_times_at_once_is_one_entry() -> None:
    gift(1, "first")  # opens the accounts
    made: list[object] = []
    ended = at_once(32, lambda _: made.append(gift(500, "again").pk))
    print(f"one key 32 times at once: {dict(ended)}, {len(set(made))} entry")
    assert (ended, len(set(made)), left()) == ({"done": 32}, 1, 501)


def test_one_key_with_thirty_two_bodies_is_one_entry_and_conflicts() -> None:
    gift(1, "first")
    ended = at_once(32, lambda number: gift(500 + number, "again"))
    print(f"one key with 32 bodies at once: {dict(ended)}")
    assert ended == {"done": 1, operations.KeyReused.code: 31}
    assert operations.KeyReused.status == 409
    assert Entry.objects.count() == 2


def test_accounts_opened_at_once_are_one() -> None:
    assert at_once(16, lambda number: gift(500, f"k{number}")) == {"done": 16}
    assert (Account.objects.count(), left()) == (2, 8000)


def test_sixteen_reversals_at_once_are_one() -> None:
    entry = gift(500, "in")
    ended = at_once(16, lambda number: operations.reverse(entry, key=f"r{number}", at=AT, public={}))
    assert (ended, left(), Entry.objects.count()) == ({"done": 16}, 0, 2)


def test_a_reversal_against_spending_leaves_nobody_below_zero() -> None:
    entry = gift(500, "in")

    def either(number: int) -> None:
        if number % 2:
            operations.reverse(entry, key="back", at=AT, public={})
        else:
            pay_out(500, f"out-{number}")

    ended = at_once(8, either)
    assert ended["done"] in (1, 4)  # one payout, or the reversal that four asked for
    assert ended["done"] + ended["overdraft"] == 8
    assert left() == 0


def test_two_who_empty_two_accounts_crosswise_do_not_lock_each_other_out() -> None:
    gift(10_000, "one")
    gift(10_000, "two", code="more")
    accounts = [Account.objects.get(code=code) for code in ("held", "more", "bank")]

    def both(number: int) -> None:
        for turn in range(20):
            first, second = accounts[:2] if number % 2 else accounts[1::-1]
            legs = [
                operations.Leg(first, Money(1, "EUR")),
                operations.Leg(second, Money(1, "EUR")),
                operations.Leg(accounts[2], Money(-2, "EUR")),
            ]
            operations.post(book="demo", kind="x", key=f"{number}.{turn}", legs=legs, at=AT, public={})

    assert at_once(8, both) == {"done": 8}
    assert left() == 10_000 - 160


def test_the_settled_number_waits_for_whoever_is_writing() -> None:
    """Otherwise a posting with a lower number could appear after the checkpoint, and be in no balance."""
    gift(1, "first")
    written, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            gift(5, "under way")
            written.set()
            go_on.wait()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait()
    try:
        with pytest.raises(OperationalError, match="lock timeout"), connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'; SELECT ledger_settled()")
    finally:
        go_on.set()
        writer.join()
    assert left() == 6


def test_writers_sealers_and_checkpoints_at_once_lose_nothing() -> None:
    """Eight write, two seal, two take checkpoints: each entry is linked once, no balance misses a posting."""
    gift(1, "first")

    def work(number: int) -> None:
        for turn in range(25):
            if number < 8:
                gift(1 + turn, f"{number}.{turn}")
            elif number < 10:
                operations.link_entries(limit=7)
            else:
                operations.take_checkpoints(at=AT, tail=3)

    assert at_once(12, work) == {"done": 12}
    while operations.link_entries():
        pass
    seqs = list(Link.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 202))
    assert not Unlinked.objects.exists()
    assert Checkpoint.objects.count() > 2
    assert left() == 1 + 8 * 25 * 13
    assert "all holds" in verify.check(json.dumps(line) for line in queries.export("demo"))
