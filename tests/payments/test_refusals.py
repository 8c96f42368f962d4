"""The bank refuses one payment of a file that it has: two officers say so, and its money is owed again (OC5)."""

from typing import Any

import pytest

from civic.core.errors import Conflict, Forbidden, Invalid
from civic.core.models import Event
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, Refund, StatementLine, Transfer
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import bank_charge, camt, entry, read, row, table
from tests.payments.test_admin import act, desk, officers
from tests.payments.test_ways_out import IBAN, batch, both, line_of

pytestmark = pytest.mark.django_db
__all__ = ["officers"]
Payment = Refund | Transfer


@pytest.fixture
def returned(officer: Any, second: Any) -> StatementLine:
    """Of 30 nobody knows whose they are: they go back."""
    line = line_of(officer, "30.00", text="whose?", iban=IBAN)
    both(officer, second, line, "return")
    return line


@pytest.fixture
def sent(officer: Any, second: Any, returned: StatementLine) -> BankOrder:
    """A file with a refund of 25, a payout of 20 and what goes back, which the bank has."""
    for cents in (2500, 5000):
        charge = bank_charge(cents)
        read(officer, table(row(str(euro(cents).major), charge.provider_ref, iban=IBAN, number=cents)))
    charge.refresh_from_db()
    operations.request_refund(actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT)
    operations.request_transfer(
        actor=None, provider="bank", amount=euro(2000), purpose="test:1", account=HELD,
        destination=IBAN, holder="Roof", at=AT,
    )  # fmt: skip
    return fetched(officer)


def fetched(officer: Any) -> BankOrder:
    payments.work()
    made = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    operations.fetch_order(actor=officer, order=made, at=AT)
    return made


def refuse(officer: Any, second: Any, payment: Payment) -> None:
    operations.propose_refusal(actor=officer, payment=payment, reason="pain.002: AC04", at=AT)
    with pytest.raises(Forbidden):
        operations.confirm_refusal(actor=officer, payment=payment, at=AT)
    operations.confirm_refusal(actor=second, payment=payment, at=AT)
    payment.refresh_from_db()


def payout() -> Transfer:
    return Transfer.objects.get(purpose="test:1")


def test_a_refund_that_the_bank_refuses_waits_for_another_way_1127_oc5(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    refund, before = Refund.objects.get(), balances()
    refuse(officer, second, refund)
    assert (refund.state, refund.failure) == ("alternative_due", "The bank has refused it.")
    assert balances() == before  # it was owed all the time
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="New account", at=AT)
    assert balances()["bank"] == before["bank"] - 2500
    assert_whole()


def test_a_line_whose_way_back_the_bank_refuses_is_unclear_again_1127_oc5(
    officer: Any, second: Any, sent: BankOrder, returned: StatementLine
) -> None:
    transfer, before = Transfer.objects.exclude(purpose="test:1").get(), balances()
    refuse(officer, second, transfer)
    returned.refresh_from_db()
    assert (transfer.state, returned.state, returned.suspense_minor) == ("failed", "unclear", 3000)
    assert balances() == before | {"bank": before["bank"] + 3000, "suspense": 3000}
    both(officer, second, returned, "return")
    assert fetched(officer).total == euro(3000)
    assert balances() == before


