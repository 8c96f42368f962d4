"""Money for a match fund that arrives on the city's account becomes a deposit of two people (D5)."""

from datetime import UTC, datetime

import pytest

from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.matching.models import Deposit
from marketplace.payments import operations as payments
from marketplace.payments import queries
from tests.factories import accounts, matching
from tests.factories.payments import assert_whole, balances
from tests.payments.bank_files import row, table

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_line_becomes_a_funds_deposit_by_two_people_d5() -> None:
    first, second = (accounts.staff("finance-officers") for _ in range(2))
    fund = matching.fund(AT)
    line = payments.import_statement(
        actor=first, content=table(row("500.00", text="for the fund")), at=AT
    ).lines.get()
    target = queries.deposit_purpose(f" {fund.slug} ")
    with pytest.raises(Invalid):
        payments.propose_line_match(
            actor=first,
            line=line,
            proposal="fund",
            target=queries.deposit_purpose("no-such"),
            reason="x",
            at=AT,
        )
    payments.propose_line_match(actor=first, line=line, proposal="fund", target=target, reason="x", at=AT)
    with pytest.raises(Forbidden):
        payments.confirm_line_match(actor=first, line=line, at=AT)
    before = fund.deposits.count()
    payments.confirm_line_match(actor=second, line=line, at=AT)
    made = Deposit.objects.get(amount_minor=50_000, note__contains="for the fund")
    assert (made.entered_by, made.confirmed_by, fund.deposits.count()) == (first, second, before + 1)
    assert balances().get("suspense", 0) == 0
    assert_whole()
    with pytest.raises(Conflict):
        payments.confirm_line_match(actor=second, line=line, at=AT)
