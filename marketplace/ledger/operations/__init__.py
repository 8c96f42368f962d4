"""The verbs of the ledger. Only this slice writes ledger rows."""

from marketplace.ledger.operations.balances import available, take_checkpoints
from marketplace.ledger.operations.posting import AccountDiffers, KeyReused, Leg, account, move, post, reverse
from marketplace.ledger.operations.publishing import confirm, publish_root, stop, subscribe
from marketplace.ledger.operations.recounting import recount
from marketplace.ledger.operations.sealing import close_day, link_entries
