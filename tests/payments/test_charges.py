"""Charges, refunds, transfers and disputes by the demo provider: each cent is where docs/money.md says."""

from datetime import timedelta

import pytest

from civic.core import clock, work
from civic.core.errors import Conflict, Invalid
from civic.core.models import Event
from civic.core.money import Money
from marketplace.payments import operations, providers
from marketplace.payments.models import Command, DemoPayment, Message, MethodSetup
from marketplace.payments.providers import demo
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro

pytestmark = pytest.mark.django_db
Status = DemoPayment.Status


def test_a_payment_on_the_hosted_page_arrives_once():
    charge = payments.paid(2500)
    assert charge.state == "succeeded"
    assert balances() == {"provider/demo": 2500, HELD: 2500}
    paid = Event.objects.get(kind="charge.succeeded").payload
    assert (paid["purpose"], paid["minor"], paid["currency"]) == (charge.purpose, 2500, "EUR")


@pytest.mark.parametrize("currency", ["JPY", "EUR", "KWD"])
def test_currencies_with_none_two_and_three_decimals(currency):
    charge = operations.start_charge(
        actor=None, payer=None, provider="demo", amount=Money(1235, currency), purpose="pledge:1", account=HELD,
        at=AT, method=payments.method(),
    )  # fmt: skip
    payments.work()
    charge.refresh_from_db()
    refund = {"actor": None, "charge": charge, "reason": "x", "at": AT}
    operations.request_refund(amount=Money(617, currency), key="r", **refund)
    operations.request_refund(amount=Money(618, currency), key="s", **refund)
    payments.work()
    assert balances() == {}
    assert providers.get("demo").balance(currency) == Money(0, currency)


def test_off_a_demo_site_the_demo_provider_is_off_and_says_so(settings):
    settings.DEMO = False
    with pytest.raises(providers.Unavailable, match="no demo site"):
        payments.charge()
    assert "demo" not in [provider.name for provider in providers.available()]
    assert {provider.name: why for provider, why in providers.every()}["demo"].startswith(
        "The demo provider is off"
    )


def test_starting_a_charge_takes_few_statements(django_assert_max_num_queries):
    payer = accounts.person()
    with django_assert_max_num_queries(8):
        payments.charge(payer=payer)


def test_a_request_calls_no_provider():
    charge = payments.charge()
    assert (charge.state, DemoPayment.objects.count()) == ("created", 0)
    assert Command.objects.get().key == f"prepare-{charge.pk}"


def test_a_second_payment_for_a_purpose_waits_until_the_first_has_failed():
    first = payments.charge(purpose="pledge:x")
    with pytest.raises(Conflict):
        payments.charge(purpose="pledge:x")
    operations.cancel_charge(actor=None, charge=first, at=AT)
    assert payments.charge(purpose="pledge:x").state == "created"


@pytest.mark.parametrize(
    ("behaviour", "state"),
    [("works", "succeeded"), ("declines", "failed"), ("asks", "needs_payer"), ("slow", "processing")],
)
def test_a_saved_method_is_charged_without_the_payer(behaviour, state):
    charge = payments.charge(method=payments.method(behaviour))
    payments.work()
    charge.refresh_from_db()
    assert charge.state == state
    assert bool(charge.payer_url) == (state == "needs_payer")


def test_a_second_step_is_taken_by_the_payer():
    charge = payments.charge(method=payments.method("asks"))
    payments.work()
    payments.decide(charge, Status.PAID)
    payments.work(clock.now())
    charge.refresh_from_db()
    assert (charge.state, balances()[HELD]) == ("succeeded", 2500)


def test_something_slow_arrives_later():
    charge = payments.charge(method=payments.method("slow"))
    payments.work()
    DemoPayment.objects.update(ready_at=clock.now() - timedelta(seconds=1))
    payments.work(clock.now() + demo.SLOW)
    charge.refresh_from_db()
    assert charge.state == "succeeded"


