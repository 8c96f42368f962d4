"""P7: what posting costs beside a flat INSERT and beside django-hordak, and whether a long history slows a balance."""

import uuid
from collections.abc import Iterator
from contextlib import nullcontext

from django.db import connection, transaction

from bench import peer
from bench.measure import TINY, Figure, Work, at_least, at_most, growth, not_measured, side_by_side, sized
from civic.core import clock, ids
from civic.core.money import Money
from marketplace.ledger import operations, queries
from marketplace.ledger.models import Account

TIMES = sized(500, 3)  # CPU is counted in hundredths of a second
HISTORIES = sized((1_000, 4_000, 16_000, 64_000), (20, 40))
HISTORY = sized(5_000, 20)  # postings of an account before it is measured
TAIL = sized(200, 10)  # postings since the last checkpoint, as many as production leaves


def run() -> Iterator[Figure]:
    """Throughput as CPU a posting, side by side; then the exponent of a balance read over the history's length."""
    bank, held = _accounts("bench")
    _history(bank, held, HISTORY)
    works: dict[str, Work] = {
        "in": lambda: _posts(bank, held),
        "out": lambda: _posts(held, bank),
        "flat": _flat(),
    }
    with nullcontext() if TINY else peer.hordak(HISTORY) as hordak:
        if hordak:
            works |= {"bare": lambda: hordak("bare", TIMES), "guarded": lambda: hordak("guarded", TIMES)}
        used = side_by_side(works, times=1)
    for ours, other, what, floor in RATIOS:
        if other in used:
            yield at_least("P7", what, used[other] / used[ours], "×", floor, _costs(used, ours, other))
        elif not TINY:
            yield not_measured("P7", what, "django-hordak could not be installed")
    yield at_most("P7", "balance read, 1,000 to 64,000 postings of the account", _exponent(), "exponent", 0.1)


# What flat and hordak mean is said at `_flat` and in bench/peers/hordak.py.
RATIOS = (
    ("in", "flat", "posting ÷ flat INSERT of the same rows", 0.4),
    ("out", "flat", "posting that no floor forbids ÷ flat INSERT of the same rows", 0.4),
    ("out", "guarded", "posting that no floor forbids ÷ django-hordak that looks first", 3.0),
    ("in", "bare", "posting ÷ django-hordak, which has no floor, no key and no chain", 3.0),
)


def _costs(used: dict[str, float], ours: str, other: str) -> str:
    return f"({used[ours] / TIMES:.2f} and {used[other] / TIMES:.2f} ms CPU)"


def _accounts(name: str) -> tuple[Account, Account]:
    bank = operations.account("test", f"{name}/bank", "EUR", "A")
    return bank, operations.account("test", f"{name}/held", "EUR", "L", floor_zero=True)


def _post(target: Account, source: Account) -> None:
    legs = operations.move(Money(1, "EUR"), source=source, target=target)
    operations.post(book="test", kind="bench", key=str(uuid.uuid4()), legs=legs, at=clock.now(), public={})


def _posts(target: Account, source: Account) -> None:
    """A batch of them, with the checkpoints that the clock takes meanwhile."""
    for _ in range(TIMES):
        _post(target, source)
    operations.take_checkpoints(at=clock.now())


def _flat() -> Work:
    """The same rows with the same columns and indexes in one transaction, through Django, without any rule.

    One row for the entry, two for its legs: no trigger, no foreign key, no lock, no list for a sealer.
    """
    with connection.cursor() as cursor:
        for table in ("entry", "posting"):
            like = f"LIKE ledger_{table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES"
            cursor.execute(f"CREATE TABLE bench_{table} ({like})")

    return _inserts


def _inserts() -> None:
    for _ in range(TIMES):
        key = ids.new_id()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ENTRY, [key, str(uuid.uuid4()), clock.now()])
            cursor.execute(LEGS, [key, key])


ENTRY = """
INSERT INTO bench_entry (id, book, kind, key, public, at) VALUES (%s, 'test', 'bench', %s, '{}', %s)
"""
LEGS = """
INSERT INTO bench_posting (entry_id, account_id, book, currency, amount)
VALUES (%s, 1, 'test', 'EUR', 1), (%s, 2, 'test', 'EUR', -1)
"""


def _exponent() -> float:
    """How `queries.balance` grows with the history of the account that it is asked for."""
    works: dict[str, Work] = {str(size): _reading(_with_history(size)) for size in HISTORIES}
    used = side_by_side(works, times=1)
    for size in HISTORIES:
        print(f"  balance of an account with {size:>6,} postings: {used[str(size)] / READS:.3f} ms CPU")
    return growth(HISTORIES, [used[str(size)] for size in HISTORIES])


READS = sized(4_000, 2)


def _reading(account: Account) -> Work:
    def read() -> None:
        for _ in range(READS):
            queries.balance(account)

    return read


def _with_history(size: int) -> Account:
    bank, other = _accounts(f"history-{size}")
    _history(bank, other, size)
    return bank


def _history(target: Account, source: Account, size: int) -> None:
    """So many postings of each, checkpointed by the task's own verb as they grow; the last ones are not yet."""
    legs = operations.move(Money(1, "EUR"), source=source, target=target) * (TAIL // 2)
    for number in range(size * 2 // TAIL):
        operations.post(
            book="test", kind="bench", key=str(uuid.uuid4()), legs=legs, at=clock.now(), public={}
        )
        if number % 4 == 1:
            operations.take_checkpoints(at=clock.now())
