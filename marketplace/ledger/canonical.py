"""What the chain says of an entry: public facts, amounts, what its accounts are; never a person."""

from datetime import UTC
from typing import Any

from marketplace.ledger.models import Entry


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
