"""What comes back to us less what the bank keeps for it (TR9 of 27 November)."""

from typing import Any

import pytest

from civic.core.errors import Invalid
from marketplace.payments import operations
from marketplace.payments.models import Refund, StatementLine, Transfer
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.factories.payments import work as do_work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


def gone(officer: Any) -> Refund | Transfer:
    """What waits to leave has left, and stands on a statement."""
    do_work()
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    sent: Refund | Transfer = Refund.objects.first() or Transfer.objects.get()
    read(officer, table(row(f"-{sent.amount.major}", sent.provider_ref, number="sent")))
    sent.refresh_from_db()
    return sent


def back(officer: Any, amount: str = "23.50") -> StatementLine:
    return line_of(officer, amount, text="account closed", number=f"back {amount}")


def paid_by_bank(officer: Any) -> Any:
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    charge.refresh_from_db()
    return charge


def test_a_refund_comes_back_less_the_banks_fee_and_is_owed_whole_1127_tr9(officer: Any, second: Any) -> None:
    charge = paid_by_bank(officer)
    operations.request_refund(actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT)
    refund, line = gone(officer), back(officer)
    with pytest.raises(Invalid, match="larger than what is in suspense"):
        both(officer, second, line, "back", target=refund)
    both(officer, second, line, "less", target=refund)
    refund.refresh_from_db()
    assert (line.state, refund.state) == ("settled", "alternative_due")
    assert balances() == {"bank": 2350, "fees/bank": 150, f"refund/{refund.pk}": 2500}
    assert_whole()


def test_a_payout_comes_back_less_the_banks_fee_1127_tr9(officer: Any, second: Any) -> None:
    paid_by_bank(officer)
    operations.request_transfer(
        actor=None,
        provider="bank",
        amount=euro(2500),
        purpose="test:1",
        account=HELD,
        destination=IBAN,
        holder="Roof",
        at=AT,
    )
    sent, line = gone(officer), back(officer)
    both(officer, second, line, "less", target=sent)
    sent.refresh_from_db()
    assert (line.state, sent.state) == ("settled", "reversed")
    assert balances() == {"bank": 2350, "fees/bank": 150, HELD: 2500}
    assert_whole()


def test_of_what_was_sent_back_its_sender_bears_the_fee_1127_tr9(officer: Any, second: Any) -> None:
    """It waits for the next account as it came: the city owes no more than it has."""
    both(officer, second, line_of(officer, "25.00", text="whose?", iban=IBAN), "return")
    sent, line = gone(officer), back(officer)
    both(officer, second, line, "less", target=sent)
    sent.refresh_from_db()
    assert (line.state, line.suspense_minor, sent.state) == ("unclear", 2350, "reversed")
    assert balances() == {"bank": 2350, "suspense": 2350}


def test_what_came_back_whole_or_in_part_of_a_line_is_not_less_1127_tr9(officer: Any, second: Any) -> None:
    both(officer, second, line_of(officer, "25.00", text="whose?", iban=IBAN), "return")
    sent, other = gone(officer), bank_charge(500)
    with pytest.raises(Invalid):
        both(officer, second, back(officer, "25.00"), "less", target=sent)
    line = line_of(officer, "9.00", other.provider_ref)
    with pytest.raises(Invalid):
        both(officer, second, line, "less", target=sent)
