"""One sealer builds the hash chain of each book and closes its days with a Merkle root."""

from datetime import date

from django.db import connection, transaction

from marketplace.ledger.models import DailyRoot, Entry, Link
from marketplace.ledger.queries import content
from marketplace.ledger.verify import GENESIS, link_hash, merkle_root

# Any number will do as long as nobody else locks it: one sealer at a time, over all processes.
SEALER = 7_205_759_403


def link_entries(*, limit: int = 2000) -> int:
    """Links the entries committed since the last run; returns how many.

    They are taken from one snapshot, which contains whatever an entry in it relied on: so no balance is
    below its floor at the end of a run, although it may be in the middle of one. The database takes what is
    linked off the list.
    """
    with transaction.atomic():
        _lock()
        waiting = Entry.objects.filter(unlinked__isnull=False).order_by("id")
        fresh = list(waiting.prefetch_related("postings__account")[:limit])
        links = [link for book in sorted({entry.book for entry in fresh}) for link in _links(book, fresh)]
        Link.objects.bulk_create(links)
        return len(links)


def close_day(*, book: str, day: date) -> DailyRoot | None:
    """The Merkle root over the book's links since its last root; None where there are none.

    Raises no error when the day is closed already: the root that stands is returned.
    """
    with transaction.atomic():
        _lock()  # before linking: a root must not end in the middle of another sealer's batch
        while link_entries():
            pass
        # Asked first: the links below are all since the last root, and the clock comes by every hour.
        if existing := DailyRoot.objects.filter(book=book, day=day).first():
            return existing
        before = DailyRoot.objects.filter(book=book).order_by("-last_seq").first()
        links = list(Link.objects.filter(book=book, seq__gt=before.last_seq if before else 0).order_by("seq"))
        if not links:
            return None
        root = merkle_root([bytes(link.hash).hex() for link in links])
        return DailyRoot.objects.create(
            book=book,
            day=day,
            first_seq=links[0].seq,
            last_seq=links[-1].seq,
            root=bytes.fromhex(root),
            chain=links[-1].hash,
        )


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER])


def _links(book: str, entries: list[Entry]) -> list[Link]:
    last = Link.objects.filter(book=book).order_by("-seq").first()
    seq, previous = (last.seq, bytes(last.hash).hex()) if last else (0, GENESIS)
    links = []
    for entry in entries:
        if entry.book == book:
            seq += 1
            hashed = link_hash(seq, previous, content(entry))
            pair = {"previous": bytes.fromhex(previous), "hash": bytes.fromhex(hashed)}
            links.append(Link(book=book, seq=seq, entry=entry, **pair))
            previous = hashed
    return links
