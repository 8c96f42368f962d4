"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from datetime import timedelta
from typing import Any

from civic.accounts.models import Person
from civic.core import clock
from marketplace.matching.models import MatchFund
from marketplace.matching.operations import quadratic_allocation
from tests.factories import matching
from tests.whole.scene import EVERYBODY, SIGNED_IN, opens

OPENS = {
    **opens(
        EVERYBODY,
        "matching:funds",
        "matching:fund",
        "matching:fund-input",
        "matching:fund-program",
        "api:funds",
        "api:funds-csv",
        "api:fund",
        "api:fund-allocations",
        "api:fund-input",
    ),
    **opens(SIGNED_IN, "matching:fund-challenge"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    """A quadratic fund whose input is published and can be challenged."""
    begun = clock.now() - timedelta(days=31)
    fund = matching.fund(begun, rule=MatchFund.Rule.QUADRATIC)
    quadratic_allocation.freeze(fund, clock.now())
    names = ("matching:fund", "matching:fund-input", "matching:fund-challenge")
    open_data = ("api:fund", "api:fund-allocations", "api:fund-input")
    return {name: {"slug": fund.slug} for name in (*names, *open_data)}
