"""The Stripe provider against its twin, through the real library and real HTTP."""

import random
from datetime import timedelta

import pytest

from civic.core import clock
from civic.core.money import Money
from marketplace.payments import operations, providers
from marketplace.payments.models import Command, Method, MethodSetup, Refund
from marketplace.payments.providers import Unavailable
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, balances, euro
from tests.payments.conftest import deliver

pytestmark = pytest.mark.django_db


def method(behaviour="ok"):
    return Method.objects.create(
        person=accounts.person(),
        provider="stripe",
        customer_ref="cus_1",
        provider_ref=f"pm_{behaviour}",
        label="Visa",
    )


def charge(cents=2500, **fields):
    return payments.charge(cents, provider="stripe", **fields)


def hear(twin, *, seed=0, times=1):
    """All events of the twin, repeated and shuffled."""
    events = [event for event in twin.events for _ in range(times)]
    random.Random(seed).shuffle(events)
    assert [deliver(event) for event in events] == [200] * len(events)
    payments.work(clock.now())


def test_without_a_key_it_is_off_and_says_so(settings):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(Unavailable, match="STRIPE_SECRET_KEY"):
        providers.get("stripe").book()
    assert "stripe" not in [provider.name for provider in providers.available()]


@pytest.mark.parametrize(("key", "book"), [("sk_test_x", "test"), ("rk_live_x", "live")])
def test_the_key_decides_the_book(settings, key, book):
    settings.STRIPE_SECRET_KEY = key
    assert providers.get("stripe").book() == book


def test_a_checkout_is_paid(twin):
    made = charge()
    payments.work()
    made.refresh_from_db()
    assert made.payer_url.startswith("https://checkout.stripe.example/cs_")
    twin("visit", name=made.provider_ref, method="ok")
    hear(twin)
    made.refresh_from_db()
    fee = 2500 * 14 // 1000 + 25
    assert (made.state, made.provider_ref[:3]) == ("succeeded", "pi_")
    assert balances("test") == {"provider/stripe": 2500 - fee, "fees/stripe": fee, HELD: 2500}
    assert providers.get("stripe").balance("EUR") == euro(2500 - fee)


def test_the_payer_goes_to_checkout_by_a_page_of_ours(twin, client):
    made = charge()
    payments.work()
    made.refresh_from_db()
    client.force_login(made.payer)
    page = client.get(f"/pay/{made.pk}/")
    assert page.status_code == 200
    assert f'content="0; url={made.payer_url}"' in page.content.decode()


def test_a_method_saved_on_checkout_is_charged_later_without_the_payer(twin):
    person = accounts.person()
    operations.start_setup(actor=person, provider="stripe", purpose="pledge:1", at=AT)
    payments.work()
    twin("visit", name=MethodSetup.objects.get().provider_ref, method="ok")
    hear(twin)
    saved = MethodSetup.objects.get().method
    assert (saved.label, twin.all("payment_intent")) == ("Visa ending 4242", [])
    made = charge(payer=person, method=saved)
    payments.work()
    made.refresh_from_db()
    assert made.state == "succeeded"


@pytest.mark.parametrize(
    ("behaviour", "state"),
    [("ok", "succeeded"), ("decline", "failed"), ("slow", "processing"), ("asks", "needs_payer")],
)
def test_off_session_outcomes(twin, behaviour, state):
    made = charge(method=method(behaviour))
    payments.work()
    made.refresh_from_db()
    assert made.state == state
    assert made.payer_url.startswith("https://hooks.stripe.example/") == (state == "needs_payer")


@pytest.mark.parametrize("behaviour", ["slow", "asks"])
@pytest.mark.parametrize(("outcome", "state"), [("succeed", "succeeded"), ("fail", "failed")])
def test_what_was_open_is_decided_later(twin, behaviour, outcome, state):
    made = charge(method=method(behaviour))
    payments.work()
    made.refresh_from_db()
    twin("settle", name=made.provider_ref, outcome=outcome)
    hear(twin)
    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize("fault", ["before", "after", "500"])
