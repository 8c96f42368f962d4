"""Refunds, cancels, disputes, payouts and duplicates in real threads: balanced, never negative, each effect once."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from civic.core import clock
from civic.core.errors import Conflict
from marketplace.payments import operations
from marketplace.payments.models import Charge, Claim, Command, DemoPayment, Message, Refund, Transfer
from marketplace.payments.providers import demo
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import bank_charge, read, row, table
from tests.payments.test_ways_out import IBAN
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
Status = DemoPayment.Status


def refund(charge, cents, key):
    own = Charge.objects.get(pk=charge.pk)
    return operations.request_refund(actor=None, charge=own, amount=euro(cents), key=key, reason="x", at=AT)


def send(cents, purpose):
    return operations.request_transfer(
        actor=None, provider="demo", amount=euro(cents), purpose=purpose, account=HELD, destination="DE00",
        holder="P", at=AT,
    )  # fmt: skip


def refused(results):
    return sum(isinstance(result, Conflict) for result in results)


def test_one_key_thirty_two_times_at_once_has_one_effect():
    charge = payments.paid(2500)
    at_once(*[lambda: refund(charge, 1000, "same")] * 32)
    assert Refund.objects.count() == 1
    sent = at_once(*[lambda: send(500, "payout:same")] * 32)
    assert (Transfer.objects.count(), refused(sent)) == (1, 0)
    other = at_once(*[lambda: refund(charge, 1001, "same")] * 4, *[lambda: send(501, "payout:same")] * 4)
    made = f"{Refund.objects.count()} refund, {Transfer.objects.count()} transfer"
    print(f"\none key 32 times at once: {made}; another body: {refused(other)} of 8 refused")
    assert refused(other) == 8
    assert {error.status for error in other} == {409}
    assert balances()[HELD] == 1000


def test_one_purpose_sixteen_times_at_once_makes_one_charge():
    results = at_once(*[lambda: payments.charge(purpose="pledge:1")] * 16)
    assert (Charge.objects.count(), refused(results)) == (1, 15)


def test_refunds_at_once_never_exceed_the_charge():
    charge = payments.paid(1000)
    results = at_once(*[lambda n=n: refund(charge, 300, f"r{n}") for n in range(12)])
    assert (Refund.objects.count(), refused(results)) == (3, 9)
    payments.work()
    assert balances() == {"provider/demo": 100, HELD: 100}


def test_refunds_against_payouts_never_take_more_than_is_there():
    charges = [payments.paid(1000) for _ in range(3)]
    refunds = [lambda c=c: refund(c, 1000, f"r{c.pk}") for c in charges]
    payouts = [lambda n=n: send(1000, f"payout:{n}") for n in range(6)]
    results = at_once(*refunds, *payouts)
    assert refused(results) == 6
    payments.work()
    assert balances() == {}
    assert_whole()


@pytest.mark.parametrize("turn", range(5))
def test_a_refund_against_a_dispute_gives_the_money_once(turn):
    charge = payments.paid(1000)
    demo.dispute(charge, Status.DISPUTED)
    at = clock.now()
    at_once(
        lambda: refund(charge, 1000, "r"),
        lambda: operations.process_webhooks(at=at),
        lambda: operations.process_webhooks(at=at),
    )
    demo.dispute(charge, Status.LOST)
    for _ in range(3):
        at_once(
            lambda: operations.process_webhooks(at=clock.now()),
            lambda: operations.run_commands(at=clock.now()),
        )
    charge.refresh_from_db()
    assert charge.state == "lost"
    assert_whole()
    assert not DemoPayment.objects.filter(kind="refund").exists()


def test_a_cancel_against_the_payer_ends_in_one_of_both():
    for _ in range(6):
        charge = payments.charge()
        payments.work()
        charge.refresh_from_db()
        at_once(
            lambda charge=charge: operations.cancel_charge(actor=None, charge=charge, at=AT),
            lambda charge=charge: payments.decide(charge, Status.PAID),
            lambda: operations.run_commands(at=clock.now()),
        )
        payments.work(clock.now())
    paid = DemoPayment.objects.filter(status=Status.PAID).count()
    assert Charge.objects.filter(state="succeeded").count() == paid
    assert Charge.objects.filter(state="failed").count() == 6 - paid
    assert balances().get(HELD, 0) == 2500 * paid


def test_four_workers_share_the_outbox_and_the_inbox():
    for _ in range(12):
        payments.charge(method=payments.method())
    at_once(*[lambda: operations.run_commands(at=AT)] * 4)
    at_once(*[lambda: payments.work(clock.now())] * 4)
    assert Charge.objects.filter(state="succeeded").count() == 12
    assert Command.objects.filter(done_at=None).count() == Message.objects.filter(done_at=None).count() == 0
    assert balances()[HELD] == 12 * 2500


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE payments_charge SET amount_minor = 1", "cannot be changed"),
        ("UPDATE payments_charge SET book = 'live'", "cannot be changed"),
        ("UPDATE payments_refund SET amount_minor = 2", "cannot be changed"),
        ("UPDATE payments_charge SET amount_minor = -5", "cannot be changed|charge_positive"),
        ("UPDATE payments_transfer SET currency = 'USD'", "cannot be changed"),
    ],
)
def test_sql_cannot_change_what_money_was_asked_for(statement, message):
    charge = payments.paid(1000)
    refund(charge, 100, "r")
    send(100, "payout:1")
    with pytest.raises(DatabaseError, match=message), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "trick", ["", "CREATE TEMP TABLE payments_charge AS {}", "CREATE TEMP TABLE payments_refund AS {}"]
)
def test_sql_cannot_refund_more_than_the_charge(trick):
    """A temporary table in front of ours, with a dearer charge or without the first refund, is not asked."""
    made = refund(payments.paid(1000), 600, "r")
    with connection.cursor() as cursor:
        if "charge" in trick:
            cursor.execute(
                trick.format("SELECT id, 9999 AS amount_minor, currency, book FROM public.payments_charge")
            )
        elif trick:
            cursor.execute(trick.format("SELECT * FROM public.payments_refund LIMIT 0"))
    copy = "INSERT INTO public.payments_refund SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'key', 's'))).* FROM public.payments_refund r"  # noqa: E501
    with (
        pytest.raises(DatabaseError, match="refunds exceed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM public.payments_refund")
        assert cursor.fetchall() == [(made.pk,)]


def test_a_credit_is_not_taken_back_while_its_refund_goes_into_a_file_1127_tr16():
    """Who confirms waits for who makes the file: covered and sent, the money would go twice."""
    officer, second = accounts.staff("finance-officers"), accounts.staff("finance-officers")
    charge = bank_charge(2500)
    credit = read(officer, table(row("25.00", charge.provider_ref, iban=IBAN))).lines.get()
    refund(charge, 2500, "r")
    payments.work()
    line = read(officer, table(row("-25.00", text="returned", iban=IBAN))).lines.get()
    operations.propose_line_match(
        actor=officer, line=line, proposal="taken", target=credit, reason="x", at=AT
    )
    made = threading.Event()

    def order():
        with transaction.atomic():
            operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
            made.set()
            time.sleep(0.5)  # until the other waits for the refund

    def take():
        made.wait(10)
        operations.confirm_line_match(actor=second, line=line, at=AT)

    assert refused(at_once(order, take)) == 1
    assert (Refund.objects.get().state, Claim.objects.count()) == ("pending", 0)
