"""Credits of which each part became something else, and that the bank takes back whole (TE1, TE3, TE7)."""

from typing import Any

import pytest

from civic.core.errors import Conflict, Invalid
from marketplace.matching.operations import returns
from marketplace.payments import operations
from marketplace.payments.models import StatementLine, Transfer
from tests.factories import matching
from tests.factories.payments import AT, assert_whole, balances, euro, work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_less_back import gone, paid_by_bank
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


def taken(officer: Any, second: Any, credit: StatementLine) -> None:
    minus = line_of(officer, f"-{credit.amount.major}", text="reversal", number=f"minus {credit.pk}")
    both(officer, second, minus, "taken", target=credit)


@pytest.mark.parametrize("rest", ["return", "income", "fund"])
def test_a_part_that_came_back_is_not_taken_for_the_rest_1127_te1(
    rest: str, officer: Any, second: Any
) -> None:
    """25 were booked for what the last verb had got, 15: out of income, of another deposit, or not at all.

    The refund has gone after all, and is owed no more (TE6).
    """
    charge = paid_by_bank(officer)
    operations.request_refund(actor=None, charge=charge, amount=euro(1000), key="r", reason="x", at=AT)
    refund, credit = gone(officer), line_of(officer, "25.00", text="mixed", number="mixed", iban=IBAN)
    fund = matching.fund(AT, holds=25_00)
    both(officer, second, credit, "back", target=refund)
    more = {"target": f"fund:{fund.pk}"} if rest == "fund" else {}
    both(officer, second, credit, rest, **more)
    taken(officer, second, credit)
    refund.refresh_from_db()
    assert (refund.state, balances()) == (
        "done",
        {"bank": 4000, charge.account: 1500, f"fund/{fund.pk}/available": 2500},
    )
    assert_whole()
    shown = StatementLine.objects.get(refund=refund, amount_minor=-2500)
    with pytest.raises(Invalid, match="waits to go"):  # its line is there
        both(officer, second, line_of(officer, "-10.00", number="again"), "sent", target=refund)
    assert shown.proposal == "taken"


def test_each_part_of_a_credit_is_taken_from_where_it_is_1127_te1(officer: Any, second: Any) -> None:
    """A payment, a deposit and income: each gives what it has of it."""
    charge, fund = bank_charge(2500), matching.fund(AT, holds=0)
    credit = line_of(officer, "60.00", text="all in one", iban=IBAN)
    both(officer, second, credit, "charge", target=charge)
    both(officer, second, credit, "income")
    charge.refresh_from_db()
    assert balances() == {"bank": 6000, charge.account: 2500, "income": 3500}
    taken(officer, second, credit)
    charge.refresh_from_db()
    assert (charge.state, balances()) == ("lost", {})
    deposit = line_of(officer, "40.00", text="for the fund", number="deposit", iban=IBAN)
    both(officer, second, deposit, "fund", target=f"fund:{fund.pk}")
    taken(officer, second, deposit)
    assert balances() == {}
    assert_whole()


def test_a_funds_return_that_has_not_gone_is_stopped_when_its_deposit_is_taken_1127_te3(
    officer: Any, second: Any, settings: Any
) -> None:
    """It was refused, and 500 left to a funder whose bank had taken them back already."""
    settings.PAYOUT_PROVIDER = "bank"
    fund = matching.fund(AT, opened=False, holds=0)
    credit = line_of(officer, "500.00", text="deposit", iban=IBAN)
    both(officer, second, credit, "fund", target=f"fund:{fund.pk}")
    asked = returns.request_return(
        actor=officer, fund=fund, holder="Foundation", iban=IBAN, reason="Given up.", at=AT
    )
    returns.approve_return(actor=second, returned=asked, at=AT)
    operations.run_commands(at=AT)
    assert Transfer.objects.get(purpose=asked.purpose).state == "sent"
    taken(officer, second, credit)
    assert Transfer.objects.get(purpose=asked.purpose).state == "failed"
    assert balances() == {}
    assert_whole()
    with pytest.raises(Conflict, match="Nothing waits"):
        operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)


