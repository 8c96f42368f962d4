"""The hourly comparison with providers, lost messages, and the privacy of payments."""

import io
import json
import logging
import zipfile
from datetime import timedelta

import pytest

from civic.accounts import operations as accounts_operations
from civic.accounts import privacy
from civic.core import clock
from civic.core.errors import Forbidden, Invalid
from civic.core.models import Event
from marketplace.payments import operations, tasks
from marketplace.payments.models import (
    Charge,
    Command,
    DemoPayment,
    Message,
    Method,
    Reconciliation,
    StatementLine,
)
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import camt, entry, row, table

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=2)


def alarms(caplog):
    return [record.message for record in caplog.records if record.levelno == logging.ERROR]


def test_sums_that_agree_raise_no_alarm(caplog):
    payments.paid(2500)
    (found,) = operations.reconcile(at=clock.now() + LATER)
    assert (found.ours, found.theirs, alarms(caplog)) == (euro(2500), euro(2500), [])


def test_a_difference_raises_an_alarm_every_time_and_one_event(caplog):
    payments.paid(2500)
    DemoPayment.objects.update(amount_minor=2600)
    for hours in (2, 3):
        operations.reconcile(at=clock.now() + timedelta(hours=hours))
    assert len(alarms(caplog)) == 2
    assert Event.objects.get(kind="reconciliation.differed").payload["minor"] == 100
    assert balances() == {"provider/demo": 2500, HELD: 2500}


def test_what_is_under_way_is_compared_later():
    payments.paid(2500)
    payments.charge()
    assert operations.reconcile(at=clock.now()) == []
    assert len(operations.reconcile(at=clock.now() + LATER)) == 1


def test_the_bank_is_compared_with_the_closing_balance(caplog):
    officer = accounts.staff("finance-officers")
    lines = [entry("25.00", number="1")]
    operations.import_statement(actor=officer, content=camt(lines, opening="0.00", closing="25.00"), at=AT)
    operations.reconcile(at=clock.now() + LATER)
    assert alarms(caplog) == []
    operations.import_statement(
        actor=officer, content=camt([entry("5.00")], opening="30.00", closing="35.00"), at=AT
    )
    operations.reconcile(at=clock.now() + LATER)
    assert alarms(caplog) == ["reconciliation: bank and the ledger differ by €5"]


def test_money_that_nobody_understands_raises_an_alarm_after_three_days(caplog):
    officer = accounts.staff("finance-officers")
    operations.import_statement(actor=officer, content=table(row("25.00")), at=AT)
    operations.reconcile(at=clock.now() + timedelta(days=2))
    assert alarms(caplog) == []
    operations.reconcile(at=clock.now() + timedelta(days=4))
    assert "suspense: 1 movements" in alarms(caplog)[0]


def test_a_difference_is_explained_by_an_officer_with_a_reason():
    payments.paid(2500)
    (found,) = operations.reconcile(at=clock.now() + LATER)
    officer = accounts.staff("finance-officers")
    with pytest.raises(Forbidden):
        operations.explain_difference(
            actor=accounts.staff("auditors"), reconciliation=found, reason="x", at=AT
        )
    with pytest.raises(Invalid):
        operations.explain_difference(actor=officer, reconciliation=found, reason="", at=AT)
    operations.explain_difference(actor=officer, reconciliation=found, reason="A fee", at=AT)
    assert Reconciliation.objects.get().explanation == "A fee"


def test_a_lost_message_is_made_up_for():
    charge = payments.charge(at=clock.now())
    payments.work(clock.now())
    payments.decide(charge, "paid")
    Message.objects.all().delete()
    assert operations.refresh_unfinished(at=clock.now()) == 0
    operations.refresh_unfinished(at=clock.now() + LATER)
    charge.refresh_from_db()
    assert (charge.state, balances()[HELD]) == ("succeeded", 2500)


def test_stripe_is_reconciled_through_its_balance(twin, caplog):
    saved = Method.objects.create(
        person=accounts.person(), provider="stripe", customer_ref="cus_1", provider_ref="pm_ok", label="Visa"
    )
    made = payments.charge(provider="stripe", method=saved)
    payments.work()
    operations.reconcile(at=clock.now() + LATER)
    assert alarms(caplog) == []
    made.refresh_from_db()
    twin("dispute", name=made.provider_ref)
    operations.reconcile(at=clock.now() + LATER)
    assert "stripe and the ledger differ" in alarms(caplog)[0]
    twin("faults", faults=["before"])
    assert operations.reconcile(at=clock.now() + LATER) == []
    assert_whole()


def test_the_tasks_run():
    charge = payments.charge(at=clock.now())
    assert tasks.run_commands() == 1
    payments.decide(charge, "paid")
    assert tasks.process_webhooks() == 1
    assert (tasks.refresh_unfinished(), tasks.reconcile()) == (0, 1)


def test_every_personal_column_is_declared():
    assert [name for name in privacy.undeclared() if name.startswith("payments.")] == []


def test_erasure_waits_for_payments_and_then_forgets_the_payer():
    payer, officer = accounts.person(), accounts.staff("finance-officers")
    made = payments.charge(provider="bank", payer=payer)
    assert privacy.blockers(payer)
    payments.work()
    made.refresh_from_db()
    operations.import_statement(actor=officer, content=table(row("25.00", made.provider_ref)), at=AT)
    assert not privacy.blockers(payer)
    for declared in privacy.personal_data:
        if declared.model.startswith("payments."):
            privacy.erase(declared, payer)
    line = StatementLine.objects.get()
    assert (Charge.objects.get().payer, line.name, line.iban, line.text) == (None, "", "", "")
    assert balances() == {"bank": 2500, HELD: 2500}
    assert Command.objects.filter(done_at=None).count() == 0


def test_the_copy_says_what_was_paid_back():
    made = payments.paid(2500)
    operations.request_refund(
        actor=None, charge=made, amount=euro(500), key="back", reason="You paid twice.", at=AT
    )
    export = accounts_operations.request_export(actor=made.payer, at=AT)
    accounts_operations.build_export(export_id=export.pk, at=AT)
    export.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(export.archive)) as archive:
        sections = json.loads(archive.read("my-data.json"))["sections"]
    back = [row for one in sections if one["model"] == "payments.Refund" for row in one["rows"]]
    assert [(row["amount_minor"], row["reason"]) for row in back] == [(500, "You paid twice.")]
