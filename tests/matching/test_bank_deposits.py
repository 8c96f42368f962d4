"""Money for a match fund that arrives on the city's account becomes a deposit of two people (D5)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from civic.core import events
from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.matching.models import Deposit, FundReturn, MatchFund
from marketplace.matching.operations import returns
from marketplace.matching.queries import funds
from marketplace.payments import operations as payments
from marketplace.payments import queries
from marketplace.payments.models import StatementLine, Transfer
from marketplace.payments.providers import Outcome
from tests.factories import accounts, campaigns, matching
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


def taken(credit: StatementLine, amount: str) -> StatementLine:
    """The bank takes a credit back, and two people say which."""
    officers = [accounts.staff("finance-officers") for _ in range(2)]
    read = payments.import_statement(actor=officers[0], content=table(row(f"-{amount}", text="x")), at=AT)
    line = read.lines.get()
    payments.propose_line_match(
        actor=officers[0], line=line, proposal="taken", target=credit, reason="x", at=AT
    )
    payments.confirm_line_match(actor=officers[1], line=line, at=AT)
    line.refresh_from_db()
    return line


def paid_in(fund: MatchFund, amount: str, proposal: str = "fund", text: str = "fund") -> StatementLine:
    """A line of which two people say that it is the fund's."""
    officers = [accounts.staff("finance-officers") for _ in range(2)]
    read = payments.import_statement(actor=officers[0], content=table(row(amount, text=text)), at=AT)
    line, purpose = read.lines.get(), queries.deposit_purpose(fund.slug)
    payments.propose_line_match(
        actor=officers[0], line=line, proposal=proposal, target=purpose, reason="x", at=AT
    )
    payments.confirm_line_match(actor=officers[1], line=line, at=AT)
    line.refresh_from_db()
    return line


@pytest.mark.parametrize("proposal", ["fund", "double"])
def test_a_free_deposit_that_the_bank_takes_back_leaves_its_fund_1127_sa6(proposal: str) -> None:
    """By a line of its own, or entered by hand before its line was shown."""
    fund = matching.fund(AT, holds=1_000_00)
    if proposal == "double":
        matching.deposit(fund, 500_00, AT)
    credit = paid_in(fund, "500.00", proposal)
    officer = accounts.staff("finance-officers")
    assert funds.pot(funds.funds(officer).get(pk=fund.pk)).paid_in.minor == 1_500_00
    assert taken(credit, "500.00").state == "settled"
    pot = funds.pot(funds.funds(officer).get(pk=fund.pk))
    assert (pot.paid_in.minor, pot.free.minor) == (1_000_00, 1_000_00)
    assert balances() == {"bank": 1_000_00, f"fund/{fund.pk}/available": 1_000_00}
    assert_whole()
    with pytest.raises(Invalid, match="already"):
        taken(credit, "500.00")


@pytest.mark.parametrize("order", ["line first", "line last"])
def test_the_deposit_of_its_own_line_is_gone_1127_te11(order: str) -> None:
    """Of three of one sum it was the newest; of what was entered by hand no line was taken back."""
    fund = matching.fund(AT, holds=0)
    if order == "line last":
        matching.deposit(fund, 500_00, AT)
    credit = paid_in(fund, "500.00")
    own = fund.deposits.latest("pk")
    paid_in(fund, "500.00", text="Firm B")
    if order == "line first":
        matching.deposit(fund, 500_00, AT)
    taken(credit, "500.00")
    assert [one.pk for one in fund.deposits.exclude(taken_back_at=None)] == [own.pk]


def sent_back(fund: MatchFund, ways: list[str]) -> FundReturn:
    """A return of all that is free, whose transfer went these ways; nobody has heard of the last one."""
    asked = returns.request_return(
        actor=matching.finance_officer(), fund=fund, holder="F", iban=matching.IBAN, reason="Over.", at=AT
    )
    returns.approve_return(actor=matching.finance_officer(), returned=asked, at=AT)
    payments.run_commands(at=AT)
    for way in ways:
        events.deliver_pending(at=AT)
        transfer = Transfer.objects.get(purpose=asked.purpose)
        payments.advance_transfer(transfer, Outcome(way, failure="no account"), at=AT)
    return asked


@pytest.mark.parametrize("ways", [["fail"], ["settle", "reverse"]], ids=["failed", "came back"])
def test_what_came_back_to_a_fund_is_free_at_once_1127_tf10(ways: list[str], settings: Any) -> None:
    """Until a worker had heard of it, the database counted it as gone: an IntegrityError, for ever without a worker."""
    settings.PAYOUT_PROVIDER = "bank"
    fund = matching.fund(AT, opened=False, holds=0)
    credit = paid_in(fund, "50.00")
    asked = sent_back(fund, ways)
    assert taken(credit, "50.00").state == "settled"
    events.deliver_pending(at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.failure, balances()) == ("failed", "no account", {})
    assert_whole()


@pytest.mark.parametrize("ways", [["fail"], ["settle", "reverse"]], ids=["failed", "came back"])
def test_what_came_back_to_a_fund_is_sent_anew_at_once_1127_tf10(ways: list[str], settings: Any) -> None:
    settings.PAYOUT_PROVIDER = "bank"
    fund = matching.fund(AT, opened=False, holds=70_00)
    first = sent_back(fund, ways)
    assert sent_back(fund, []).amount_minor == 70_00
    events.deliver_pending(at=AT)
    first.refresh_from_db()
    assert first.state == "failed"


def test_a_deposit_that_is_promised_is_not_taken_out_of_its_fund_1127_sa6() -> None:
    fund = matching.fund(AT, holds=0)
    credit = paid_in(fund, "50.00")
    campaign = campaigns.open_campaign(at=AT)
    matching.enrolled(fund, AT, campaign)
    matching.gift(campaign, 20_00, AT)
    campaigns.work(AT)
    with pytest.raises(Invalid, match="€30 are free"):
        taken(credit, "50.00")
    deposit = fund.deposits.get()
    with pytest.raises(IntegrityError, match="has promised it"), transaction.atomic():
        Deposit.objects.filter(pk=deposit.pk).update(taken_back_at=AT)
    other = matching.fund(AT)
    Deposit.objects.filter(fund=other).update(taken_back_at=AT)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Deposit.objects.filter(fund=other).update(taken_back_at=None)
