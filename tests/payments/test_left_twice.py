"""A payment file that the bank may have is withdrawn by two, and what has left twice has a line that says so (OC10)."""

from typing import Any

import pytest

from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, StatementLine, Transfer
from tests.factories import accounts, payments
from tests.factories.payments import AT, assert_whole, balances
from tests.payments.test_admin import act, officers
from tests.payments.test_refusals import fetched, returned
from tests.payments.test_ways_out import both, line_of

pytestmark = pytest.mark.django_db
__all__ = ["officers", "returned"]


def withdraw(officer: Any, order: BankOrder) -> None:
    operations.withdraw_order(actor=officer, order=order, reason="It never arrived", at=AT)
    order.refresh_from_db()


def test_a_file_that_was_fetched_is_withdrawn_by_two_1127_oc10(
    officer: Any, second: Any, returned: StatementLine
) -> None:
    order = fetched(officer)
    withdraw(officer, order)
    assert (order.withdrawn_at, Transfer.objects.get().bank_order) == (None, order)
    with pytest.raises(Conflict, match="Nothing waits"):
        fetched(officer)
    with pytest.raises(Conflict, match="said this already"):
        withdraw(second, order)
    for somebody in (officer, accounts.staff("auditors")):
        with pytest.raises(Forbidden):
            operations.confirm_withdrawal(actor=somebody, order=order, at=AT)
    operations.confirm_withdrawal(actor=second, order=order, at=AT)
    order.refresh_from_db()
    assert (order.withdrawn_at, Transfer.objects.get().bank_order) == (AT, None)
    with pytest.raises(Conflict, match="withdrawn already"):
        withdraw(officer, order)


def test_that_a_file_never_went_is_taken_back_1127_oc10(
    officer: Any, second: Any, returned: StatementLine
) -> None:
    order = fetched(officer)
    withdraw(officer, order)
    operations.keep_order(actor=second, order=order, reason="", at=AT)
    with pytest.raises(Conflict, match="Nobody has said"):
        operations.confirm_withdrawal(actor=second, order=order, at=AT)
    withdraw(second, order)
    line_of(officer, "-30.00", Transfer.objects.get().provider_ref, number="gone")
    with pytest.raises(Conflict, match="carried out"):
        operations.confirm_withdrawal(actor=officer, order=order, at=AT)
    # The word that nobody can confirm any more does not wait for ever (TF8, AX13).
    operations.keep_order(actor=officer, order=order, reason="It stands on the statement.", at=AT)
    order.refresh_from_db()
    assert order.withdrawal_proposed_by is None


def test_what_nobody_has_fetched_is_withdrawn_by_one_1127_oc10(officer: Any, returned: StatementLine) -> None:
    payments.work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    withdraw(officer, order)
    assert order.withdrawn_at == AT


def test_officers_withdraw_a_fetched_file_at_the_desk_1127_oc10(
    officers: Any, returned: StatementLine
) -> None:
    first, second = officers
    order = fetched(first)
    assert "somebody else of the finance officers has to confirm" in act(
        first, "bankorder", "withdraw_order", order, reason="It never arrived"
    )
    act(second, "bankorder", "keep_order", order)
    act(first, "bankorder", "withdraw_order", order, reason="It never arrived")
    assert "Somebody else has to confirm" in act(first, "bankorder", "confirm_withdrawal", order)
    act(second, "bankorder", "confirm_withdrawal", order)
    order.refresh_from_db()
    assert order.withdrawn_at


def test_what_has_left_twice_is_the_citys_loss_1127_oc10(
    officer: Any, second: Any, returned: StatementLine
) -> None:
    """A file was withdrawn that the bank had: both have sent it."""
    order = fetched(officer)
    transfer = Transfer.objects.get()
    withdraw(officer, order)
    operations.confirm_withdrawal(actor=second, order=order, at=AT)
    fetched(officer)
    first = line_of(officer, "-30.00", transfer.provider_ref, number="first")
    again = line_of(officer, "-30.00", transfer.provider_ref, number="again")
    transfer.refresh_from_db()
    assert (first.state, again.state, transfer.state) == ("matched", "unclear", "settled")
    with pytest.raises(Invalid):
        both(officer, second, line_of(officer, "-29.00", text="less"), "twice", target=transfer)
    both(officer, second, again, "twice", target=transfer)
    assert (again.state, again.transfer) == ("settled", transfer)
    assert balances() == {"bank": -3000, "losses": 3000}
    assert_whole()


def test_what_has_not_left_once_has_not_left_twice_1127_oc10(
    officer: Any, second: Any, returned: StatementLine
) -> None:
    fetched(officer)
    early = line_of(officer, "-30.00", text="too early")
    with pytest.raises(Invalid, match="gone before"):
        both(officer, second, early, "twice", target=Transfer.objects.get())