def test_a_payout_that_the_bank_refuses_is_where_it_came_from_1127_oc5(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    before = balances()
    refuse(officer, second, payout())
    assert payout().state == "failed"
    assert Event.objects.filter(kind="transfer.failed", subject_id=str(payout().pk)).exists()
    assert balances() == before | {"bank": before["bank"] + 2000, HELD: before[HELD] + 2000}
    assert_whole()


def test_only_what_the_bank_has_and_not_sent_is_refused_1127_oc5(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    with pytest.raises(Invalid):
        operations.propose_refusal(actor=officer, payment=payout(), reason=" ", at=AT)
    for somebody in (accounts.person(), accounts.staff("auditors")):
        with pytest.raises(Forbidden):
            operations.propose_refusal(actor=somebody, payment=payout(), reason="x", at=AT)
    with pytest.raises(Conflict, match="Nobody has proposed"):
        operations.confirm_refusal(actor=second, payment=payout(), at=AT)
    operations.propose_refusal(actor=officer, payment=payout(), reason="x", at=AT)
    with pytest.raises(Conflict, match="said this already"):
        operations.propose_refusal(actor=second, payment=payout(), reason="x", at=AT)
    operations.withdraw_refusal(actor=second, payment=payout(), reason="", at=AT)
    operations.propose_refusal(actor=officer, payment=payout(), reason="x", at=AT)
    read(officer, table(row("-20.00", payout().provider_ref, number="out")))
    with pytest.raises(Conflict, match="it has gone"):
        operations.confirm_refusal(actor=second, payment=payout(), at=AT)
    assert payout().state == "settled"


def test_of_a_file_that_nobody_has_fetched_the_bank_refuses_nothing_1127_oc5(
    officer: Any, second: Any, returned: StatementLine
) -> None:
    payments.work()
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    with pytest.raises(Conflict, match="fetched"):
        operations.propose_refusal(actor=officer, payment=Transfer.objects.get(), reason="x", at=AT)


def test_the_rest_of_the_file_is_settled_by_one_sum_1127_oc5(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    refuse(officer, second, Refund.objects.get())
    with pytest.raises(Conflict, match="refused"):
        operations.withdraw_order(actor=officer, order=sent, reason="x", at=AT)
    with pytest.raises(Conflict, match="refused"):
        operations.fetch_order(actor=officer, order=sent, at=AT)
    line = read(officer, camt([entry("50.00", sign="DBIT", details=batch(sent.reference))])).lines.get()
    assert (line.state, set(Transfer.objects.values_list("state", flat=True))) == ("matched", {"settled"})
    assert Refund.objects.get().state == "alternative_due"


def test_what_has_gone_after_all_has_a_line_that_says_so_1127_oc5(
    officer: Any, second: Any, sent: BankOrder, returned: StatementLine
) -> None:
    refund, transfer, before = (
        Refund.objects.get(),
        Transfer.objects.exclude(purpose="test:1").get(),
        balances(),
    )
    for payment in (refund, transfer):
        refuse(officer, second, payment)
    lines = [
        read(officer, table(row(f"-{one.amount.major}", one.provider_ref, number=one.pk))).lines.get()
        for one in (refund, transfer)
    ]
    for line, payment in zip(lines, (refund, transfer), strict=True):
        assert line.state == "unclear"
        with pytest.raises(Invalid, match="gone after all"):
            both(officer, second, line, "sent", target=payment)
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="It has gone after all", at=AT)
    both(officer, second, lines[0], "sent", target=refund)
    both(officer, second, returned, "return")
    payments.work()
    again = Transfer.objects.get(state="sent", purpose__startswith="return:")
    both(officer, second, lines[1], "sent", target=again)
    assert {line.state for line in lines} == {"settled"}
    assert balances() == {key: there for key, there in before.items() if not key.startswith("refund/")} | {
        "bank": before["bank"] - 2500
    }
    assert_whole()


def test_officers_say_it_at_the_desk_1127_oc5(officers: Any, sent: BankOrder) -> None:
    """From the list of refunds as from that of transfers."""
    first, second = officers
    for model, payment in (("refund", Refund.objects.get()), ("transfer", payout())):
        act(first, model, "propose_refusal", payment, reason="pain.002: AC04")
        assert "Somebody else has to confirm" in act(first, model, "confirm_refusal", payment)
        payment.refresh_from_db()
        assert payment.refusal_proposed_by == first
        act(first, model, "withdraw_refusal", payment)
        act(first, model, "propose_refusal", payment, reason="pain.002: AC04")
        act(second, model, "confirm_refusal", payment)
        payment.refresh_from_db()
        assert payment.is_refused
        address = f"/admin/payments/{model}/?refused="
        assert str(payment.pk) not in desk(second).get(f"{address}waits").content.decode()
        assert str(payment.pk) in desk(second).get(f"{address}yes").content.decode()
