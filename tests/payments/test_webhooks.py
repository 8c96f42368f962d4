"""What comes in at the webhook: every event once, in any order, and nothing that Stripe has not signed just now."""

import json
import random

import pytest
from django.test import Client

from civic.core import clock
from marketplace.payments import operations, providers
from marketplace.payments.models import Charge, Message, Method, MirrorJob, Refund
from tests.factories import accounts, payments
from tests.factories.payments import AT, assert_whole, balances, euro
from tests.payments.conftest import deliver, signature
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db


def method(behaviour):
    return Method.objects.create(
        person=accounts.person(),
        provider="stripe",
        customer_ref="cus_1",
        provider_ref=f"pm_{behaviour}",
        label="V",
    )


def charge(cents=2500, **fields):
    return payments.charge(cents, provider="stripe", **fields)


def hear(twin, *, seed=0, times=1):
    """All events of the twin, repeated and shuffled."""
    events = [event for event in twin.events for _ in range(times)]
    random.Random(seed).shuffle(events)
    assert [deliver(event) for event in events] == [200] * len(events)
    payments.work(clock.now())


def test_webhooks_five_times_shuffled_give_the_same_state(twin):
    made, asks = charge(), charge(method=method("asks"))
    payments.work()
    made.refresh_from_db(), asks.refresh_from_db()
    twin("visit", name=made.provider_ref, method="ok")
    twin("settle", name=asks.provider_ref, outcome="succeed")
    hear(twin, times=5, seed=1)
    made.refresh_from_db(), asks.refresh_from_db()
    twin("dispute", name=made.provider_ref)
    operations.request_refund(actor=None, charge=asks, amount=euro(700), key="r", reason="x", at=AT)
    payments.work()
    twin("close_dispute", name=made.provider_ref, outcome="lost")
    twin("fail_refund", name=Refund.objects.get().provider_ref)
    before, told = None, 0
    for seed in range(5):
        told += 5 * len(twin.events)
        hear(twin, times=5, seed=seed)
        state = (
            balances("test"),
            sorted(Charge.objects.values_list("state", flat=True)),
            Refund.objects.get().state,
        )
        assert before in (None, state)
        before = state
    print(f"\n{told} webhooks, each event 25 times in 5 orders: 1 state")
    assert state[1:] == (["lost", "succeeded"], "alternative_due")
    assert_whole()
    ours = balances("test")["provider/stripe"]
    assert providers.get("stripe").balance("EUR") == euro(ours)
    assert Message.objects.filter(done_at=None).count() == 0


EVENT = {
    "id": "evt_x", "type": "payment_intent.succeeded", "livemode": False,
    "data": {"object": {"object": "payment_intent", "id": "pi_x", "metadata": {}}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("event", "signing"),
    [
        (EVENT, {"secret": "whsec_of_somebody_else"}),
        (EVENT, {"at": 1_000_000_000}),
        (EVENT | {"livemode": True}, {}),
        ({"id": "evt_y"}, {}),
        ([], {}),
        (EVENT | {"data": {"object": []}}, {}),
        (EVENT | {"data": None}, {}),
    ],
)
def test_a_forged_stale_foreign_or_malformed_webhook_changes_nothing_and_says_why(
    twin, caplog, event, signing
):
    assert deliver(event, **signing) == 400
    assert Message.objects.count() == 0
    lines = [line.getMessage() for line in caplog.records if "webhook refused" in line.getMessage()]
    print(f"\n{lines}")
    assert len(lines) == 1
    assert "\n" not in lines[0]


def test_unsigned_and_broken_bodies_are_refused(twin):
    post = Client().post
    assert post("/webhooks/stripe/", json.dumps(EVENT), content_type="application/json").status_code == 400
    for body in ("{", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        signed = {"HTTP_STRIPE_SIGNATURE": signature(body)}
        assert post("/webhooks/stripe/", body, content_type="application/json", **signed).status_code == 400
    assert Client().get("/webhooks/stripe/").status_code == 405
    assert [post(f"/webhooks/{name}/").status_code for name in ("bank", "demo", "nobody")] == [404, 404, 404]
    assert Message.objects.count() == 0


def test_an_event_about_somebody_elses_thing_is_left_alone(twin):
    assert deliver(EVENT) == deliver(EVENT) == 200
    payments.work(clock.now())
    message = Message.objects.get()
    assert (message.done_at is not None, message.body["ours"]) == (True, {})


def test_a_replay_within_the_tolerance_is_one_message(twin):
    body = json.dumps(EVENT)
    signed = {"HTTP_STRIPE_SIGNATURE": signature(body)}
    for _ in range(5):
        assert (
            Client().post("/webhooks/stripe/", body, content_type="application/json", **signed).status_code
            == 200
        )
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_event_sixteen_times_at_once_is_one_message(twin):
    answers = at_once(*[lambda: deliver(EVENT)] * 16)
    assert answers == [200] * 16
    assert (Message.objects.count(), MirrorJob.objects.count()) == (1, 1)
