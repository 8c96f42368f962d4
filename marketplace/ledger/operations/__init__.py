"""The verbs of the ledger. Only this slice writes ledger rows."""

from marketplace.ledger.operations.available import available
from marketplace.ledger.operations.checkpoints import take_checkpoints
from marketplace.ledger.operations.posting import (
    KeyReused,
    Leg,
    account,
    move,
    post,
    reverse,
)
from marketplace.ledger.operations.sealing import close_day, link_entries

__all__ = [
    "KeyReused",
    "Leg",
    "account",
    "available",
    "close_day",
    "link_entries",
    "move",
    "post",
    "reverse",
    "take_checkpoints",
]