def test_a_part_goes_only_with_all_the_others_1127_te7(officer: Any, second: Any) -> None:
    """One part had paid its charge: the other as a double left the sum in suspense, which was no double any more."""
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    paid = StatementLine.objects.get()
    other = line_of(officer, "3.00", text="part", number="p")
    whole = line_of(officer, "28.00", text="collective", iban="", number="s")
    with pytest.raises(Invalid, match="say of the sum"):
        both(officer, second, other, "double", target=[whole, paid])
    both(officer, second, whole, "double", target=[paid, other])
    assert balances() == {"bank": 2800, charge.account: 2500, "suspense": 300}


def test_what_somebody_proposed_of_another_line_is_not_rewritten_1127_te8(officer: Any, second: Any) -> None:
    one, other = (
        line_of(officer, "25.00", text="a", number="a"),
        line_of(officer, "3.00", text="b", number="b"),
    )
    whole = line_of(officer, "28.00", text="collective", iban="", number="s")
    operations.propose_line_match(actor=officer, line=one, proposal="income", reason="Rent", at=AT)
    one.refresh_from_db()
    with pytest.raises(Invalid, match="taken back first"):
        both(second, officer, whole, "double", target=[one, other])


def _asked(charge: Any, number: int) -> None:
    """10 of what it has paid leave by a transfer."""
    operations.request_transfer(
        actor=None,
        provider="bank",
        purpose=f"test:{number}",
        amount=euro(1000),
        account=charge.account,
        destination=IBAN,
        holder="Baker",
        at=AT,
    )


@pytest.mark.parametrize("paid", [0, 1500], ids=["refund beside it", "payment, too"])
def test_a_transfer_that_came_back_beside_others_is_not_sent_again_1127_tg3(
    officer: Any, second: Any, paid: int
) -> None:
    """The bank books what bounced as one sum, and takes that back: the payout was a loss, and free to go again."""
    charge = paid_by_bank(officer)
    _asked(charge, 1)
    transfer = gone(officer)
    refund = operations.request_refund(
        actor=None, charge=charge, amount=euro(500), key="r", reason="x", at=AT
    )
    work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    read(officer, table(row("-5.00", order.refunds.get().provider_ref, number="r")))
    refund.refresh_from_db()
    credit = line_of(officer, str(euro(1500 + paid).major), text="bounced", number="both", iban=IBAN)
    if paid:
        both(officer, second, credit, "charge", target=bank_charge(paid))
    for target in (refund, transfer):
        both(officer, second, credit, "back", target=target)
    with pytest.raises(Invalid, match="Ask for that payout or return anew"):
        taken(officer, second, credit)
    _asked(charge, 2)
    work()
    anew = Transfer.objects.get(purpose="test:2")
    taken(officer, second, credit)
    for one in (refund, anew):
        one.refresh_from_db()
    assert (refund.state, anew.state) == ("done", "settled")
    assert balances() == {"bank": 1000, charge.account: 1000}
    assert_whole()


def test_a_transfer_that_came_back_less_is_not_sent_again_1128_tj4(officer: Any, second: Any) -> None:
    """It was the city's loss, and free to go again: paid twice."""
    charge = paid_by_bank(officer)
    _asked(charge, 1)
    transfer = gone(officer)
    credit = line_of(officer, "9.50", transfer.provider_ref, text="less", number="less", iban=IBAN)
    both(officer, second, credit, "less", target=transfer)
    with pytest.raises(Invalid, match="Ask for that payout or return anew"):
        taken(officer, second, credit)
    _asked(charge, 2)
    work()
    taken(officer, second, credit)
    assert Transfer.objects.get(purpose="test:2").state == "settled"
    # The fee is none: 10 have left.
    assert balances() == {"bank": 1500, charge.account: 1500}
    assert_whole()
