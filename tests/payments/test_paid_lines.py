"""Which payments a line has paid: what is only proposed pays nothing, and gives nothing back (A1-A3, A12)."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from civic.accounts import privacy
from civic.core.errors import Conflict
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, Charge, StatementLine
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome
from tests.factories import payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db
OTHER = "NL91ABNA0417164300"


def propose(officer: Any, line: StatementLine, charge: Charge) -> None:
    operations.propose_line_match(
        actor=officer, line=line, proposal="charge", target=charge, reason="They rang", at=AT
    )


def ordered(officer: Any) -> list[tuple[str, str]]:
    """Amounts and accounts of everything that waits to leave, as the bank is told."""
    payments.work()
    made: BankOrder = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    content = operations.fetch_order(actor=officer, order=made, at=AT).decode()
    found = re.findall(r"<InstdAmt[^>]*>([^<]*).*?<CdtrAcct>.*?<IBAN>([^<]*)", content, re.DOTALL)
    return sorted((amount, account) for amount, account in found)


def give_back(charge: Charge, cents: int, key: str = "r") -> None:
    charge.refresh_from_db()
    operations.request_refund(actor=None, charge=charge, amount=euro(cents), key=key, reason="x", at=AT)


def test_a_withdrawn_proposal_lets_the_bank_take_back_its_own_line_alone_1127_a1(
    officer: Any, second: Any
) -> None:
    charge, mistaken = bank_charge(6000), line_of(officer, "12.34", text="Bob")
    propose(officer, mistaken, charge)
    operations.withdraw_line_match(actor=officer, line=mistaken, reason="It is not", at=AT)
    read(officer, table(row("60.00", charge.provider_ref, number="h")))
    both(officer, second, line_of(officer, "-12.34", text="back"), "taken", target=mistaken)
    charge.refresh_from_db(), mistaken.refresh_from_db()
    assert (charge.state, mistaken.charge, balances()) == ("succeeded", None, {"bank": 6000, HELD: 6000})
    assert_whole()


def test_what_a_line_paid_stays_named_when_a_further_proposal_is_withdrawn_1127_a1(
    officer: Any, second: Any
) -> None:
    first, other = bank_charge(2500), bank_charge(4000)
    line = line_of(officer, "30.00", first.provider_ref, iban=IBAN)
    propose(officer, line, other)
    give_back(first, 1000)
    assert ordered(officer) == [("10.00", IBAN)]
    operations.withdraw_line_match(actor=officer, line=line, reason="It is not", at=AT)
    line.refresh_from_db()
    assert (line.charge, line.purpose) == (first, "")


def test_a_line_that_paid_two_payments_is_taken_back_from_both_1127_a1(officer: Any, second: Any) -> None:
    charges = [bank_charge(2500), bank_charge(1000)]
    line = line_of(officer, "36.00", text="both", iban=IBAN)
    for charge in charges:
        both(officer, second, line, "charge", target=charge)
    give_back(charges[0], 500)
    assert ordered(officer) == [("5.00", IBAN)]
    operations.withdraw_order(actor=officer, order=BankOrder.objects.get(), reason="x", at=AT)
    both(officer, second, line_of(officer, "-36.00", text="returned"), "taken", target=line)
    for charge in charges:
        charge.refresh_from_db()
    assert [(charge.state, charge.lost) for charge in charges] == [("lost", euro(2500)), ("lost", euro(1000))]
    assert balances() == {}
    assert_whole()


def test_a_refund_goes_to_no_line_that_is_only_proposed_1127_a2(officer: Any) -> None:
    charge, mine = bank_charge(5000), line_of(officer, "0.01", iban=OTHER)
    propose(officer, mine, charge)
    read(officer, table(row("50.00", charge.provider_ref, iban=IBAN)))
    give_back(charge, 5000)
    assert ordered(officer) == [("50.00", IBAN)]


def test_nobodys_copy_shows_a_transfer_that_is_only_proposed_as_theirs_1127_a2(
    officer: Any, second: Any
) -> None:
    charge, line = bank_charge(5000), line_of(officer, "10.00", text="whose?")
    lines = next(entry for entry in privacy.personal_data if entry.slug == "payments.StatementLine._lines")
    propose(officer, line, charge)
    assert not lines.rows(charge.payer).exists()
    operations.confirm_line_match(actor=second, line=line, at=AT)
    assert lines.rows(charge.payer).exists()


def test_an_account_that_one_person_typed_gets_no_refund_1127_a2(officer: Any) -> None:
    charge = bank_charge(2500)
    line = line_of(officer, "30.00", charge.provider_ref, iban="")
    operations.propose_line_match(
        actor=officer, line=line, proposal="return", reason="x", holder="Me", iban=OTHER, at=AT
    )
    give_back(charge, 2500)
    payments.work()
    with pytest.raises(Conflict, match="Nothing waits"):
        ordered(officer)


@pytest.mark.parametrize("brought", [("0.01", "59.99"), ("59.99", "0.01"), ("30.00", "30.00")])
def test_each_account_gets_back_what_it_brought_1127_a3(
    officer: Any, second: Any, brought: tuple[str, str]
) -> None:
    charge = bank_charge(6000)
    both(
        officer,
        second,
        line_of(officer, brought[0], charge.provider_ref, iban=OTHER),
        "charge",
        target=charge,
    )
    read(officer, table(row(brought[1], charge.provider_ref, iban=IBAN, number="n")))
    give_back(charge, 6000)
    give_back(charge, 6000)  # the same key: once
    assert ordered(officer) == sorted(zip(brought, (OTHER, IBAN), strict=True))
    assert charge.refunds.values("provider_ref").distinct().count() == 2
    for refund in charge.refunds.all():
        read(officer, table(row(f"-{refund.amount.major}", refund.provider_ref, number=refund.pk)))
    assert (set(charge.refunds.values_list("state", flat=True)), balances()) == ({"done"}, {})
    assert_whole()


def test_refunds_in_steps_go_to_each_account_up_to_what_it_brought_1127_a3(officer: Any, second: Any) -> None:
    charge = bank_charge(6000)
    both(officer, second, line_of(officer, "20.00", charge.provider_ref, iban=OTHER), "charge", target=charge)
    read(officer, table(row("45.00", charge.provider_ref, iban=IBAN)))
    for cents, told in (
        (1500, [("15.00", OTHER)]),
        (1500, [("10.00", IBAN), ("5.00", OTHER)]),
        (3000, [("30.00", IBAN)]),
    ):
        give_back(charge, cents, key=f"r{charge.refunded.minor}")
        assert ordered(officer) == told


def test_a_part_of_a_cancelled_payment_can_be_taken_back_1127_a12(officer: Any, second: Any) -> None:
    charge = bank_charge(6000)
    part = line_of(officer, "10.00", charge.provider_ref)
    both(officer, second, part, "charge", target=charge)
    operations.cancel_charge(actor=None, charge=charge, at=AT)
    payments.work()
    part.refresh_from_db()
    both(officer, second, line_of(officer, "-10.00", text="returned"), "taken", target=part)
    part.refresh_from_db()
    assert (part.state, part.charge, balances()) == ("settled", None, {})


def test_a_dispute_of_nothing_never_takes_all_1127_a1() -> None:
    """The database knows no lost dispute of 0 either: what says so is refused, loudly."""
    charge = payments.paid(2500)
    for way in (
        [Outcome("dispute", amount=euro(0))],
        [Outcome("dispute", amount=euro(1000)), Outcome("lose", amount=euro(0))],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            advance_charge(charge, way, at=AT)
    assert (charge.lost, balances()[HELD]) == (euro(0), 2500)
