"""Which payments a line has paid: what is only proposed pays nothing, and gives nothing back (A1-A3, A12, TR7)."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from civic.accounts import privacy
from civic.core.errors import Conflict
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, Charge, LinePayment, StatementLine
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
    operations.confirm_withdrawal(actor=second, order=BankOrder.objects.get(), at=AT)
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


def test_a_line_pays_as_many_payments_as_it_can_1127_tr7(officer: Any, second: Any) -> None:
    charges = [bank_charge(500 + number) for number in range(5)]
    line = line_of(officer, "25.10", text="all five", iban=IBAN)
    for charge in charges:
        both(officer, second, line, "charge", target=charge)
    for charge in charges:
        give_back(charge, 100, key=f"r{charge.pk}")
    assert ordered(officer) == [("1.00", IBAN)] * 5
    operations.withdraw_order(actor=officer, order=BankOrder.objects.get(), reason="x", at=AT)
    operations.confirm_withdrawal(actor=second, order=BankOrder.objects.get(), at=AT)
    both(officer, second, line_of(officer, "-25.10", text="returned"), "taken", target=line)
    assert {(one.state, one.lost) for one in Charge.objects.all()} == {
        ("lost", charge.amount) for charge in charges
    }
    assert balances() == {}
    assert_whole()


@pytest.mark.parametrize("minor", [1, 600])
def test_a_line_has_paid_no_more_than_it_brought_1127_tr7(officer: Any, minor: int) -> None:
    """Nor a payment more than it asked for; and what was paid stays paid."""
    charge, other = bank_charge(2500), bank_charge(9900)
    line = line_of(officer, "30.00", charge.provider_ref, iban=IBAN)
    target = charge if minor == 1 else other
    further = line if minor > 1 else line_of(officer, "9.00", text="another")
    with pytest.raises(IntegrityError, match="linepayment_within"), transaction.atomic():
        LinePayment.objects.create(line=further, charge=target, amount_minor=minor)
    for change in (
        lambda: LinePayment.objects.update(amount_minor=1),
        lambda: LinePayment.objects.get().delete(),
    ):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            change()
    assert list(LinePayment.objects.values_list("line", "charge", "amount_minor")) == [
        (line.pk, charge.pk, 2500)
    ]


def test_what_lines_paid_before_there_were_rows_is_kept_1127_tr7(officer: Any) -> None:
    """Ids in `purpose`, the last one in `charge`; a charge in two parts, and a line of which nothing is said."""
    first, last, parted = (payments.paid(cents) for cents in (2500, 1000, 6000))
    packed = line_of(officer, "36.00", text="both")
    rest, start = line_of(officer, "50.00", text="the rest"), line_of(officer, "12.00", text="a part")
    only_named = line_of(officer, "7.00", text="Bob")
    columns: list[tuple[StatementLine, dict[str, Any]]] = [
        (packed, {"suspense_minor": 100, "charge": last, "purpose": f"charge:{first.pk.hex}"}),
        (start, {"suspense_minor": 0, "charge": parted, "proposal": "charge"}),
        (rest, {"suspense_minor": 200, "charge": parted}),
        (only_named, {"charge": first, "proposal": "charge", "state": "proposed"}),
    ]
    for line, known in columns:
        StatementLine.objects.filter(pk=line.pk).update(**known)
    import_module("marketplace.payments.migrations.0017_paid_before").keep_what_was_paid(apps, None)
    found = {(one.line_id, one.charge_id): one.amount_minor for one in LinePayment.objects.all()}
    assert found[packed.pk, first.pk] == 2500
    assert found[packed.pk, last.pk] == 1000
    assert sorted(found.values()) == [1000, 1200, 2500, 4800]
    packed.refresh_from_db()
    assert (packed.charge, packed.purpose) == (last, "")
