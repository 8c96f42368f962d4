"""Reads over the ledger: balances, the public export, receipts with their proof."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum

from civic.core.money import Money
from marketplace.ledger.canonical import content
from marketplace.ledger.models import Account, DailyRoot, Entry, Link, Posting
from marketplace.ledger.verify import inclusion_proof


def balance(account: Account) -> Money:
    """The natural balance: what is in an asset, what is owed on a liability, positive in the usual case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_balance(%s)", [account.pk])
        (total,) = cursor.fetchone()
    return Money(int(total) if account.debit_normal else -int(total), account.currency)


def balances(book: str, codes: Iterable[str]) -> dict[str, list[Money]]:
    """The natural balance of each code that has an account, one a currency; one statement for them all."""
    with connection.cursor() as cursor:
        cursor.execute(BALANCES, [book, list(codes)])
        found: dict[str, list[Money]] = {}
        for code, currency, total in cursor.fetchall():
            found.setdefault(code, []).append(Money(int(total), currency))
        return found


BALANCES = """
SELECT code, currency, CASE WHEN kind IN ('A', 'E') THEN ledger_balance(id) ELSE -ledger_balance(id) END
FROM ledger_account WHERE book = %s AND code = ANY (%s) ORDER BY code, currency
"""


def recounted(account: Account) -> Money:
    """The same from all postings, without checkpoints: what the nightly check compares."""
    total = Posting.objects.filter(account=account).aggregate(total=Sum("amount"))["total"] or 0
    return Money(total if account.debit_normal else -total, account.currency)


@dataclass(frozen=True)
class Receipt:
    """Proof that an entry stands in the published ledger: its link, and the way to the day's root."""

    seq: int
    previous: str
    entry: dict[str, Any]
    hash: str
    day: str
    place: int
    size: int
    proof: list[str]
    root: str


def receipt(entry: Entry) -> Receipt | None:
    """The receipt of an entry once its day is closed; None before."""
    link = Link.objects.filter(entry=entry).first()
    if link is None:
        return None
    root = DailyRoot.objects.filter(book=entry.book, first_seq__lte=link.seq, last_seq__gte=link.seq).first()
    if root is None:
        return None
    leaves = _leaves(root)
    place = link.seq - root.first_seq
    return Receipt(
        seq=link.seq,
        previous=bytes(link.previous).hex(),
        entry=content(entry),
        hash=bytes(link.hash).hex(),
        day=root.day.isoformat(),
        place=place,
        size=len(leaves),
        proof=inclusion_proof(leaves, place),
        root=bytes(root.root).hex(),
    )


def export(book: str) -> Iterator[dict[str, Any]]:
    """The lines of a book's public export, in the order that `verify.py` reads; streams.

    Only linked entries are in it; what was posted a moment ago follows with the next export.
    """
    # Before the accounts: an account is there before the first entry that needs it.
    last = Link.objects.filter(book=book).order_by("-seq").values_list("seq", flat=True).first() or 0
    yield {"type": "ledger", "version": 1, "book": book}
    for account in Account.objects.filter(book=book).order_by("code", "currency"):
        yield {
            "type": "account",
            "code": account.code,
            "currency": account.currency,
            "kind": account.kind,
            "floor_zero": account.floor_zero,
        }
    roots = {root.last_seq: root for root in DailyRoot.objects.filter(book=book, last_seq__lte=last)}
    balances: dict[str, int] = {}
    for link in _links(book, last):
        line = _entry_line(link)
        for code, currency, amount in line["entry"]["postings"]:
            name = f"{code} {currency}"
            balances[name] = balances.get(name, 0) + amount
        yield line
        if link.seq in roots:
            yield _root_line(roots[link.seq])
    yield {
        "type": "end",
        "entries": last,
        "balances": {name: total for name, total in balances.items() if total},
    }


def _links(book: str, last: int) -> Iterator[Link]:
    links = Link.objects.filter(book=book, seq__lte=last).order_by("seq").select_related("entry")
    yield from links.prefetch_related("entry__postings__account").iterator(chunk_size=2000)


def _entry_line(link: Link) -> dict[str, Any]:
    return {
        "type": "entry",
        "seq": link.seq,
        "previous": bytes(link.previous).hex(),
        "entry": content(link.entry),
        "hash": bytes(link.hash).hex(),
    }


def _root_line(root: DailyRoot) -> dict[str, Any]:
    return {
        "type": "root",
        "day": root.day.isoformat(),
        "first": root.first_seq,
        "last": root.last_seq,
        "root": bytes(root.root).hex(),
    }


def _leaves(root: DailyRoot) -> list[str]:
    links = Link.objects.filter(book=root.book, seq__gte=root.first_seq, seq__lte=root.last_seq).order_by(
        "seq"
    )
    return [bytes(hashed).hex() for hashed in links.values_list("hash", flat=True)]


def unpublished_roots() -> QuerySet[DailyRoot]:
    """Roots that are not in their file and mails yet, oldest first."""
    return DailyRoot.objects.exclude(published__contains=["file", "mail"]).order_by("last_seq")
