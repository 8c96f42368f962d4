"""Real worker processes, killed with SIGKILL at every step of what they do: no money moves twice or not at all.

A step is the moment before or after each SQL statement and each request to the provider (the Stripe twin, over
HTTP). The next worker starts when the lease of the dead one has run out.
"""

import itertools
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import stripe
from django.db import connection

from civic.core.work import LEASE
from marketplace.payments import operations
from marketplace.payments.models import Charge, Command, Method
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_fault]


def fork(work: Callable[[], object], *, kill_at: int = 0) -> int:
    """Starts a worker process that kills itself at its step `kill_at`; its pid."""
    connection.close()
    pid = os.fork()
    if pid:
        return pid
    # After a browser test the parent runs an event loop and has its connections elsewhere than this process, which
    # would find an older one that it shares with the parent: it is left alone, neither used nor closed.
    _parents, connection.connection = connection.connection, None
    try:
        die_at(kill_at)
        work()
        os._exit(0)
    finally:
        os._exit(1)


def die_at(step: int) -> None:
    """Counts the steps of this process and ends it, as `kill -9` does, at one of them."""
    steps = itertools.count(1)

    def reached() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(execute: Any, *arguments: Any) -> Any:
        reached()
        try:
            return execute(*arguments)
        finally:
            reached()

    ask = stripe.RequestsClient.request
    stripe.RequestsClient.request = lambda self, *rest: around(ask, self, *rest)
    connection.execute_wrappers.append(around)


def was_killed(pid: int) -> bool:
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def work(at: datetime) -> Callable[[], None]:
    return lambda: payments.work(at)


@pytest.fixture
def method() -> Method:
    return Method.objects.create(
        person=accounts.person(), provider="stripe", customer_ref="cus_1", provider_ref="pm_ok", label="Visa"
    )


def kills(start: Callable[[int], object]) -> Iterator[int]:
    """Starts a thing, kills its worker at step 1, 2, 3 …, lets another finish; until a worker gets through."""
    for step in itertools.count(1):
        start(step)
        killed = was_killed(fork(work(AT), kill_at=step))
        payments.work(AT + LEASE + timedelta(hours=step % 3 * 12))
        assert Command.objects.filter(done_at=None).count() == 0
        if not killed:
            return
        yield step


def test_a_charge_survives_a_kill_at_every_step(twin: Any, method: Method) -> None:
    steps = list(kills(lambda step: payments.charge(100 + step, provider="stripe", method=method)))
    paid = [intent["amount"] for intent in twin.all("payment_intent") if intent["status"] == "succeeded"]
    wanted = list(Charge.objects.values_list("amount_minor", flat=True))
    print(f"\ncharge: {len(steps)} kills, {len(wanted)} charges, {len(paid)} paid once")
    assert sorted(paid) == sorted(wanted)
    assert set(Charge.objects.values_list("state", flat=True)) == {"succeeded"}
    assert balances("test")[HELD] == sum(wanted)
    assert_whole()
    assert len(steps) > 60


def test_a_refund_survives_a_kill_at_every_step(twin: Any, method: Method) -> None:
    charge = payments.charge(1_000_000, provider="stripe", method=method)
    payments.work()
    charge.refresh_from_db()

    def ask(step: int) -> object:
        return operations.request_refund(
            actor=None, charge=charge, amount=euro(100 + step), key=f"r{step}", reason="x", at=AT
        )

    steps = list(kills(ask))
    given = sorted(refund["amount"] for refund in twin.all("refund"))
    print(f"\nrefund: {len(steps)} kills, {len(given)} given back once")
    assert given == sorted(charge.refunds.values_list("amount_minor", flat=True))
    assert balances("test")[HELD] == 1_000_000 - sum(given)
    assert_whole()


def test_a_transfer_survives_a_kill_at_every_step(twin: Any, method: Method) -> None:
    payments.charge(1_000_000, provider="stripe", method=method)
    payments.work()

    def ask(step: int) -> object:
        return operations.request_transfer(
            actor=None, provider="stripe", amount=euro(100 + step), purpose=f"payout:{step}", account=HELD,
            destination="acct_1", holder="P", at=AT,
        )  # fmt: skip

    steps = list(kills(ask))
    sent = sorted(transfer["amount"] for transfer in twin.all("transfer"))
    print(f"\ntransfer: {len(steps)} kills, {len(sent)} sent once")
    assert len(sent) == len(set(sent)) == len(steps) + 1
    assert balances("test")[HELD] == 1_000_000 - sum(sent)
    assert_whole()


def test_two_workers_at_once_killed_at_any_moment(twin: Any, method: Method) -> None:
    chance, killed, wanted = random.Random(7), 0, 0
    for turn in range(64):
        at = AT + turn * LEASE
        for place in range(3):
            payments.charge(1000 + 3 * turn + place, provider="stripe", method=method, at=at)
            wanted += 1000 + 3 * turn + place
        workers = [fork(work(at)) for _ in range(2)]
        time.sleep(chance.uniform(0.005, 0.15))
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
            killed += was_killed(pid)
    payments.work(AT + timedelta(days=2))
    payments.work(AT + timedelta(days=3))
    paid = sum(i["amount"] for i in twin.all("payment_intent") if i["status"] == "succeeded")
    assert killed > 120
    print(f"\n{killed} workers killed in the middle of {64 * 3} charges; {paid} cents wanted and paid")
    assert set(Charge.objects.values_list("state", flat=True)) == {"succeeded"}
    assert paid == balances("test")[HELD] == wanted
    assert_whole()
