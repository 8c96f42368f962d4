"""What a statement shows and nobody understood is settled by two people."""

import pytest
from django.db import DatabaseError, connection

from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from marketplace.payments import operations
from marketplace.payments.models import StatementLine, Transfer
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, balances, euro
from tests.payments.bank_files import bank_charge as charge
from tests.payments.bank_files import read, row, table
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db


def test_an_overpayment_pays_and_the_rest_is_unclear_until_it_is_sent_back(officer, second):
    made = charge()
    read(officer, table(row("30.00", made.provider_ref)))
    line = StatementLine.objects.get()
    assert (line.state, line.suspense_minor) == ("unclear", 500)
    assert balances() == {"bank": 3000, HELD: 2500, "suspense": 500}
    operations.propose_line_match(actor=officer, line=line, proposal="return", reason="Paid too much", at=AT)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    payments.work()
    sent = Transfer.objects.get()
    assert (sent.state, sent.amount, balances()) == ("sent", euro(500), {"bank": 2500, HELD: 2500})
    read(officer, table(row("-5.00", sent.provider_ref, number="out")))
    sent.refresh_from_db()
    assert sent.state == "settled"


def test_what_is_unclear_is_settled_by_two_people(officer, second):
    made = charge()
    read(officer, table(row("26.00", text="for the trees")))
    line = StatementLine.objects.get()
    with pytest.raises(Invalid):
        operations.propose_line_match(
            actor=officer, line=line, proposal="charge", target=made, reason="", at=AT
        )
    operations.propose_line_match(
        actor=officer, line=line, proposal="charge", target=made, reason="Ada rang", at=AT
    )
    with pytest.raises(Forbidden):
        operations.confirm_line_match(actor=officer, line=line, at=AT)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    made.refresh_from_db(), line.refresh_from_db()
    assert (made.state, line.state, line.suspense_minor) == ("succeeded", "unclear", 100)
    assert balances() == {"bank": 2600, HELD: 2500, "suspense": 100}


def test_a_payout_of_stripe_comes_out_of_suspense(officer, second):
    read(officer, table(row("26.00", text="STRIPE PAYOUT")))
    line = StatementLine.objects.get()
    operations.propose_line_match(actor=officer, line=line, proposal="stripe", reason="po_1", at=AT)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    assert balances() == {"bank": 2600, "provider/stripe": -2600}
    with pytest.raises(Conflict):
        operations.confirm_line_match(actor=second, line=line, at=AT)


@pytest.mark.parametrize("proposal", ["charge", "return"])
def test_a_proposal_has_to_fit(officer, proposal):
    closed = charge()
    operations.cancel_charge(actor=None, charge=closed, at=AT)
    payments.work()
    closed.refresh_from_db()
    read(officer, table(row("26.00", iban="")))
    line = StatementLine.objects.get()
    with pytest.raises(Invalid):
        operations.propose_line_match(
            actor=officer, line=line, proposal=proposal, target=closed, reason="x", at=AT
        )


def test_a_proposal_can_be_taken_back_and_only_officers_settle(officer, second):
    read(officer, table(row("26.00")))
    line = StatementLine.objects.get()
    for somebody in (accounts.person(), accounts.staff("moderators")):
        with pytest.raises(Forbidden):
            operations.propose_line_match(actor=somebody, line=line, proposal="return", reason="x", at=AT)
        with pytest.raises(Forbidden):
            read(somebody, table(row("1.00")))
    operations.propose_line_match(actor=officer, line=line, proposal="return", reason="x", at=AT)
    operations.withdraw_line_match(actor=second, line=line, reason="no", at=AT)
    with pytest.raises(Conflict):
        operations.confirm_line_match(actor=second, line=line, at=AT)
    with pytest.raises(IllegalTransition):
        operations.withdraw_line_match(actor=second, line=line, reason="no", at=AT)


@pytest.mark.parametrize("change", ["confirmed_by_id = %(me)s", "state = 'settled'"])
def test_sql_cannot_let_one_person_settle(officer, change):
    read(officer, table(row("26.00")))
    update = f"UPDATE payments_statementline SET proposed_by_id = %(me)s, {change}"
    with pytest.raises(DatabaseError, match=r"by_another|by_two"), connection.cursor() as cursor:
        cursor.execute(update, {"me": officer.pk})


