"""A payment file is withdrawn, refused in part and shown at once, in real threads."""

from typing import Any

import pytest

from civic.core.errors import Conflict
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, Refund, StatementLine, Transfer
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, euro
from tests.payments.bank_files import IBAN, bank_charge, read, row, table
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def file_of(officer: Any) -> BankOrder:
    charge = bank_charge(5000)
    read(officer, table(row("50.00", charge.provider_ref, iban=IBAN, number=charge.pk)))
    charge.refresh_from_db()
    operations.request_refund(
        actor=None, charge=charge, amount=euro(1500), key=f"r{charge.pk}", reason="x", at=AT
    )
    operations.request_transfer(
        actor=None, provider="bank", amount=euro(2000), purpose=f"test:{charge.pk}", account=HELD,
        destination=IBAN, holder="Roof", at=AT,
    )  # fmt: skip
    payments.work()
    made = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    operations.fetch_order(actor=officer, order=made, at=AT)
    return made


def shown(payment: Refund | Transfer) -> str:
    return row(f"-{payment.amount.major}", payment.provider_ref, number=payment.pk)


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("kind", [Refund, Transfer])
def test_a_file_is_withdrawn_or_refused_in_part_1127_tf9(turn: int, kind: Any) -> None:
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    made = file_of(first)
    payment = kind.objects.get()
    operations.propose_refusal(actor=first, payment=payment, reason="AC04", at=AT)
    operations.withdraw_order(actor=first, order=made, reason="x", at=AT)
    done = at_once(
        lambda: operations.confirm_withdrawal(actor=second, order=BankOrder.objects.get(), at=AT),
        lambda: operations.confirm_refusal(actor=second, payment=kind.objects.get(), at=AT),
    )
    assert sum(isinstance(one, Conflict) for one in done) == 1
    assert_whole()


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("kinds", [(Refund, Transfer), (Transfer, Refund)])
def test_a_file_is_withdrawn_or_shown_1127_tf9(turn: int, kinds: Any) -> None:
    """Whichever payment stands first on the statement. What it shows has gone, whatever was said of its file."""
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    made = file_of(first)
    operations.withdraw_order(actor=first, order=made, reason="x", at=AT)
    statement = table(*(shown(kind.objects.get()) for kind in kinds))
    _withdrawn, read_in = at_once(
        lambda: operations.confirm_withdrawal(actor=second, order=BankOrder.objects.get(), at=AT),
        lambda: read(first, statement),
    )
    assert set(read_in.lines.values_list("state", flat=True)) == {"matched"}
    assert_whole()


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("kind", [Refund, Transfer])
def test_a_payment_is_refused_or_shown_1127_tf9(turn: int, kind: Any) -> None:
    """The rest of the statement is read in all the same: its import ended with "closed in the meantime"."""
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    file_of(first)
    operations.propose_refusal(actor=first, payment=kind.objects.get(), reason="AC04", at=AT)
    statement = table(shown(kind.objects.get()))
    refused, read_in = at_once(
        lambda: operations.confirm_refusal(actor=second, payment=kind.objects.get(), at=AT),
        lambda: read(first, statement),
    )
    assert read_in.lines.get().state == ("matched" if isinstance(refused, Conflict) else "unclear")
    assert_whole()


@pytest.mark.parametrize("turn", range(4))
def test_a_refund_is_shown_or_its_payment_is_lost_1127_tf9(turn: int) -> None:
    first, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    charge = bank_charge(2500)
    credit = read(first, table(row("25.00", charge.provider_ref, iban=IBAN, number="in"))).lines.get()
    charge.refresh_from_db()
    operations.request_refund(actor=None, charge=charge, amount=euro(1000), key="r", reason="x", at=AT)
    payments.work()
    line = read(first, table(row("-25.00", text="returned", number="taken"))).lines.get()
    operations.propose_line_match(actor=first, line=line, proposal="taken", target=credit, reason="x", at=AT)
    statement = table(shown(Refund.objects.get()))
    at_once(
        lambda: operations.confirm_line_match(actor=second, line=line, at=AT),
        lambda: read(first, statement),
    )
    shows = StatementLine.objects.get(reference=Refund.objects.get().provider_ref)
    assert (Refund.objects.get().state, shows.state) in {("done", "matched"), ("covered", "unclear")}
    assert_whole()
