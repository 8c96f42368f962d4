"""Every line in suspense has a way out, by two people; parts make a payment whole (D5, M12, M27, M28)."""

from datetime import datetime
from typing import Any

import pytest

from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.payments import operations, queries
from marketplace.payments.models import BankOrder, Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.providers import Outcome
from tests.factories import matching, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import IBAN, bank_charge, camt, entry, read, row, table

pytestmark = pytest.mark.django_db


def line_of(officer: Any, amount: str, reference: str = "", **more: Any) -> StatementLine:
    return read(officer, table(row(amount, reference, **more))).lines.get()


def both(first: Any, second: Any, line: StatementLine, proposal: str, **more: Any) -> None:
    operations.propose_line_match(
        actor=first, line=line, proposal=proposal, reason="They rang", at=AT, **more
    )
    with pytest.raises(Forbidden):
        operations.confirm_line_match(actor=first, line=line, at=AT)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    line.refresh_from_db()


def test_income_of_the_city_has_an_account_of_its_own_d5(officer: Any, second: Any) -> None:
    line = line_of(officer, "30.00", text="rent of the hall")
    both(officer, second, line, "income")
    assert (line.state, balances()) == ("settled", {"bank": 3000, "income": 3000})
    assert_whole()


def test_money_without_an_account_goes_back_to_a_typed_one_d5(officer: Any, second: Any) -> None:
    line = line_of(officer, "30.00", iban="")
    for wrong in ({}, {"holder": "Ada"}, {"iban": IBAN}, {"holder": "Ada", "iban": "DE88370400440532013000"}):
        with pytest.raises(Invalid):
            operations.propose_line_match(
                actor=officer, line=line, proposal="return", reason="x", at=AT, **wrong
            )
    both(officer, second, line, "return", holder="Ada Payer", iban="de89 3704 0044 0532 0130 00")
    payments.work()
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    content = operations.fetch_order(actor=officer, order=order, at=AT)
    assert IBAN.encode() in content
    assert b"Ada Payer" in content
    assert (order.total, balances()) == (euro(3000), {})


def test_money_with_an_account_goes_back_to_no_other_d5(officer: Any) -> None:
    line = line_of(officer, "30.00")
    with pytest.raises(Invalid):
        operations.propose_line_match(
            actor=officer, line=line, proposal="return", reason="x", at=AT, holder="Me", iban=IBAN
        )


def test_a_transfer_in_two_parts_pays_its_charge_m12(officer: Any, second: Any) -> None:
    made = bank_charge()
    first = line_of(officer, "15.00", made.provider_ref)
    both(officer, second, first, "charge", target=made)
    assert (first.state, balances()) == ("part", {"bank": 1500, "suspense": 1500})
    line = line_of(officer, "12.00", made.provider_ref)
    made.refresh_from_db(), first.refresh_from_db(), line.refresh_from_db()
    assert (made.state, first.state, first.suspense_minor) == ("succeeded", "settled", 0)
    assert (line.state, line.suspense_minor) == ("unclear", 200)
    assert balances() == {"bank": 2700, HELD: 2500, "suspense": 200}
    assert_whole()


def test_parts_without_their_reference_pay_by_two_people_m12(officer: Any, second: Any) -> None:
    made = bank_charge()
    lines = [line_of(officer, amount, text=amount) for amount in ("10.00", "14.00", "1.00")]
    for line in lines:
        both(officer, second, line, "charge", target=made)
    assert {line.state for line in StatementLine.objects.all()} == {"settled"}
    assert balances() == {"bank": 2500, HELD: 2500}


def test_a_part_is_free_again_when_its_payment_ends_m12(officer: Any, second: Any) -> None:
    made = bank_charge()
    line = line_of(officer, "24.00", made.provider_ref)
    both(officer, second, line, "charge", target=made)
    operations.cancel_charge(actor=None, charge=Charge.objects.get(), at=AT)
    payments.work()
    line.refresh_from_db()
    assert (line.state, line.suspense_minor) == ("unclear", 2400)
    both(officer, second, line, "return")
    assert balances() == {}


def test_a_part_can_be_taken_back_m12(officer: Any, second: Any) -> None:
    line = line_of(officer, "24.00")
    both(officer, second, line, "charge", target=bank_charge())
    operations.withdraw_line_match(actor=officer, line=line, reason="of another", at=AT)
    both(officer, second, line, "income")
    assert line.state == "settled"


@pytest.fixture
def ordered(officer: Any) -> BankOrder:
    """A payment file with a transfer of 20 and a refund of 15."""
    paid = bank_charge(10_000)
    read(officer, table(row("100.00", paid.provider_ref, iban=IBAN)))
    paid.refresh_from_db()
    operations.request_transfer(
        actor=None, provider="bank", amount=euro(2000), purpose="payout:1", account=HELD,
        destination=IBAN, holder="Club", at=AT,
    )  # fmt: skip
    operations.request_refund(actor=None, charge=paid, amount=euro(1500), key="r", reason="x", at=AT)
    payments.work()
    return operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)


def batch(reference: str) -> str:
    return f"<Btch><PmtInfId>{reference}</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"


