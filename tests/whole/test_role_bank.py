"""What officers say of the bank's lines, as the application role: each verb tells in time, and its entry is allowed."""

import psycopg
import pytest
from django.conf import settings

from civic.accounts.models import Person
from marketplace.payments import operations
from marketplace.payments.models import BankOrder, Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.statements import import_statement
from tests.demo_city import MOMENT as NOW
from tests.factories import payments
from tests.factories.matching import IBAN
from tests.whole.application_role import officers, outcome, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]
__all__ = ["session"]


def shown(amount: str, reference: str, number: str = "1") -> StatementLine:
    """A statement with one line is read."""
    heading = "account,booked_on,amount,currency,reference,text,name,iban,bank_reference"
    row = f"{settings.BANK_ACCOUNT},{NOW:%Y-%m-%d},{amount},EUR,{reference},,Ada Payer,{IBAN},{number}"
    content = f"{heading}\n{row}".encode()
    return import_statement(actor=officers()[0], content=content, at=NOW).lines.get()


def said(line: StatementLine, proposal: str, target: object) -> None:
    """Two officers say what it is."""
    one, two, _three = officers()
    operations.propose_line_match(
        actor=one,
        line=line,
        proposal=proposal,
        target=target,  # type: ignore[arg-type]
        reason="I asked.",
        at=NOW,
    )
    operations.confirm_line_match(actor=two, line=line, at=NOW)
    line.refresh_from_db()


def test_what_the_bank_takes_and_returns_is_told_1127_tr7_tr9(session: psycopg.Cursor) -> None:
    """A payment by transfer, its refund that comes back less a fee, and the credit that the bank takes back."""
    charge = Charge.objects.filter(provider="bank", state="prepared").first()
    assert charge
    credit = shown(str(charge.amount.major), charge.provider_ref)
    charge.refresh_from_db()
    assert charge.line_payments.get().line == credit
    refund = operations.request_refund(
        actor=None, charge=charge, amount=charge.amount, key="x", reason="Asked.", at=NOW
    )
    payments.work(NOW)
    refund.refresh_from_db()
    operations.order_transfers(actor=officers()[0], send_on=NOW.date(), at=NOW)
    shown(f"-{charge.amount.major}", refund.provider_ref, "2")
    refund.refresh_from_db()
    said(shown(str(charge.amount.major - 1), "", "3"), "less", refund)
    said(shown(f"-{charge.amount.major}", "", "4"), "taken", credit)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refund.refresh_from_db()
    assert refund.state == "covered"


def test_what_the_bank_refuses_is_told_1127_oc5(session: psycopg.Cursor) -> None:
    """A line that goes back, and a refund: each fails by the word of two, and its entry is allowed."""
    one, two, _three = officers()
    charge = Charge.objects.filter(provider="bank", state="prepared").first()
    assert charge
    shown(str(charge.amount.major), charge.provider_ref)
    charge.refresh_from_db()
    refund = operations.request_refund(
        actor=None, charge=charge, amount=charge.amount, key="x", reason="Asked.", at=NOW
    )
    line = shown("44.00", "", "2")
    said(line, "return", None)
    payments.work(NOW)
    order = operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
    operations.fetch_order(actor=one, order=order, at=NOW)
    # Another transaction: where a line stands is asked at the end of each.
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    session.execute("SET CONSTRAINTS ALL DEFERRED")
    for payment in (order.refunds.get(pk=refund.pk), order.transfers.get(purpose=f"return:{line.pk}")):
        operations.propose_refusal(actor=one, payment=payment, reason="AC04", at=NOW)
        operations.confirm_refusal(actor=two, payment=payment, at=NOW)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    line.refresh_from_db()
    assert (line.state, Refund.objects.get(pk=refund.pk).state) == ("unclear", "alternative_due")


def test_what_has_left_twice_is_told_1127_oc10(session: psycopg.Cursor) -> None:
    """A file that was fetched is withdrawn by two, and the line that shows a payment of it again is a loss."""
    one, two, _three = officers()
    said(shown("44.00", "", "2"), "return", None)
    payments.work(NOW)
    order = operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
    operations.fetch_order(actor=one, order=order, at=NOW)
    operations.withdraw_order(actor=one, order=order, reason="It never arrived", at=NOW)
    operations.confirm_withdrawal(actor=two, order=order, at=NOW)
    order = operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
    transfer = order.transfers.get(amount_minor=4400)
    shown("-44.00", transfer.provider_ref, "3")
    transfer.refresh_from_db()
    said(shown("-44.00", transfer.provider_ref, "4"), "twice", transfer)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_says_something_of_a_payment_file_is_told_1127_tf7(session: psycopg.Cursor) -> None:
    """With an officer's name put there untold, another true officer confirmed alone what nobody had said."""
    one, two, three = officers()
    said(shown("44.00", "", "2"), "return", None)
    payments.work(NOW)

    def made() -> tuple[BankOrder, Transfer]:
        order = operations.order_transfers(actor=one, send_on=NOW.date(), at=NOW)
        operations.fetch_order(actor=one, order=order, at=NOW)
        return order, order.transfers.get(amount_minor=4400)

    def named(row: BankOrder | Transfer, who: Person | None, column: str) -> str:
        value = f"'{who.pk}'" if who else "NULL"
        return outcome(session, f"UPDATE {row._meta.db_table} SET {column} = {value} WHERE id = '{row.pk}'")

    order, transfer = made()
    refusal, withdrawal = "refusal_proposed_by_id", "withdrawal_proposed_by_id"
    assert [named(transfer, one, refusal), named(order, one, withdrawal)] == ["refused", "refused"]
    operations.propose_refusal(actor=one, payment=transfer, reason="AC04", at=NOW)
    operations.withdraw_order(actor=one, order=order, reason="It never arrived", at=NOW)
    for who in (two, None):
        assert [named(transfer, who, refusal), named(order, who, withdrawal)] == ["refused", "refused"]
    assert named(order, three, "withdrawal_confirmed_by_id") == "refused"
    operations.withdraw_refusal(actor=two, payment=transfer, reason="It is there", at=NOW)
    operations.keep_order(actor=two, order=order, reason="It is there", at=NOW)
    assert [named(transfer, one, refusal), named(order, one, withdrawal)] == ["refused", "refused"]
    operations.propose_refusal(actor=one, payment=transfer, reason="AC04", at=NOW)
    operations.withdraw_order(actor=one, order=order, reason="It never arrived", at=NOW)
    operations.confirm_withdrawal(actor=two, order=order, at=NOW)
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")
    session.execute("SET CONSTRAINTS ALL DEFERRED")
    # What was said of the payment was of the file before.
    _next, transfer = made()
    assert named(transfer, one, refusal) == "refused"
