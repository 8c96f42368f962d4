"""The outbox: commands are carried out outside of any transaction, and marked done with their result.

A worker may die at any point. Before the call: the lease runs out and another worker calls. After the call and
before the result is stored: the call is repeated with the same key, and gives the same result. Where the
provider may have forgotten the key (`calls.KEYS_LAST`), the thing is looked for by its metadata first.
"""

from datetime import datetime

from civic.core import work
from marketplace.payments.models import Command
from marketplace.payments.operations.provider_calls import VERBS
from marketplace.payments.providers import Unavailable, Unreachable


def run_commands(*, at: datetime | None = None, limit: int = 50) -> int:
    """Carries out what is due; returns how many commands are done."""
    return work.run(Command, _call, at=at, limit=limit, expected=(Unreachable, Unavailable))


def _call(command: Command, at: datetime) -> None:
    VERBS[command.verb](command, at)
