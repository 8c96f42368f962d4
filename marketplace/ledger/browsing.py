"""Reads for the public pages and the open data: entries newest first, accounts with their history."""

from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from civic.core.money import Money
from marketplace.ledger.models import Account, DailyRoot, Entry, Posting
from marketplace.ledger.queries import natural

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
    first = (at - timedelta(days=CHART_DAYS - 1)).date()
    with connection.cursor() as cursor:
        cursor.execute(DAILY, [account.pk, first])
        moved = {day: natural(account, int(total)) for day, total in cursor.fetchall()}
    days = [at - timedelta(days=back) for back in range(CHART_DAYS)]
    nothing = Money(0, account.currency)
    steps = [balance, *(-moved.get(day.date(), nothing) for day in days[:-1])]
    return list(zip(days, accumulate(steps), strict=True))[::-1]


DAILY = """
SELECT (entry.at AT TIME ZONE 'UTC')::date AS day, sum(posting.amount)
FROM ledger_posting posting JOIN ledger_entry entry ON entry.id = posting.entry_id
WHERE posting.account_id = %s AND entry.at >= %s::date::timestamp AT TIME ZONE 'UTC'
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