def test_saving_a_method_charges_nothing_and_is_used_later():
    person = accounts.person()
    setup = operations.start_setup(actor=person, provider="demo", purpose="pledge:7", at=AT)
    assert operations.start_setup(actor=person, provider="demo", purpose="pledge:7", at=AT) == setup
    payments.work()
    demo.decide(DemoPayment.objects.get(target=setup.pk), Status.PAID, behaviour="works")
    payments.work(clock.now())
    setup = MethodSetup.objects.get()
    assert (setup.state, balances()) == ("saved", {})
    assert Event.objects.get(kind="setup.saved").payload["purpose"] == "pledge:7"
    charge = payments.charge(payer=person, method=setup.method)
    payments.work()
    charge.refresh_from_db()
    assert charge.state == "succeeded"


def test_a_setup_that_the_payer_leaves_fails():
    setup = operations.start_setup(actor=accounts.person(), provider="demo", purpose="pledge:7", at=AT)
    payments.work()
    demo.decide(DemoPayment.objects.get(target=setup.pk), Status.CANCELLED)
    payments.work(clock.now())
    setup.refresh_from_db()
    assert (setup.state, setup.method) == ("failed", None)


def test_a_cancelled_charge_that_was_paid_meanwhile_stays_paid():
    charge = payments.charge()
    payments.work()
    payments.decide(charge, Status.PAID)
    operations.cancel_charge(actor=None, charge=charge, at=AT)
    payments.work(clock.now())
    charge.refresh_from_db()
    assert (charge.state, balances()[HELD]) == ("succeeded", 2500)


def test_a_prepared_charge_is_cancelled_at_the_provider():
    charge = payments.charge()
    payments.work()
    charge.refresh_from_db()
    operations.cancel_charge(actor=None, charge=charge, at=AT)
    payments.work()
    charge.refresh_from_db()
    assert (charge.state, DemoPayment.objects.get().status) == ("failed", "cancelled")


def refund(charge, cents, key="r"):
    return operations.request_refund(
        actor=None, charge=charge, amount=euro(cents), key=key, reason="test", at=AT
    )


def test_a_refund_goes_back_once_a_key():
    charge = payments.paid(2500)
    assert refund(charge, 1000) == refund(charge, 1000)
    assert balances() == {"provider/demo": 2500, HELD: 1500, f"refund/{charge.refunds.get().pk}": 1000}
    payments.work()
    assert balances() == {"provider/demo": 1500, HELD: 1500}
    with pytest.raises(Conflict):
        refund(charge, 900)


def test_refunds_together_never_exceed_the_charge_or_what_is_left():
    charge = payments.paid(2500)
    refund(charge, 2000)
    with pytest.raises(Conflict):
        refund(charge, 501, key="s")
    other = payments.paid(700)
    send(1000)
    with pytest.raises(Conflict, match="left"):
        refund(other, 700, key="t")
    assert_whole()


def test_nothing_unpaid_is_given_back():
    with pytest.raises(Conflict):
        refund(payments.charge(), 1)


def send(cents, purpose="payout:1"):
    return operations.request_transfer(
        actor=None, provider="demo", amount=euro(cents), purpose=purpose, account=HELD, destination="DE00",
        holder="Project", at=AT,
    )  # fmt: skip


def test_a_transfer_takes_what_is_there_once_a_purpose():
    payments.paid(2500)
    assert send(2000) == send(2000)
    with pytest.raises(Conflict):
        send(1000)
    with pytest.raises(Conflict):
        send(501, purpose="payout:2")
    payments.work()
    assert balances() == {"provider/demo": 500, HELD: 500}
    assert Event.objects.get(kind="transfer.settled").payload["purpose"] == "payout:1"


def dispute(charge, *statuses):
    for status in statuses:
        demo.dispute(charge, status)
    payments.work(clock.now())
    charge.refresh_from_db()


