"""What the bank takes back, and what could not be sent back (AB5, W2 of the examination of 27 November)."""

from datetime import datetime
from typing import Any

import pytest

from civic.core.errors import Conflict, Forbidden, Invalid
from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Refund, StatementLine, Transfer
from tests.factories import accounts, payments
from tests.factories.campaigns import open_campaign, pledge_by, work
from tests.factories.payments import AT, assert_whole, balances, euro
from tests.payments.bank_files import bank_charge, camt, entry, read, row, table
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


def taken_back(officer: Any, amount: str, reference: str = "", number: str = "") -> StatementLine:
    """A credit that the bank takes back stands on a statement."""
    shown = entry(amount, sign="DBIT", reference=reference, number=number, text="returned")
    content = camt([shown.replace("<BookgDt>", "<RvslInd>true</RvslInd><BookgDt>")])
    return read(officer, content).lines.get()


def test_a_credit_that_the_bank_takes_back_ends_its_payment_1127_ab5(officer: Any, second: Any) -> None:
    charge = bank_charge(2500)
    credit = read(officer, camt([entry("25.00", reference=charge.provider_ref, number="A1")])).lines.get()
    line = taken_back(officer, "25.00", charge.provider_ref)
    assert (line.is_reversal, line.reverses, line.state) == (True, credit, "unclear")
    both(officer, second, line, "taken")
    charge.refresh_from_db()
    assert (line.state, charge.state, charge.lost, balances()) == ("settled", "lost", euro(2500), {})
    assert_whole()
    again = taken_back(officer, "25.00", charge.provider_ref, number="Z")
    with pytest.raises(Invalid):  # once a line
        operations.propose_line_match(
            actor=officer, line=again, proposal="taken", target=credit, reason="x", at=AT
        )


def test_a_pledge_hears_of_a_credit_that_was_taken_back_1127_ab5(
    officer: Any, second: Any, at: datetime
) -> None:
    campaign = open_campaign(at=at, rule="keep")
    made = pledge_by(accounts.person(), campaign, 40_00, at=at, provider="bank").pledge
    work(at)
    charge = Charge.objects.get(purpose=made.purpose)
    read(officer, camt([entry("40.00", reference=charge.provider_ref)]))
    work(at)
    made.refresh_from_db()
    before = made.state
    both(officer, second, taken_back(officer, "40.00", charge.provider_ref), "taken")
    work(at)
    made.refresh_from_db()
    assert (before, made.state) == ("collected", "dropped")
    assert balances() == {}


def test_a_part_in_suspense_and_the_citys_income_can_be_taken_back_1127_ab5(
    officer: Any, second: Any
) -> None:
    income, unclear = line_of(officer, "30.00", text="rent"), line_of(officer, "7.00", text="whose?")
    both(officer, second, income, "income")
    for credit, amount in ((income, "-30.00"), (unclear, "-7.00")):
        both(officer, second, line_of(officer, amount), "taken", target=credit)
    unclear.refresh_from_db()
    assert (unclear.state, unclear.suspense_minor, balances()) == ("settled", 0, {})


def test_what_a_transfer_paid_too_much_is_taken_back_with_it_1127_ab5(officer: Any, second: Any) -> None:
    charge = bank_charge(2500)
    credit = line_of(officer, "30.00", charge.provider_ref)
    both(officer, second, line_of(officer, "-30.00"), "taken", target=credit)
    charge.refresh_from_db()
    assert (charge.state, balances()) == ("lost", {})


@pytest.mark.parametrize("sent", [False, True])
def test_what_was_given_back_and_is_taken_back_is_a_claim_1127_ab5(
    officer: Any, second: Any, sent: bool
) -> None:
    """While the refund lies in a payment file nobody knows whether it will go: that is decided first."""
    charge = bank_charge(2500)
    credit = line_of(officer, "25.00", charge.provider_ref, iban=IBAN)
    charge.refresh_from_db()
    operations.request_refund(actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT)
    payments.work()
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    if sent:
        read(officer, table(row("-25.00", Refund.objects.get().provider_ref)))
    line = line_of(officer, "-25.00", text="returned", number="x")
    if sent:
        both(officer, second, line, "taken", target=credit)
        assert (Claim.objects.get().amount_minor, balances()) == (2500, {"bank": -2500, "losses": 2500})
        return
    with pytest.raises(Invalid, match="payment file"):
        both(officer, second, line, "taken", target=credit)


