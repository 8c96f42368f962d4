"""What Stripe pays out to the city: noted from its messages, recognised on the statement."""

from typing import Any

import pytest

from civic.core import clock
from marketplace.payments import operations
from marketplace.payments.models import Reconciliation, Settlement, StatementLine
from tests.factories import payments
from tests.factories.payments import AT, balances
from tests.payments.bank_files import read, row, table
from tests.payments.conftest import deliver

pytestmark = pytest.mark.django_db
ARRIVES = int(AT.timestamp())


@pytest.fixture(autouse=True)
def one_book(settings: Any) -> None:
    """The bank account of a site that tries Stripe's test mode."""
    settings.BANK_BOOK = "test"


def hear(twin: Any) -> None:
    for event in twin.events:
        assert deliver(event) == 200
    payments.work(clock.now())


def test_a_payout_is_recognised_on_the_statement(twin: Any, officer: Any) -> None:
    twin("pay_out", amount=2600, currency="eur", arrives=ARRIVES)
    hear(twin)
    (settlement,) = Settlement.objects.all()
    assert (settlement.amount_minor, settlement.arrives_on, settlement.line) == (2600, AT.date(), None)
    assert balances("test") == {}
    read(officer, table(row("26.00", text="STRIPE PAYMENTS EUROPE")))
    settlement.refresh_from_db()
    assert settlement.line == StatementLine.objects.get(state="matched")
    assert balances("test") == {"bank": 2600, "provider/stripe": -2600}


@pytest.mark.parametrize(
    ("amount", "text"), [("26.01", "STRIPE"), ("26.00", "somebody else")], ids=["amount", "text"]
)
def test_what_differs_waits_for_two_people(twin: Any, officer: Any, amount: str, text: str) -> None:
    twin("pay_out", amount=2600, currency="eur", arrives=ARRIVES)
    hear(twin)
    read(officer, table(row(amount, text=text)))
    assert StatementLine.objects.get().state == "unclear"
    assert Settlement.objects.get().line is None


def test_two_payouts_of_one_amount_wait_for_two_people(twin: Any, officer: Any, second: Any) -> None:
    for _ in range(2):
        twin("pay_out", amount=2600, currency="eur", arrives=ARRIVES)
    hear(twin)
    read(officer, table(row("26.00", text="STRIPE")))
    line = StatementLine.objects.get()
    assert line.state == "unclear"
    operations.propose_line_match(actor=officer, line=line, proposal="stripe", reason="po_1", at=AT)
    operations.confirm_line_match(actor=second, line=line, at=AT)
    assert Settlement.objects.filter(line=line).count() == 1
    assert balances("test") == {"bank": 2600, "provider/stripe": -2600}


def test_a_payout_that_failed_is_no_money_on_its_way(twin: Any, officer: Any) -> None:
    twin("pay_out", amount=2600, currency="eur", arrives=ARRIVES)
    hear(twin)
    twin("end_payout", name=Settlement.objects.get().provider_ref, status="failed")
    hear(twin)
    assert Settlement.objects.get().failed
    read(officer, table(row("26.00", text="STRIPE")))
    assert StatementLine.objects.get().state == "unclear"


def test_a_payout_on_its_way_is_no_difference(twin: Any, officer: Any) -> None:
    charge = payments.charge(10_000, provider="stripe")
    payments.work()
    charge.refresh_from_db()
    twin("visit", name=charge.provider_ref, method="ok")
    twin("pay_out", amount=2600, currency="eur", arrives=ARRIVES)
    hear(twin)
    later = clock.now() + operations.reconciliation.SETTLES_WITHIN * 2
    operations.reconcile(at=later)
    (compared,) = Reconciliation.objects.filter(provider="stripe")
    assert not compared.difference
    read(officer, table(row("26.00", text="STRIPE")))
    operations.reconcile(at=later)
    assert not any(one.difference for one in Reconciliation.objects.filter(provider="stripe"))