def test_a_dispute_freezes_the_money_and_is_won():
    charge = payments.paid(2500)
    dispute(charge, Status.DISPUTED)
    assert balances() == {"disputed": 2500, HELD: 2500}
    with pytest.raises(Conflict):
        refund(charge, 100)
    dispute(charge, Status.WON)
    assert (charge.state, balances()) == ("won", {"provider/demo": 2500, HELD: 2500})


def test_a_lost_dispute_takes_what_is_left_and_the_rest_is_a_loss():
    charge = payments.paid(2500)
    send(2000)
    dispute(charge, Status.DISPUTED, Status.LOST)
    assert (charge.state, balances()) == ("lost", {"losses": 2000, "provider/demo": -2000})
    assert_whole()


def test_a_lost_dispute_covers_a_refund_that_had_not_gone():
    charge = payments.paid(2500)
    asked = refund(charge, 1000)
    demo.dispute(charge)
    operations.process_webhooks(at=clock.now())
    payments.work(clock.now())
    assert DemoPayment.objects.filter(kind="refund").count() == 0
    dispute(charge, Status.LOST)
    payments.work(clock.now() + timedelta(days=1))
    asked.refresh_from_db()
    assert (asked.state, balances()) == ("covered", {})


def test_a_refund_that_fails_stays_owed_until_it_is_paid_another_way():
    charge = payments.paid(2500)
    asked = refund(charge, 1000)
    payments.work()
    asked.refresh_from_db()
    operations.advance_refund(asked, operations_outcome("fail", failure="account closed"), at=AT)
    assert (asked.state, balances()) == (
        "alternative_due",
        {"provider/demo": 2500, HELD: 1500, f"refund/{asked.pk}": 1000},
    )
    operations.advance_refund(asked, operations_outcome("finish"), at=AT)
    assert asked.state == "alternative_due"
    officer = accounts.staff("finance-officers")
    with pytest.raises(Invalid):
        operations.pay_refund_otherwise(actor=officer, refund=asked, reason=" ", at=AT)
    operations.pay_refund_otherwise(actor=officer, refund=asked, reason="By bank on 3 March", at=AT)
    assert (asked.state, balances()) == ("done", {"provider/demo": 2500, HELD: 1500, "bank": -1000})


def operations_outcome(verb, **fields):
    from marketplace.payments.providers import Outcome

    return Outcome(verb, **fields)


def test_a_message_nobody_can_read_waits_and_stops_no_other(caplog):
    charge = payments.charge()
    payments.work()
    operations.receive_webhook(provider="demo", event_id="0", kind="?", body={"nonsense": 1}, at=AT)
    payments.decide(charge, Status.PAID)
    payments.work(clock.now())
    charge.refresh_from_db()
    assert charge.state == "succeeded"
    bad = Message.objects.get(event_id="0")
    assert (bad.done_at, bad.attempts) == (None, 1)
    assert "demo ? failed" in caplog.text


def test_two_workers_lease_different_commands_and_a_lease_runs_out():
    payments.charge(), payments.charge()
    first, second = work.claim(Command, at=AT), work.claim(Command, at=AT)
    assert first.pk != second.pk
    assert work.claim(Command, at=AT) is None
    assert work.claim(Command, at=AT + work.LEASE).pk in {first.pk, second.pk}


def test_whoever_waits_at_a_page_comes_before_a_campaign_that_collects_1127_l2():
    """A pledge to another campaign waited for minutes behind thousands of saved cards that nobody waits for."""
    saved = [payments.charge(method=payments.method(), purpose=f"pledge:{number}") for number in range(3)]
    waits = payments.charge(purpose="pledge:a", at=AT + timedelta(seconds=1))
    setup = operations.start_setup(
        actor=accounts.person(), provider="demo", purpose="pledge:b", at=AT + timedelta(seconds=2)
    )
    later = AT + timedelta(minutes=1)
    assert [work.claim(Command, at=later).target for _ in range(5)] == [
        waits.pk,
        setup.pk,
        *(one.pk for one in saved),
    ]