@pytest.mark.django_db(transaction=True)
def test_a_line_confirmed_twice_at_once_pays_once():
    officer, made = accounts.staff("finance-officers"), charge()
    read(officer, table(row("25.00")))
    line = StatementLine.objects.get()
    operations.propose_line_match(actor=officer, line=line, proposal="charge", target=made, reason="x", at=AT)
    others = [accounts.staff("finance-officers") for _ in range(4)]
    confirm = operations.confirm_line_match
    at_once(*[lambda o=o: confirm(actor=o, line=StatementLine.objects.get(), at=AT) for o in others])
    assert balances() == {"bank": 2500, HELD: 2500}


def outgoing(officer, amount, **more):
    """A line of money that left and that names none of our references."""
    read(officer, table(row(amount, **more)))
    return StatementLine.objects.get(amount_minor__lt=0)


def both(officer, second, line, proposal, target=None):
    operations.propose_line_match(
        actor=officer, line=line, proposal=proposal, target=target, reason="I rang the bank", at=AT
    )
    with pytest.raises(Forbidden):
        operations.confirm_line_match(actor=officer, line=line, at=AT)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    line.refresh_from_db()
    assert line.state == "settled"


@pytest.fixture
def sent(officer):
    """A transfer of 20 that the bank was asked to send."""
    read(officer, table(row("25.00", charge().provider_ref)))
    made = operations.request_transfer(
        actor=None, provider="bank", amount=euro(2000), purpose="payout:1", account=HELD,
        destination="DE89370400440532013000", holder="Club", at=AT,
    )  # fmt: skip
    payments.work()
    made.refresh_from_db()
    return made


def test_a_transfer_whose_reference_the_bank_lost_is_settled_by_two(officer, second, sent):
    line = outgoing(officer, "-20.00", text="standing order")
    both(officer, second, line, "sent", sent)
    sent.refresh_from_db()
    assert (sent.state, balances()) == ("settled", {"bank": 500, HELD: 500})


@pytest.mark.parametrize("amount", ["-19.99", "-20.01"])
def test_a_transfer_is_settled_by_just_its_amount(officer, sent, amount):
    line = outgoing(officer, amount)
    with pytest.raises(Invalid):
        operations.propose_line_match(
            actor=officer, line=line, proposal="sent", target=sent, reason="x", at=AT
        )


def test_what_the_bank_keeps_is_an_expense_once_two_say_so(officer, second):
    line = outgoing(officer, "-9.00")
    assert balances() == {}
    both(officer, second, line, "fee")
    assert balances() == {"bank": -900, "fees/bank": 900}
    with pytest.raises(Conflict):
        operations.confirm_line_match(actor=second, line=line, at=AT)
    assert balances() == {"bank": -900, "fees/bank": 900}


def test_money_that_arrived_is_no_fee_and_money_that_left_pays_nothing(officer, sent):
    read(officer, table(row("3.00", number="in")))
    arrived = StatementLine.objects.get(amount_minor=300)
    left = outgoing(officer, "-9.00", number="out")
    for line, proposal in (
        (arrived, "fee"),
        (arrived, "sent"),
        (left, "return"),
        (left, "stripe"),
        (left, "back"),
    ):
        with pytest.raises(Invalid):
            operations.propose_line_match(
                actor=officer, line=line, proposal=proposal, target=sent, reason="x", at=AT
            )


def test_a_transfer_that_came_back_is_the_projects_again(officer, second, sent):
    outgoing(officer, f"-20.00,{sent.provider_ref}".split(",")[0], number="1")
    read(officer, table(row("-20.00", sent.provider_ref, number="2")))
    sent.refresh_from_db()
    assert sent.state == "settled"
    read(officer, table(row("20.00", text="account closed", number="3")))
    line = StatementLine.objects.get(amount_minor=2000)
    assert balances() == {"bank": 2500, HELD: 500, "suspense": 2000}
    both(officer, second, line, "back", sent)
    sent.refresh_from_db()
    assert (sent.state, balances()) == ("reversed", {"bank": 2500, HELD: 2500})
