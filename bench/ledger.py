"""P7: what posting costs beside a flat INSERT, and whether a long history slows a balance."""

import uuid
from collections.abc import Iterator

from django.db import connection, transaction

from bench.measure import Figure, Work, at_least, at_most, cpu, growth, side_by_side
from civic.core import clock
from civic.core.money import Money
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Account

TIMES = 500  # CPU is counted in hundredths of a second
HISTORIES = (1_000, 4_000, 16_000, 64_000)


def run() -> Iterator[Figure]:
    """Throughput as CPU a posting, side by side; then the exponent of a balance read over the history's length."""
    bank, held = _accounts("bench")
    works: dict[str, Work] = {"ours": lambda: _post(bank, held), "flat": _flat_table()}
    used = side_by_side(works, times=TIMES)
    yield at_least(
        "P7", "postings, ours ÷ a flat INSERT of three rows", used["flat"] / used["ours"], "×", 0.4, "flat"
    )
    print("  not measured: django-hordak, whose app is not in the bench's settings yet")
    costs = [_balance_read(size) for size in HISTORIES]
    yield at_most(
        "P7", "balance read over 1,000 to 64,000 postings", growth(HISTORIES, costs), "exponent", 0.1
    )


def _accounts(name: str) -> tuple[Account, Account]:
    bank = operations.account("test", f"{name}/bank", "EUR", "A")
    return bank, operations.account("test", f"{name}/held", "EUR", "L", floor_zero=True)


def _post(bank: Account, held: Account) -> None:
    legs = operations.move(Money(1, "EUR"), source=held, target=bank)
    operations.post(book="test", kind="bench", key=str(uuid.uuid4()), legs=legs, at=clock.now(), public={})


def _flat_table() -> Work:
    """One row for the entry and two for its legs, in one transaction, with keys and no rule at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_entry (id uuid PRIMARY KEY, said text, at timestamptz)"
        )
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_leg (id bigserial PRIMARY KEY, entry uuid REFERENCES bench_entry,"
            " account bigint, amount bigint)"
        )

    def insert() -> None:
        key = uuid.uuid4()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_entry VALUES (%s, 'bench', now())", [key])
            cursor.execute(
                "INSERT INTO bench_leg (entry, account, amount) VALUES (%s, 1, 1), (%s, 2, -1)", [key, key]
            )

    return insert


def _balance_read(size: int) -> float:
    """CPU of a balance over a history of so many postings, checkpointed as the hourly task does it."""
    bank, _held = _accounts(f"history-{size}")
    other = operations.account("test", f"history-{size}/other", "EUR", "A")
    legs = operations.move(Money(1, "EUR"), source=other, target=bank) * 50
    for _ in range(size // 50):
        operations.post(
            book="test", kind="bench", key=str(uuid.uuid4()), legs=legs, at=clock.now(), public={}
        )
    operations.take_checkpoints(at=clock.now(), tail=100)
    return min(cpu(lambda: queries.balance(bank), times=2_000) for _ in range(3))
