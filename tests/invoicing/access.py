"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from tests.factories import sponsors
from tests.whole.scene import ADMIN, OWNER, SIGNED_IN, opens

BOOKS = frozenset({OWNER, groups.FINANCE_OFFICERS, groups.AUDITORS, ADMIN})
OPENS = {
    **opens(BOOKS, "invoicing:invoice", "invoicing:invoice-pdf"),
    **opens(SIGNED_IN, "api:own-invoices"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    """An invoice of the owner's organisation."""
    number = {"number": sponsors.invoiced(organisation=sponsors.business(owner), at=clock.now()).number}
    return {"invoicing:invoice": number, "invoicing:invoice-pdf": number}
