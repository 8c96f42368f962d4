"""A payment file that the bank books as one sum, with what two have said that it refused, which may come back."""

from typing import Any

import pytest

from civic.core.errors import Conflict, Invalid
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, Refund, StatementLine, Transfer
from tests.factories import payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import camt, entry, read
from tests.payments.test_paid_lines import OTHER
from tests.payments.test_refusals import refuse, returned, sent
from tests.payments.test_ways_out import IBAN, batch, both, line_of

pytestmark = pytest.mark.django_db
__all__ = ["returned", "sent"]


def whole(officer: Any, order: BankOrder) -> StatementLine:
    """75 as one sum: nobody but two people says that what was refused is in it."""
    line = read(officer, camt([entry("75.00", sign="DBIT", details=batch(order.reference))])).lines.get()
    assert line.state == "unclear"
    return line


def payout_anew(purpose: str = "test:1:2", cents: int = 2000) -> Transfer:
    made = operations.request_transfer(
        actor=None, provider="bank", amount=euro(cents), purpose=purpose, account=HELD,
        destination=IBAN, holder="Roof", at=AT,
    )  # fmt: skip
    payments.work()
    made.refresh_from_db()
    return made


def states() -> set[str]:
    return {
        *Refund.objects.values_list("state", flat=True),
        *Transfer.objects.values_list("state", flat=True),
    }


def test_a_refund_that_was_refused_has_gone_with_its_file_and_comes_back_1127_tf4(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    refund, before = Refund.objects.get(), balances()
    refuse(officer, second, refund)
    line = whole(officer, sent)
    with pytest.raises(Invalid, match="booked with them"):
        both(officer, second, line, "sent", target=sent)
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="Booked all the same", at=AT)
    both(officer, second, line, "sent", target=sent)
    assert (line.state, states()) == ("settled", {"done", "settled"})
    assert (
        balances()["bank"] == before["bank"] - 2500
    )  # payouts and returns were booked as they were asked for
    again = line_of(officer, "-25.00", refund.provider_ref, number="again")
    with pytest.raises(Invalid):  # it was shown by the file
        both(officer, second, again, "sent", target=refund)
    # Owed again, nothing would be booked as it is paid another way once more: what comes back is its payer's.
    back, kept = line_of(officer, "25.00", refund.provider_ref, number="back"), balances()
    refund.refresh_from_db()
    with pytest.raises(Invalid, match="owed no more"):
        both(officer, second, back, "back", target=refund)
    both(officer, second, back, "return", holder="Ada Payer", iban=OTHER)
    assert balances() == {key: there for key, there in kept.items() if key != "suspense"} | {
        "bank": kept["bank"] - 2500
    }
    assert_whole()


def test_a_payout_that_was_asked_for_anew_has_gone_with_the_old_file_1127_tf4(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    refuse(officer, second, Transfer.objects.get(purpose="test:1"))
    before, line = balances(), whole(officer, sent)
    payout_anew("test:1:3", 1000)  # another sum
    with pytest.raises(Invalid, match="booked with them"):
        both(officer, second, line, "sent", target=sent)
    anew = payout_anew()
    operations.propose_line_match(
        actor=officer, line=line, proposal="sent", target=sent, reason="The bank books it whole", at=AT
    )
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    with pytest.raises(Conflict, match="closed in the meantime"):  # it leaves by another file
        operations.confirm_line_match(actor=second, line=line, at=AT)
    operations.withdraw_order(
        actor=officer, order=BankOrder.objects.exclude(pk=sent.pk).get(), reason="x", at=AT
    )
    operations.confirm_line_match(actor=second, line=line, at=AT)
    anew.refresh_from_db()
    assert (anew.state, Refund.objects.get().state) == ("settled", "done")
    both(officer, second, line_of(officer, "20.00", anew.provider_ref), "back", target=anew)
    anew.refresh_from_db()
    # The refund of the file has left, and the payout of another sum.
    assert (anew.state, balances()["bank"]) == ("reversed", before["bank"] - 2500 - 1000)
    assert_whole()


def test_what_goes_back_of_a_line_has_gone_with_the_old_file_1127_tf4(
    officer: Any, second: Any, sent: BankOrder, returned: StatementLine
) -> None:
    before = balances()
    refuse(officer, second, Transfer.objects.exclude(purpose="test:1").get())
    returned.refresh_from_db()
    both(officer, second, returned, "return")
    payments.work()
    both(officer, second, whole(officer, sent), "sent", target=sent)
    kept = {key: there for key, there in before.items() if not key.startswith("refund/")}
    assert balances() == kept | {"bank": before["bank"] - 2500}
    assert states() == {"done", "settled", "failed"}
    assert_whole()


def test_a_file_of_which_all_was_refused_may_have_gone_1127_tf4(
    officer: Any, second: Any, sent: BankOrder, returned: StatementLine
) -> None:
    for payment in (Refund.objects.get(), *Transfer.objects.all()):
        refuse(officer, second, payment)
    returned.refresh_from_db()
    both(officer, second, returned, "return")
    payout_anew()
    line = whole(officer, sent)
    with pytest.raises(Invalid, match="booked with them"):
        both(officer, second, line, "sent", target=sent)
    refund = Refund.objects.get()
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="Booked all the same", at=AT)
    both(officer, second, line, "sent", target=sent)
    assert states() == {"done", "settled", "failed"}
    twice = read(officer, camt([entry("75.00", sign="DBIT", details=batch(sent.reference), number="2")]))
    with pytest.raises(Invalid):
        both(officer, second, twice.lines.get(), "sent", target=sent)
    assert_whole()


def test_what_went_and_came_back_though_refused_are_one_thing_1127_ax14(
    officer: Any, second: Any, sent: BankOrder
) -> None:
    """Neither a fee nor the city's income."""
    payment = Transfer.objects.get(purpose="test:1")
    refuse(officer, second, payment)
    before = balances()
    went = line_of(officer, "-20.00", payment.provider_ref, number="out")
    came = line_of(officer, "20.00", payment.provider_ref, number="in")
    for line, proposal in ((went, "sent"), (came, "back")):
        with pytest.raises(Invalid, match="a credit that the bank took back"):
            both(officer, second, line, proposal, target=payment)
    both(officer, second, went, "taken", target=came)
    came.refresh_from_db()
    assert ({went.state, came.state}, balances()) == ({"settled"}, before)
    assert_whole()
