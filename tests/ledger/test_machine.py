"""Ten thousand random steps: whatever is posted, reversed, linked, closed and checkpointed, the books are right.

A model in plain Python says what each balance must be and what must be refused.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from civic.core.money import Money
from marketplace.ledger import operations, queries, verify
from marketplace.ledger.models import Account, Entry
from tests.factories.recounting import recounted
from tests.ledger.conftest import AT

RUNS, STEPS, LEAST = 58, 200, 10_000
CURRENCIES = ("EUR", "JPY", "KWD")
# Code, kind, floor: a floored liability, a floored asset, and one of each other kind.
ACCOUNTS = [
    ("held", "L", True),
    ("safe", "A", True),
    ("bank", "A", False),
    ("fees", "E", False),
    ("city", "Q", False),
]
places = st.integers(0, len(ACCOUNTS) - 1)
taken = {"steps": 0, "refused": 0}


class Books(RuleBasedStateMachine):
    """Operations against the database beside sums in a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.accounts = {
            (code, currency): operations.account("demo", code, currency, kind, floor_zero=floor)
            for code, kind, floor in ACCOUNTS
            for currency in CURRENCIES
        }
        self.sums: dict[int, int] = defaultdict(int)
        self.entries: list[tuple[Entry, list[operations.Leg]]] = []
        self.reversed: set[int] = set()
        self.day = AT.date()

    def teardown(self) -> None:
        try:
            self.everything_holds()
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @rule(origin=places, goal=places, minor=st.integers(-900, 900), currency=st.sampled_from(CURRENCIES))
    def move(self, origin: int, goal: int, minor: int, currency: str) -> None:
        out, into = (self.accounts[ACCOUNTS[place][0], currency] for place in (origin, goal))
        legs = operations.move(Money(minor, currency), source=out, target=into)
        self.attempt(legs)

    @rule(amounts=st.lists(st.integers(-500, 500), min_size=len(ACCOUNTS), max_size=len(ACCOUNTS)))
    def many_legs(self, amounts: list[int]) -> None:
        """Sometimes balanced, mostly not: a refusal is expected then."""
        legs = [
            operations.Leg(self.accounts[code, "EUR"], Money(amount, "EUR"))
            for (code, _, _), amount in zip(ACCOUNTS, amounts, strict=True)
        ]
        self.attempt(legs)

    @rule(place=st.integers(0, 10_000))
    def reverse(self, place: int) -> None:
        if not self.entries:
            return
        place %= len(self.entries)
        entry, legs = self.entries[place]
        opposite = [operations.Leg(leg.account, -leg.amount) for leg in legs]
        again = place in self.reversed
        wanted = again or self.may(opposite)
        done = self.tried(lambda: operations.reverse(entry, key=f"r{place}", at=AT, public={}), wanted)
        if done and not again:
            self.reversed.add(place)
            self.add(opposite)

    @rule(place=st.integers(0, 10_000))
    def repeat(self, place: int) -> None:
        if self.entries:
            entry, legs = self.entries[place % len(self.entries)]
            again = operations.post(book="demo", kind="x", key=entry.key, legs=legs, at=AT, public={})
            assert again == entry

    @rule()
    def checkpoint(self) -> None:
        operations.take_checkpoints(at=AT, tail=1)

    @rule()
    def link(self) -> None:
        operations.link_entries()

    @rule()
    def close(self) -> None:
        self.day += timedelta(days=1)
        operations.close_day(book="demo", day=self.day)

    @invariant()
    def balances_are_the_sums(self) -> None:
        taken["steps"] += 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, ledger_balance(id) FROM ledger_account")
            balances = {key: int(total) for key, total in cursor.fetchall() if total}
        assert balances == {key: total for key, total in self.sums.items() if total}

    def attempt(self, legs: list[operations.Leg]) -> None:
        key = f"k{len(self.entries)}"
        made = self.tried(
            lambda: operations.post(book="demo", kind="x", key=key, legs=legs, at=AT, public={}),
            self.may(legs),
        )
        if made:
            self.entries.append((Entry.objects.get(book="demo", key=key), legs))
            self.add(legs)

    def tried(self, write, wanted: bool) -> bool:  # type: ignore[no-untyped-def]
        try:
            with transaction.atomic():
                write()
                connection.check_constraints()
        except DatabaseError:
            assert not wanted
            taken["refused"] += 1
            return False
        assert wanted
        return True

    def may(self, legs: list[operations.Leg]) -> bool:
        total: dict[str, int] = defaultdict(int)
        for leg in legs:
            total[leg.amount.currency] += leg.amount.minor
        if any(total.values()) or not all(leg.amount.minor for leg in legs):
            return False
        after = dict(self.sums)
        for leg in legs:
            after[leg.account.pk] = after.get(leg.account.pk, 0) + leg.amount.minor
        return all(
            self.natural(leg.account, after[leg.account.pk]) >= 0 for leg in legs if leg.account.floor_zero
        )

    def add(self, legs: list[operations.Leg]) -> None:
        for leg in legs:
            self.sums[leg.account.pk] += leg.amount.minor

    @staticmethod
    def natural(account: Account, total: int) -> int:
        return total if account.debit_normal else -total

    def everything_holds(self) -> None:
        """At the end: rebuilt from entries, and checked by the stranger's program."""
        for account in self.accounts.values():
            assert queries.balance(account) == recounted(account)
            assert recounted(account).minor == self.natural(account, self.sums[account.pk])
        operations.link_entries()
        verify.check(self.lines())

    @staticmethod
    def lines() -> Iterator[str]:
        return (json.dumps(line) for line in queries.export("demo"))


@pytest.mark.slow_fault
@pytest.mark.django_db
def test_ten_thousand_steps_keep_the_books_right() -> None:
    how = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Books, settings=how)
    print(f"{taken['steps']} steps, {taken['refused']} refused as they should be, 0 cents differing")
    assert taken["steps"] >= LEAST
