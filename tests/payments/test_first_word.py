"""Of what two officers decide, the first one's word counts only while they may still give it (AT9)."""

from collections.abc import Callable
from typing import Any

import pytest

from civic.accounts import operations as accounts
from civic.core.errors import Conflict
from marketplace.matching.operations import deposits
from marketplace.payments import operations
from tests.factories import accounts as people
from tests.factories import matching
from tests.factories.payments import AT
from tests.payments.test_ways_out import line_of

pytestmark = pytest.mark.django_db


def line(officer: Any) -> Callable[[Any], None]:
    credit = line_of(officer, "77.00", text="whose?")
    operations.propose_line_match(actor=officer, line=credit, proposal="return", reason="They rang", at=AT)
    return lambda second: operations.confirm_line_match(actor=second, line=credit, at=AT)


def deposit(officer: Any) -> Callable[[Any], None]:
    fund = matching.fund(AT, holds=0)
    entered = deposits.enter_deposit(actor=officer, fund=fund, amount_minor=100_00, note="Decided", at=AT)
    return lambda second: deposits.confirm_deposit(actor=second, deposit=entered, at=AT)


@pytest.mark.parametrize("proposed", [line, deposit])
@pytest.mark.parametrize("then", ["dismissed", "stays"])
def test_a_dismissed_officer_has_proposed_nothing_1127_at9(
    proposed: Any, then: str, officer: Any, second: Any
) -> None:
    confirm = proposed(officer)
    if then == "dismissed":
        administrator = people.superuser()
        accounts.appoint(
            actor=administrator, person=officer, is_staff=False, groups=[], reason="Fraud.", at=AT
        )
        with pytest.raises(Conflict, match="may not do so any more"):
            confirm(second)
    else:
        confirm(second)
