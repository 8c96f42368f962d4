"""Posting and reversing entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Json

from civic.core.errors import Conflict
from civic.core.money import Money
from marketplace.ledger.models import Account, Entry, Posting


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
    *,
    book: str,
    kind: str,
    key: str,
    legs: Sequence[Leg],
    at: datetime,
    public: dict[str, Any],
) -> Entry:
    """Writes one entry, once a `key`: a repetition returns the entry that stands.

    `public` is published and hashed for ever; it must hold no personal data. Raises KeyReused where the
    key stands for other legs. The database refuses, at commit, what does not balance or overdraws.
    """
    entry = Entry(book=book, kind=kind, key=key, public=public, at=at)
    with transaction.atomic():
        if not _insert(entry):
            return _standing(entry, legs)
        Posting.objects.bulk_create(_postings(entry, legs))
        return entry


def reverse(entry: Entry, *, key: str, at: datetime, public: dict[str, Any]) -> Entry:
    """Writes the opposite of an entry. An entry is reversed at most once: a repetition returns the reversal.

    Raises KeyReused where the key stands for another entry.
    """
    with transaction.atomic():
        reversal = Entry(
            book=entry.book,
            kind=f"{entry.kind}.reversed",
            key=key,
            reverses=entry,
            public=public,
            at=at,
        )
        if not _insert(reversal):
            standing = Entry.objects.filter(reverses=entry).first()
            if standing is None:
                raise KeyReused(f"The key {key} stands for another entry.")
            return standing
        opposite = [
            Posting(
                entry=reversal,
                account_id=leg.account_id,
                book=leg.book,
                currency=leg.currency,
                amount=-leg.amount,
            )
            for leg in entry.postings.order_by("id")
        ]
        Posting.objects.bulk_create(opposite)
        return reversal


INSERT = """
INSERT INTO ledger_entry (id, book, kind, key, reverses_id, public, at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def _insert(entry: Entry) -> bool:
    """Whether the key was free. Waits for a transaction under way that uses the same key."""
    row: list[Any] = [
        entry.pk,
        entry.book,
        entry.kind,
        entry.key,
        entry.reverses_id,
        Json(entry.public),
        entry.at,
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)
        return cursor.rowcount == 1


def _postings(entry: Entry, legs: Iterable[Leg]) -> list[Posting]:
    return [
        Posting(
            entry=entry,
            account=leg.account,
            book=entry.book,
            currency=leg.amount.currency,
            amount=leg.amount.minor,
        )
        for leg in legs
    ]


def _standing(wanted: Entry, legs: Sequence[Leg]) -> Entry:
    entry = Entry.objects.prefetch_related("postings").get(book=wanted.book, key=wanted.key)
    stands = sorted(
        (posting.account_id, posting.amount, posting.currency) for posting in entry.postings.all()
    )
    asked = sorted((leg.account.pk, leg.amount.minor, leg.amount.currency) for leg in legs)
    if (entry.kind, stands) != (wanted.kind, asked):
        raise KeyReused(f"The key {wanted.key} stands for another entry.")
    return entry
