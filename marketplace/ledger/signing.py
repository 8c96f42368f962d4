"""What is published of a daily root: canonical JSON with the installation's signature."""

from typing import Any

from civic.core.signatures import public_key, sign
from marketplace.ledger.models import DailyRoot
from marketplace.ledger.verify import canonical


def signed(root: DailyRoot) -> dict[str, Any]:
    """The statement, its signature and the public key."""
    statement = {"book": root.book, **root.covers, "chain": bytes(root.chain).hex()}
    return {
        "statement": statement,
        "signature": sign(canonical(statement)),
        "public_key": public_key(),
    }
