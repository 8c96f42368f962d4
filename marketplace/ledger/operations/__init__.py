"""The verbs of the ledger. Only this slice writes ledger rows."""

from marketplace.ledger.operations.available import available
from marketplace.ledger.operations.checkpoints import take_checkpoints
from marketplace.ledger.operations.posting import (
    AccountDiffers,
    KeyReused,
    Leg,
    account,
    move,
    post,
    reverse,
)
from marketplace.ledger.operations.publishing import publish_root
from marketplace.ledger.operations.recounting import recount
from marketplace.ledger.operations.sealing import close_day, link_entries
from marketplace.ledger.operations.subscriptions import confirm, stop, subscribe
