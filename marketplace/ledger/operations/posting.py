"""Posting and reversing entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from civic.core.errors import Conflict
from civic.core.money import Money
from marketplace.ledger.models import Account, Entry


class KeyReused(Conflict):
    """The idempotency key stands for another entry already."""

    code = "key-reused"


class AccountDiffers(Conflict):
    """The account was opened as another kind or without its floor."""

    code = "account-differs"


@dataclass(frozen=True)
class Leg:
    """One side of a movement: `Leg(bank, Money(500, "EUR"))` debits, a negative amount credits."""

    account: Account
    amount: Money


def account(book: str, code: str, currency: str, kind: str, *, floor_zero: bool = False) -> Account:
    """The account of this code, opened at its first use. `floor_zero`: its natural balance stays ≥ 0.

    Raises AccountDiffers where it was opened as another kind, or without the floor that is asked for.
    """
    wanted = {"kind": kind, "floor_zero": floor_zero}
    found, _ = Account.objects.get_or_create(book=book, code=code, currency=currency, defaults=wanted)
    if found.kind != kind or (floor_zero and not found.floor_zero):
        raise AccountDiffers(f"The account {found} was opened otherwise.")
    return found


def move(amount: Money, *, source: Account, target: Account) -> list[Leg]:
    """The two legs of a simple movement: credit the source, debit the target."""
    return [Leg(target, amount), Leg(source, -amount)]


def post(
    *, book: str, kind: str, key: str, legs: Sequence[Leg], at: datetime, public: dict[str, Any]
) -> Entry:
    """Writes one entry, once a `key`: a repetition returns the entry that stands.

    `public` is published and hashed for ever; it must hold no personal data. Raises KeyReused where the
    key stands for other legs, or for a fact of another kind. The database refuses at once (IntegrityError) what
    does not balance, mixes books or overdraws.
    """
    entry = Entry(book=book, kind=kind, key=key, public=public, at=at)
    rows = [(leg.account.pk, leg.amount.currency, leg.amount.minor) for leg in legs]
    if _write(entry, rows):
        return entry
    existing = Entry.objects.get(book=book, key=key)
    written = existing.postings.values_list("account_id", "currency", "amount")
    if (existing.kind, sorted(written)) != (kind, sorted(rows)):
        raise KeyReused(f"The key {key} stands for another entry.")
    return existing


def reverse(entry: Entry, *, key: str, at: datetime, public: dict[str, Any]) -> Entry:
    """Writes the opposite of an entry. An entry is reversed at most once: a repetition returns the reversal.

    Raises KeyReused where the key stands for another entry.
    """
    reversal = Entry(
        book=entry.book, kind=f"{entry.kind}.reversed", key=key, reverses=entry, public=public, at=at
    )
    legs = entry.postings.order_by("id").values_list("account_id", "currency", "amount")
    if _write(reversal, [(account, currency, -amount) for account, currency, amount in legs]):
        return reversal
    existing = Entry.objects.filter(reverses=entry).first()
    if existing is None:
        raise KeyReused(f"The key {key} stands for another entry.")
    return existing


WRITE = "SELECT ledger_post(%s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::text[], %s::bigint[])"
Row = tuple[int, str, int]  # account, currency, minor units


def _write(entry: Entry, rows: list[Row]) -> bool:
    """Whether the key was free; one statement, so whole or not at all without a transaction around it.

    Waits for a transaction under way that uses the same key.
    """
    columns = [_array(row[place] for row in rows) for place in range(3)]
    head: list[Any] = [entry.pk, entry.book, entry.kind, entry.key, entry.reverses_id]
    content: list[Any] = [Jsonb(entry.public), entry.at]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [*head, *content, *columns])
        (made,) = cursor.fetchone()
        return bool(made)


def _array(values: Iterable[int | str]) -> str:
    """Numbers or currency codes as PostgreSQL writes an array: psycopg takes longer for three than all the rest."""
    return "{" + ",".join(map(str, values)) + "}"
