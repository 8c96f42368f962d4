"""How much went from which kind of account to which, over the whole book: what the money flow picture is made of.

Counted along the chain, so that the totals of yesterday stay true and only what was linked since has to be read.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.core.cache import cache
from django.db import connection

from civic.core.money import Money
from marketplace.ledger.chart import shape
from marketplace.ledger.models import Link

Way = tuple[str, str, str]  # the debited shape, the credited one, the currency


@dataclass(frozen=True)
class Flow:
    """So much was debited on accounts of one shape against accounts of another."""

    debited: str
    credited: str
    amount: Money


def flows(book: str) -> list[Flow]:
    """All flows of the book as far as it is linked (ten seconds behind at most); three statements.

    The first reading reads every entry; after that each reads those that are new.
    """
    key = f"ledger-flows:{book}"
    seq, totals = _known(book, cache.get(key))
    last = Link.objects.filter(book=book).order_by("-seq").values_list("seq", "hash").first()
    if last and last[0] > seq:
        totals = totals + _counted(book, seq, last[0])
        cache.set(key, (last[0], bytes(last[1]).hex(), totals), timeout=None)
    return [Flow(way[0], way[1], Money(total, way[2])) for way, total in sorted(totals.items())]


def totals(flows: list[Flow]) -> dict[tuple[str, str], int]:
    """What is in the accounts of each shape and currency after these flows; debit positive, zeros left out."""
    found: Counter[tuple[str, str]] = Counter()
    for flow in flows:
        found[flow.debited, flow.amount.currency] += flow.amount.minor
        found[flow.credited, flow.amount.currency] -= flow.amount.minor
    return {place: total for place, total in sorted(found.items()) if total}


Kept = tuple[int, str, "Counter[Way]"]


def _known(book: str, kept: Kept | None) -> tuple[int, Counter[Way]]:
    """What was counted before, unless the book is another one by now (a restored or a new database)."""
    if kept and Link.objects.filter(book=book, seq=kept[0], hash=bytes.fromhex(kept[1])).exists():
        return kept[0], kept[2]
    return 0, Counter()


def _counted(book: str, after: int, last: int) -> Counter[Way]:
    totals: Counter[Way] = Counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute(LEGS, [book, after, last])
        for _, legs in groupby(cursor, key=itemgetter(0, 2)):
            for debited, credited, minor, currency in _pairs([leg[1:] for leg in legs]):
                totals[debited, credited, currency] += minor
    return totals


LEGS = """
SELECT link.seq, account.code, posting.currency, posting.amount
FROM ledger_link link
JOIN ledger_posting posting ON posting.entry_id = link.entry_id
JOIN ledger_account account ON account.id = posting.account_id
WHERE link.book = %s AND link.seq > %s AND link.seq <= %s
ORDER BY link.seq, posting.currency, posting.id
"""


def _pairs(legs: list[tuple[str, str, int]]) -> Iterator[tuple[str, str, int, str]]:
    """Which debit went with which credit: in the order of the legs, so that movements written in pairs stay pairs."""
    spent = [(shape(code), amount) for code, _, amount in legs if amount > 0]
    owed = [(shape(code), -amount) for code, _, amount in legs if amount < 0]
    while spent and owed:
        (debited, much), (credited, there) = spent.pop(0), owed.pop(0)
        minor = min(much, there)
        yield debited, credited, minor, legs[0][1]
        spent[:0] = [(debited, much - minor)] if much > minor else []
        owed[:0] = [(credited, there - minor)] if there > minor else []
