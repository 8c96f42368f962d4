"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from datetime import date
from typing import Any

from civic.accounts.models import Person
from marketplace.ledger import operations
from marketplace.ledger.models import Entry
from tests.factories import payments
from tests.whole.scene import EVERYBODY, opens

OPENS = {
    **opens(
        EVERYBODY,
        "ledger:index",
        "ledger:account",
        "ledger:export",
        "ledger:verify",
        "ledger:program",
        "ledger:root",
        "ledger:receipt",
        "ledger:receipt-file",
        "ledger:subscribe",
        "api:ledger",
        "api:ledger-csv",
    ),
    # The tokens are not ours.
    **opens(frozenset(), "ledger:confirm", "ledger:stop"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    """A payment of the first of March, and the root of that day."""
    charge = payments.paid(payer=owner)
    entry = Entry.objects.earliest("at", "id")
    root = operations.close_day(book="demo", day=date(2026, 3, 1))
    assert root
    return {
        "ledger:account": {"code": charge.account},
        "ledger:receipt": {"pk": entry.pk},
        "ledger:receipt-file": {"pk": entry.pk},
        "ledger:root": {"day": root.day},
        "ledger:confirm": {"token": "not-a-token"},
        "ledger:stop": {"token": "not-a-token"},
    }
