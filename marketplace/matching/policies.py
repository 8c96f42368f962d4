"""Who runs match funds."""

from civic.accounts import groups
from civic.accounts.roles import Actor, in_group
from civic.core.errors import Forbidden


def runs_funds(actor: Actor | None) -> bool:
    """Programme managers and finance officers set funds up, enrol campaigns and answer challenges."""
    return in_group(actor, groups.PROGRAMME_MANAGERS) or in_group(actor, groups.FINANCE_OFFICERS)


def require_funds(actor: Actor | None) -> None:
    """Raises Forbidden for everybody else."""
    if not runs_funds(actor):
        raise Forbidden
