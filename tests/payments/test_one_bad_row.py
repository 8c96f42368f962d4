"""One payer's payment holds up no payment file (TH4 of 28 November)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from civic.core.errors import Conflict
from civic.core.models import PutOff
from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Refund
from marketplace.payments.operations.claims import ask_claim, settle_claim
from tests.factories.payments import AT, assert_whole, balances, euro, work
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_less_back import gone
from tests.payments.test_taken_parts import taken
from tests.payments.test_ways_out import IBAN, both, line_of

pytestmark = pytest.mark.django_db


def parts(officer: Any, second: Any, *euros: str) -> tuple[Charge, list[Any]]:
    """A payment of 25 that several lines have paid."""
    charge = bank_charge(2500)
    lines = [line_of(officer, one, text="part", number=f"p{one}", iban=IBAN) for one in euros]
    for line in lines:
        both(officer, second, line, "charge", target=charge)
    return charge, lines


def pay(officer: Any, claim: Claim) -> None:
    asked = ask_claim(claim, payer=None, at=AT)
    assert isinstance(asked, Charge)
    work()
    asked.refresh_from_db()
    read(officer, table(row(str(asked.amount.major), asked.provider_ref, number="claim", iban=IBAN)))
    settle_claim(claim, asked, at=AT)


def asked_for(charge: Charge, minor: int) -> Refund:
    refund = operations.request_refund(
        actor=None, charge=charge, amount=euro(minor), key=f"r{charge.pk}", reason="x", at=AT
    )
    work()
    return refund


def test_a_refund_comes_back_after_a_claim_was_paid_and_another_one_opened_1128_th4(
    officer: Any, second: Any
) -> None:
    """The payer has had 25 by the bank, and paid 15 back of what they had twice: 15 are owed of the refund."""
    charge, (first, other) = parts(officer, second, "15.00", "10.00")
    operations.request_refund(actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT)
    refund = gone(officer)
    first.refresh_from_db()
    taken(officer, second, first)
    pay(officer, Claim.objects.get())
    other.refresh_from_db()
    taken(officer, second, other)
    brought = line_of(officer, "25.00", refund.provider_ref, text="closed", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=refund)
    states = charge.refunds.order_by("pk").values_list("state", "amount_minor")
    assert list(states) == [("covered", 2500), ("requested", 1500)]
    assert set(Claim.objects.values_list("state", flat=True)) == {"paid"}
    assert "losses" not in balances()
    assert_whole()


def test_no_claim_is_opened_of_a_refund_that_lies_in_no_file_1128_th4(officer: Any, second: Any) -> None:
    """It was asked to pay 10 and waited for 25; then no file of anybody's could be made."""
    other = bank_charge(3000)
    read(officer, table(row("30.00", other.provider_ref, number="o", iban=IBAN)))
    other.refresh_from_db()
    charge, (first, later) = parts(officer, second, "15.00", "10.00")
    asked_for(charge, 2500)
    asked_for(other, 3000)
    for credit in (later, first):
        credit.refresh_from_db()
        taken(officer, second, credit)
        work()
    assert not Claim.objects.exists()
    assert operations.order_transfers(actor=officer, send_on=AT.date(), at=AT).total_minor == 3000
    assert "losses" not in balances()
    assert_whole()


def test_a_row_that_fails_is_put_off_with_its_reason_1128_th4(officer: Any, second: Any) -> None:
    """Whatever the database refuses of it, the others go; it is tried again."""
    other, poison = bank_charge(3000), bank_charge(2000)
    read(officer, table(row("30.00", other.provider_ref, number="o", iban=IBAN)))
    line = line_of(officer, "20.00", poison.provider_ref, number="x", iban="")
    for charge in (other, poison):
        charge.refresh_from_db()
    refund = asked_for(poison, 2000)
    asked_for(other, 3000)
    assert line.state == "matched"
    refuses = (
        "CREATE FUNCTION pg_temp.refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'this row is poison' USING ERRCODE = '23514'; END $$; "
        "CREATE TRIGGER poison BEFORE UPDATE ON payments_refund FOR EACH ROW "
        f"WHEN (NEW.state = 'failed' AND NEW.id = '{refund.pk}') EXECUTE FUNCTION pg_temp.refuses()"
    )
    with connection.cursor() as cursor:
        cursor.execute(refuses)
    order = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    assert order.total_minor == 3000
    kept = PutOff.objects.get()
    assert (kept.subject_id, "this row is poison" in kept.reason) == (str(refund.pk), True)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER poison ON payments_refund")
    with pytest.raises(Conflict, match="Nothing waits"):
        operations.order_transfers(actor=officer, send_on=AT.date(), at=AT + timedelta(hours=1))
    refund.refresh_from_db()
    assert (refund.state, PutOff.objects.exists()) == ("alternative_due", False)


@pytest.mark.parametrize("worked", [False, True])
def test_a_rest_that_lies_in_no_file_is_taken_back_first_1128_th9(
    officer: Any, second: Any, worked: bool
) -> None:
    """Whether the worker has run or not: the payer owed 25, of which 15 were theirs."""
    charge = bank_charge(4000)
    for euros in ("25.00", "15.00"):
        line = line_of(officer, euros, text="part", number=euros, iban=IBAN)
        both(officer, second, line, "charge", target=charge)
    operations.request_refund(actor=None, charge=charge, amount=euro(2500), key="r", reason="x", at=AT)
    refund = gone(officer)
    lost = charge.line_payments.get(amount_minor=2500).line
    taken(officer, second, lost)
    brought = line_of(officer, "25.00", text="b", number="b", iban=IBAN)
    both(officer, second, brought, "back", target=refund)
    if worked:
        work()
    taken(officer, second, brought)
    refund.refresh_from_db()
    assert [one.owed.minor for one in Claim.objects.exclude(state="paid")] == [1000]
    assert sorted(charge.refunds.values_list("state", "amount_minor")) == [("covered", 1500), ("done", 2500)]
    assert balances() == {"bank": -1000, "losses": 1000}
    assert_whole()
