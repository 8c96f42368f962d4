"""Reads over the ledger: balances, receipts with their proof, the public export, and what the pages show."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.timezone import get_current_timezone_name, localdate

from civic.core.money import Money
from marketplace.ledger.models import Account, DailyRoot, Entry, Link, Posting
from marketplace.ledger.verify import inclusion_proof


def content(entry: Entry) -> dict[str, Any]:
    """The part of an entry that is hashed and exported; reads prefetched postings with their accounts."""
    postings = sorted(entry.postings.all(), key=lambda posting: posting.pk)
    accounts = {posting.account for posting in postings}
    return {
        "id": str(entry.pk),
        "book": entry.book,
        "kind": entry.kind,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "reverses": str(entry.reverses_id) if entry.reverses_id else None,
        "public": entry.public,
        "accounts": sorted([one.code, one.currency, one.kind, one.floor_zero] for one in accounts),
        "postings": [[posting.account.code, posting.currency, posting.amount] for posting in postings],
    }


def balance(account: Account) -> Money:
    """The natural balance: what is in an asset, what is owed on a liability, positive in the usual case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_balance(%s)", [account.pk])
        (total,) = cursor.fetchone()
    return natural(account, int(total))


def natural(account: Account, total: int) -> Money:
    """A sum of debits as the account's readers see it: positive in the usual case."""
    return Money(total if account.debit_normal else -total, account.currency)


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
    columns = ("code", "currency", "kind", "floor_zero")
    for account in Account.objects.filter(book=book).order_by("code", "currency").values(*columns):
        yield {"type": "account", **account}
    roots = {root.last_seq: root for root in DailyRoot.objects.filter(book=book, last_seq__lte=last)}
    balances: Counter[str] = Counter()
    links = Link.objects.filter(book=book, seq__lte=last).order_by("seq").select_related("entry")
    for link in links.prefetch_related("entry__postings__account").iterator(chunk_size=2000):
        entry = content(link.entry)
        for code, currency, amount in entry["postings"]:
            balances[f"{code} {currency}"] += amount
        yield {
            "type": "entry",
            "seq": link.seq,
            "previous": bytes(link.previous).hex(),
            "entry": entry,
            "hash": bytes(link.hash).hex(),
        }
        if link.seq in roots:
            yield {"type": "root", **roots[link.seq].covers}
    totals = {name: total for name, total in balances.items() if total}
    yield {"type": "end", "entries": last, "balances": totals}


def _leaves(root: DailyRoot) -> list[str]:
    links = Link.objects.filter(book=root.book, seq__range=(root.first_seq, root.last_seq)).order_by("seq")
    return [bytes(hashed).hex() for hashed in links.values_list("hash", flat=True)]


def unpublished_roots() -> QuerySet[DailyRoot]:
    """Roots that are not in their file and mails yet, oldest first."""
    return DailyRoot.objects.exclude(published__contains=["file", "mail"]).order_by("last_seq")


CHART_DAYS = 60


def entries(book: str, *, account: str = "", kind: str = "") -> QuerySet[Entry]:
    """Entries of a book with their postings; `account` is a code, with a `/` at its end all codes below it."""
    found = Entry.objects.filter(book=book).prefetch_related("postings__account")
    if kind:
        found = found.filter(kind=kind)
    if account:
        found = found.filter(pk__in=Posting.objects.filter(_accounts(book, account)).values("entry"))
    return found


def _accounts(book: str, code: str) -> Q:
    """Postings of a code's accounts by number, so that the planner knows how many there are; or of all below it."""
    if code.endswith("/"):
        below = Account.objects.filter(book=book, code__startswith=code)
        return Q(account__in=below.values("pk"))
    return Q(account__in=list(Account.objects.filter(book=book, code=code).values_list("pk", flat=True)))


def kinds(book: str) -> list[str]:
    """The kinds of entries there are, by leaps through the index: its cost does not grow with the entries."""
    with connection.cursor() as cursor:
        cursor.execute(KINDS, {"book": book})
        return [kind for (kind,) in cursor.fetchall()]


KINDS = """
WITH RECURSIVE known (kind) AS (
    (SELECT kind FROM ledger_entry WHERE book = %(book)s ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT entry.kind FROM ledger_entry entry
            WHERE entry.book = %(book)s AND entry.kind > known.kind ORDER BY entry.kind LIMIT 1)
    FROM known WHERE known.kind IS NOT NULL
)
SELECT kind FROM known WHERE kind IS NOT NULL
"""


def accounts_of(book: str, code: str) -> list[Account]:
    """The accounts of a code, one a currency."""
    return list(Account.objects.filter(book=book, code=code).order_by("currency"))


def history(account: Account) -> QuerySet[Posting]:
    """All that moved on an account, with its entries."""
    return Posting.objects.filter(account=account).select_related("entry")


def daily_balances(account: Account, *, balance: Money, at: datetime) -> list[tuple[datetime, Money]]:
    """The balance at the end of each of the last days, back from what it is now; reads those days only."""
    first = localdate(at - timedelta(days=CHART_DAYS - 1))
    zone = get_current_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute(DAILY, [zone, account.pk, first, zone])
        moved = {day: natural(account, int(total)) for day, total in cursor.fetchall()}
    days = [at - timedelta(days=back) for back in range(CHART_DAYS)]
    nothing = Money(0, account.currency)
    steps = [balance, *(-moved.get(localdate(day), nothing) for day in days[:-1])]
    return list(zip(days, accumulate(steps), strict=True))[::-1]


DAILY = """
SELECT (entry.at AT TIME ZONE %s)::date AS day, sum(posting.amount)
FROM ledger_posting posting JOIN ledger_entry entry ON entry.id = posting.entry_id
WHERE posting.account_id = %s AND entry.at >= %s::date::timestamp AT TIME ZONE %s
GROUP BY day
"""


def roots(book: str) -> QuerySet[DailyRoot]:
    return DailyRoot.objects.filter(book=book)


def csv_rows(book: str) -> Any:
    """Every posting of the book in order, one row each, as a stream."""
    rows = Posting.objects.filter(book=book).order_by("id")
    return rows.values_list(
        "id", "entry_id", "entry__at", "entry__kind", F("account__code"), "amount", "currency"
    ).iterator(chunk_size=2000)