def states() -> tuple[str, str]:
    return Transfer.objects.get().state, Refund.objects.get().state


@pytest.mark.parametrize("place", ["batch", "details"])
def test_a_payment_file_that_is_booked_as_one_sum_settles_all_of_it_m27(
    officer: Any, ordered: BankOrder, place: str
) -> None:
    refs = f"<TxDtls><Refs><PmtInfId>{ordered.reference}</PmtInfId></Refs></TxDtls>"
    details = batch(ordered.reference) if place == "batch" else refs
    line = read(officer, camt([entry("35.00", sign="DBIT", details=details)])).lines.get()
    assert (line.state, line.bank_order, states()) == ("matched", ordered, ("settled", "done"))
    assert balances() == {"bank": 6500, HELD: 6500}
    assert_whole()


def test_a_payment_file_of_another_sum_or_partly_gone_is_unclear_m27(
    officer: Any, second: Any, ordered: BankOrder
) -> None:
    other = read(officer, camt([entry("34.00", sign="DBIT", details=batch(ordered.reference))])).lines.get()
    assert (other.state, states()) == ("unclear", ("sent", "pending"))
    read(officer, table(row("-20.00", Transfer.objects.get().provider_ref)))
    line = read(officer, camt([entry("35.00", sign="DBIT", details=batch(ordered.reference))])).lines.get()
    assert (line.state, states()) == ("unclear", ("settled", "pending"))


def test_a_payment_file_whose_number_the_bank_lost_is_settled_by_two_m27(
    officer: Any, second: Any, ordered: BankOrder
) -> None:
    line = line_of(officer, "-35.00", text="collective order")
    both(officer, second, line, "sent", target=ordered)
    assert (line.state, states()) == ("settled", ("settled", "done"))


def test_a_refund_that_came_back_is_owed_again_and_paid_another_way_m28(
    officer: Any, second: Any, ordered: BankOrder
) -> None:
    refund = Refund.objects.get()
    line = line_of(officer, "15.00", text="account closed", number="early")
    with pytest.raises(Invalid):
        operations.propose_line_match(
            actor=officer, line=line, proposal="back", target=refund, reason="x", at=AT
        )
    read(officer, camt([entry("35.00", sign="DBIT", details=batch(ordered.reference))]))
    refund.refresh_from_db()
    both(officer, second, line, "back", target=refund)
    refund.refresh_from_db()
    assert (line.state, refund.state) == ("settled", "alternative_due")
    assert balances() == {"bank": 8000, HELD: 6500, f"refund/{refund.pk}": 1500}
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="New account", at=AT)
    assert balances() == {"bank": 6500, HELD: 6500}
    refund.refresh_from_db()
    with pytest.raises(Invalid):
        both(officer, second, line_of(officer, "15.00", number="2"), "back", target=refund)


@pytest.mark.parametrize("provider", ["bank", "demo"])
def test_what_was_paid_by_hand_is_shown_by_its_line_once_1127_tr11(
    officer: Any, second: Any, provider: str
) -> None:
    """It is booked already: as a fee, or as taken back, it would be booked a second time."""
    charge = bank_charge(2500) if provider == "bank" else payments.paid(2500)
    if provider == "bank":
        line_of(officer, "25.00", charge.provider_ref, iban="")
    charge = Charge.objects.get()
    refund = operations.request_refund(
        actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT
    )
    for verb in ("send", "fail"):
        advance_refund(refund, Outcome(verb, provider_ref=f"re-{provider}"), at=AT)
    early = line_of(officer, "-25.00", text="too early")
    with pytest.raises(Invalid):
        both(officer, second, early, "sent", target=refund)
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="Online banking", at=AT)
    before = balances()
    both(officer, second, early, "sent", target=queries.bank_outgoing(f"re-{provider}"))
    assert (early.state, early.refund, balances()) == ("settled", refund, before)
    with pytest.raises(Invalid):  # once
        both(officer, second, line_of(officer, "-25.00", text="fee?"), "sent", target=refund)


def test_a_deposit_that_was_entered_by_hand_is_shown_by_its_line_once_1127_tr22(
    officer: Any, second: Any, at: datetime
) -> None:
    """It is booked already: as money for the fund it would be there twice."""
    fund = matching.fund(at, holds=1000_00)
    purpose = queries.deposit_purpose(fund.slug)
    before = balances()
    with pytest.raises(Invalid):
        both(officer, second, line_of(officer, "999.00"), "double", target=purpose)
    lines = [line_of(officer, "1000.00", text=text, iban=IBAN) for text in ("for the fund", "another")]
    operations.propose_line_match(
        actor=officer, line=lines[1], proposal="double", target=purpose, reason="x", at=AT
    )
    both(officer, second, lines[0], "double", target=purpose)
    assert (lines[0].state, balances()) == ("settled", before | {"bank": 2999_00, "suspense": 1999_00})
    with pytest.raises(Conflict):
        operations.confirm_line_match(actor=second, line=lines[1], at=AT)
    operations.withdraw_line_match(actor=officer, line=lines[1], reason="of another", at=AT)
    both(officer, second, lines[1], "fund", target=purpose)
    assert balances()["bank"] == 2999_00
    assert_whole()
