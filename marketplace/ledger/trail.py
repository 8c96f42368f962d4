"""Entries as people read them: what happened, and what each account then had more or less of."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from civic.core.money import Money
from marketplace.ledger import chart, labels
from marketplace.ledger.labels import Named
from marketplace.ledger.models import Account, Entry
from marketplace.ledger.queries import natural


@dataclass(frozen=True)
class Change:
    """What an entry did to one account: `amount` is positive where there is more in it now."""

    account: Account
    named: Named
    amount: Money


@dataclass(frozen=True)
class Step:
    """One entry: what happened, in words, and its changes: where money is, and whom it is for."""

    entry: Entry
    happened: str
    changes: list[Change]

    @property
    def size(self) -> Money:
        """How much moved: the largest change."""
        largest = max(self.changes, key=lambda change: abs(change.amount.minor)).amount
        return Money(abs(largest.minor), largest.currency)


@dataclass(frozen=True)
class Trail:
    """Some steps, newest first, and the cursor of what follows (empty at the end)."""

    steps: list[Step]
    next: str

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)


def trail(book: str, codes: Collection[str], *, after: str = "", size: int = 24) -> Trail:
    """The entries that touched any of these accounts, newest first; four statements, however long their history.

    `after` is the `next` of the page before. Raises Invalid where it is not one that we gave out.
    """
    found, following = _newest(book, codes, _before(after), size)
    entries = Entry.objects.prefetch_related("postings__account").in_bulk(found)
    return Trail(steps(entries[key] for key in found), following)


def _newest(book: str, codes: Collection[str], before: int, size: int) -> tuple[list[UUID], str]:
    """Keys of the entries, by the number of their newest leg; and the number to go on from, where there is more.

    Each account gives so many legs; below the highest place where one of them was cut off, another may have more.
    """
    limits: dict[str, Any] = {"book": book, "codes": list(codes), "before": before, "few": size + 1}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, limits)
        rows = cursor.fetchall()
    given = Counter(account for account, _entry, _leg in rows)
    lowest = {account: leg for account, _entry, leg in rows}  # the last of each account
    cut = max((lowest[account] for account, count in given.items() if count > size), default=0)
    places: dict[UUID, int] = {}
    for _account, entry, leg in sorted(rows, key=lambda row: -row[2]):
        if leg >= cut:
            places.setdefault(entry, leg)
    shown = list(places)[:size]
    more = bool(shown) and (len(places) > size or cut > 0)
    return shown, str(places[shown[-1]]) if more else ""


# Legs whose entry was on a page before, by a leg of higher number, are left out.
NEWEST = """
WITH asked AS (SELECT id FROM ledger_account WHERE book = %(book)s AND code = ANY (%(codes)s))
SELECT asked.id, leg.entry_id, leg.id
FROM asked CROSS JOIN LATERAL (
    SELECT posting.entry_id, posting.id FROM ledger_posting posting
    WHERE posting.account_id = asked.id AND posting.id < %(before)s AND NOT EXISTS (
        SELECT FROM ledger_posting twin WHERE twin.entry_id = posting.entry_id AND twin.id >= %(before)s
        AND twin.account_id IN (SELECT id FROM asked))
    ORDER BY posting.id DESC LIMIT %(few)s
) leg
ORDER BY asked.id, leg.id DESC
"""
NOW = 2**63 - 1


def _before(after: str) -> int:
    if after and not (after.isdecimal() and int(after) < NOW):
        raise Invalid(_("This link to a further page is damaged. Start from the first page."), code="cursor")
    return int(after) if after else NOW


def steps(entries: Iterable[Entry]) -> list[Step]:
    """Entries with prefetched postings and accounts, in words; asks each resolver of names once."""
    rows = list(entries)
    names = labels.named(leg.account.code for entry in rows for leg in entry.postings.all())
    found = []
    for entry in rows:
        # Where money is comes first, whom it is for comes after that.
        legs = sorted(entry.postings.all(), key=lambda leg: (not leg.account.debit_normal, leg.pk))
        changes = [
            Change(leg.account, names[leg.account.code], natural(leg.account, leg.amount)) for leg in legs
        ]
        found.append(Step(entry, str(chart.happened(entry.kind)), changes))
    return found
