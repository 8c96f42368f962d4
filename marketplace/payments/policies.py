"""Who may do what with payments in the council's desk."""

from civic.accounts.groups import FINANCE_OFFICERS
from civic.accounts.models import Person
from civic.core.errors import Forbidden


def may_keep_books(actor: Person) -> bool:
    """Finance officers read statements, assign what is unclear, and pay by hand what failed."""
    if not actor.is_active or not actor.is_staff:
        return False
    return actor.is_superuser or actor.groups.filter(name=FINANCE_OFFICERS).exists()


def require_books(actor: Person) -> None:
    """Raises Forbidden for everybody else."""
    if not may_keep_books(actor):
        raise Forbidden