@pytest.mark.parametrize("place", range(4))
def test_a_lost_request_or_answer_charges_once(twin, fault, place):
    made = charge(method=method())
    twin("faults", faults=[""] * place + [fault])
    for hour in range(30):
        payments.work(AT + timedelta(hours=hour))
        twin("pass", seconds=3600)
    made.refresh_from_db()
    assert made.state == "succeeded"
    paid = [intent for intent in twin.all("payment_intent") if intent["status"] == "succeeded"]
    assert (len(paid), balances("test")[HELD]) == (1, 2500)


def test_after_a_day_a_refund_is_looked_for_before_it_is_asked_again(twin):
    made = charge(method=method())
    payments.work()
    made.refresh_from_db()
    operations.request_refund(actor=None, charge=made, amount=euro(1000), key="r", reason="x", at=AT)
    twin("faults", faults=["after"])
    operations.run_commands(at=AT)
    twin("pass", seconds=25 * 3600)
    payments.work(AT + timedelta(hours=25))
    assert len(twin.all("refund")) == 1
    assert Refund.objects.get().state == "done"


def test_a_transfer_goes_once_and_what_stripe_refuses_is_put_back(twin):
    made = charge(method=method())
    payments.work()
    ask = {
        "provider": "stripe",
        "account": HELD,
        "destination": "acct_1",
        "holder": "P",
        "actor": None,
        "at": AT,
    }
    sent = operations.request_transfer(amount=euro(2000), purpose="payout:1", **ask)
    twin("faults", faults=["after"])
    payments.work()
    payments.work(AT + timedelta(minutes=1))
    sent.refresh_from_db()
    assert (sent.state, len(twin.all("transfer"))) == ("settled", 1)
    refused = operations.request_transfer(amount=euro(500), purpose="payout:2", **ask)
    payments.work()
    refused.refresh_from_db()
    assert (refused.state, refused.failure) == ("failed", "Insufficient funds")
    assert balances("test")[HELD] == 500
    assert made.amount == euro(2500)


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 500), ("EUR", 501), ("KWD", 1230), ("ISK", 77)])
def test_no_minor_unit_is_lost_in_any_currency(twin, currency, minor):
    payer = accounts.person()
    made = operations.start_charge(
        actor=payer, payer=payer, provider="stripe", amount=Money(minor, currency), purpose="pledge:1",
        account=HELD, at=AT,
    )  # fmt: skip
    payments.work()
    made.refresh_from_db()
    twin("visit", name=made.provider_ref, method="ok")
    hear(twin)
    made.refresh_from_db()
    back = Money(minor // 5, currency)
    operations.request_refund(actor=None, charge=made, amount=back, key="r", reason="x", at=AT)
    payments.work()
    hear(twin)
    fee = balances("test")["fees/stripe"]
    left = minor - back.minor
    print(f"\n{currency}: {minor} paid, {back.minor} back, {left - fee} left after a fee of {fee}: 0 lost")
    assert balances("test") == {"provider/stripe": left - fee, "fees/stripe": fee, HELD: left}
    assert providers.get("stripe").balance(currency) == Money(left - fee, currency)


@pytest.mark.parametrize(("currency", "minor"), [("KWD", 1235), ("TND", 1)])
def test_what_stripe_can_not_charge_takes_nothing_and_says_so(twin, currency, minor):
    payer = accounts.person()
    made = operations.start_charge(
        actor=payer, payer=payer, provider="stripe", amount=Money(minor, currency), purpose="pledge:1",
        account=HELD, at=AT,
    )  # fmt: skip
    payments.work()
    made.refresh_from_db()
    assert (made.state, twin.all("checkout.session")) == ("failed", [])
    assert "multiple of 10" in made.failure


def test_every_command_of_a_charge_has_a_key_of_its_own(twin):
    made = charge(method=method())
    payments.work()
    keys = list(Command.objects.order_by("created_at").values_list("key", flat=True))
    assert keys == [f"prepare-{made.pk}", f"confirm-{made.pk}"]
