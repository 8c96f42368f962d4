"""Entries as people read them: what happened, and what each account then had more or less of."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from civic.core.money import Money
from civic.core.paging import page
from marketplace.ledger import chart, labels
from marketplace.ledger.labels import Named
from marketplace.ledger.models import Account, Entry, Posting


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
    """The entries that touched any of these accounts, newest first; four statements however many there are.

    `after` is the `next` of the page before. Raises Invalid where it is not one that we gave out.
    """
    accounts = Account.objects.filter(book=book, code__in=list(codes)).values("pk")
    touched = Posting.objects.filter(account__in=accounts).values("entry")
    found = Entry.objects.filter(book=book, pk__in=touched).prefetch_related("postings__account")
    rows = page(found, after=after, size=size)
    return Trail(steps(rows.items), rows.next)


def steps(entries: Iterable[Entry]) -> list[Step]:
    """Entries with prefetched postings and accounts, in words; asks each resolver of names once."""
    rows = list(entries)
    names = labels.named(leg.account.code for entry in rows for leg in entry.postings.all())
    return [Step(entry, str(chart.happened(entry.kind)), _changes(entry, names)) for entry in rows]


def _changes(entry: Entry, names: dict[str, Named]) -> list[Change]:
    """Where money is comes first, whom it is for comes after that."""
    legs = sorted(entry.postings.all(), key=lambda leg: (not leg.account.debit_normal, leg.pk))
    return [Change(leg.account, names[leg.account.code], natural(leg.account, leg.amount)) for leg in legs]


def natural(account: Account, total: int) -> Money:
    """A sum of debits as the account's readers see it: positive in the usual case."""
    return Money(total if account.debit_normal else -total, account.currency)