def test_a_debit_that_the_bank_takes_back_pays_nobodys_charge_1127_ab5(officer: Any) -> None:
    charge = bank_charge(2500)
    shown = entry("25.00", reference=charge.provider_ref)
    read(officer, camt([shown.replace("<BookgDt>", "<RvslInd>true</RvslInd><BookgDt>")]))
    charge.refresh_from_db()
    assert (charge.state, balances()) == ("prepared", {"bank": 2500, "suspense": 2500})


def returned(officer: Any, second: Any) -> tuple[StatementLine, StatementLine]:
    """A credit that two people send back, and the line by which the bank takes it back."""
    credit = line_of(officer, "6.00", iban=IBAN)
    both(officer, second, credit, "return")
    return credit, line_of(officer, "-6.00", text="returned", number="t")


def test_only_a_credit_of_this_amount_can_be_taken_back_1127_ab5(officer: Any) -> None:
    line = line_of(officer, "-6.00", text="x")
    for target in (line_of(officer, "5.00"), line, None):
        with pytest.raises(Invalid):
            operations.propose_line_match(
                actor=officer, line=line, proposal="taken", target=target, reason="x", at=AT
            )
    with pytest.raises(Forbidden):
        operations.propose_line_match(actor=accounts.person(), line=line, proposal="taken", reason="x", at=AT)


@pytest.mark.parametrize("is_prepared", [True, False])
def test_what_waits_to_be_sent_back_is_taken_back_and_not_sent_1127_tr7(
    officer: Any, second: Any, is_prepared: bool
) -> None:
    credit, line = returned(officer, second)
    if is_prepared:
        payments.work()
        order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
        with pytest.raises(Invalid, match="withdraw that"):
            both(officer, second, line, "taken", target=credit)
        operations.withdraw_order(actor=officer, order=order, reason="x", at=AT)
    both(officer, second, line, "taken", target=credit)
    payments.work()
    credit.refresh_from_db()
    assert (line.state, credit.state, Transfer.objects.get().state) == ("settled", "settled", "failed")
    assert balances() == {}
    assert_whole()
    with pytest.raises(Conflict, match="Nothing waits"):
        operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)


def test_what_was_sent_back_is_taken_back_once_it_has_come_back_1127_tr7(officer: Any, second: Any) -> None:
    credit, line = returned(officer, second)
    payments.work()
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    sent = Transfer.objects.get()
    read(officer, table(row("-6.00", sent.provider_ref, number="s")))
    with pytest.raises(Invalid, match=r"sent back on 2 March 2026.*left twice"):
        both(officer, second, line, "taken", target=credit)
    back = line_of(officer, "6.00", text="I had it twice", number="b")
    sent.refresh_from_db()
    both(officer, second, back, "back", target=sent)
    with pytest.raises(Invalid, match="name the line that brought it"):
        both(officer, second, line, "taken", target=credit)
    both(officer, second, line, "taken", target=back)
    assert balances() == {}
    assert_whole()


def test_a_line_whose_account_was_erased_is_unclear_again_1127_w2(officer: Any, second: Any) -> None:
    line = line_of(officer, "6.00", text="whose?", iban=IBAN)
    both(officer, second, line, "return")
    payments.work()
    StatementLine.objects.filter(pk=line.pk).update(name="", iban="")  # as erasing its payer does
    for _twice in range(2):
        with pytest.raises(Conflict, match="Nothing waits"):
            operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    line.refresh_from_db()
    assert (line.state, line.suspense_minor, balances()) == ("unclear", 600, {"bank": 600, "suspense": 600})
    both(officer, second, line, "return", holder="Ada Payer", iban=IBAN)
    payments.work()
    made = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    assert IBAN.encode() in operations.fetch_order(actor=officer, order=made, at=AT)
    assert sorted(Transfer.objects.values_list("state", flat=True)) == ["failed", "sent"]
    assert (made.total_minor, balances()) == (600, {})


def test_the_credit_that_paid_is_suggested_and_not_its_double_1127_tr20(officer: Any, second: Any) -> None:
    charge = bank_charge(2500)
    credit = read(officer, camt([entry("25.00", reference=charge.provider_ref, number="A1")])).lines.get()
    double = read(officer, table(row("25.00", charge.provider_ref))).lines.get()
    line = taken_back(officer, "25.00", charge.provider_ref)
    assert (double.duplicate_of, line.reverses) == (credit, credit)
    both(officer, second, line, "taken")
    charge.refresh_from_db()
    assert (charge.state, balances()) == ("lost", {"bank": 2500, "suspense": 2500})
    both(officer, second, double, "double")
    assert balances() == {}
