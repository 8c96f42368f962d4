"""Who keeps the books of funding, and who reads them."""

from civic.accounts import groups
from civic.accounts.roles import Actor, in_group
from civic.core.errors import Forbidden


def keeps_books(actor: Actor | None) -> bool:
    """Finance officers: they enter, approve and correct."""
    return in_group(actor, groups.FINANCE_OFFICERS)


def reads_books(actor: Actor | None) -> bool:
    """Finance officers, and auditors who change nothing."""
    return keeps_books(actor) or in_group(actor, groups.AUDITORS)


def require_books(actor: Actor | None) -> None:
    """Raises Forbidden for whoever does not keep the books."""
    if not keeps_books(actor):
        raise Forbidden
