"""Bank transfers: matched by reference and amount, whatever else happens at the same time."""

import pytest

from civic.core.models import Event
from marketplace.payments import operations, providers
from marketplace.payments.models import Charge, Refund, StatementLine
from marketplace.payments.providers import Unavailable
from marketplace.payments.references import spaced
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import bank_charge as charge
from tests.payments.bank_files import camt, entry, read, row, table
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db


def test_without_an_account_it_is_off_and_says_so(settings):
    settings.BANK_ACCOUNT = ""
    with pytest.raises(Unavailable, match="BANK_ACCOUNT"):
        providers.get("bank").book()


def test_the_payer_sees_what_to_write(client):
    made = charge()
    client.force_login(made.payer)
    page = client.get(client.get(f"/pay/{made.pk}/")["Location"]).content.decode()
    assert spaced(made.provider_ref) in page
    assert "Please send no money" in page


@pytest.mark.parametrize("version", ["02", "08", "13"])
def test_a_transfer_with_its_reference_pays_the_charge(officer, version):
    made = charge()
    content = camt(
        [entry("25.00", reference=made.provider_ref, number="1")],
        opening="0.00",
        closing="25.00",
        version=version,
    )
    statement = read(officer, content)
    made.refresh_from_db()
    line = StatementLine.objects.get()
    assert (made.state, line.state, line.charge) == ("succeeded", "matched", made)
    assert balances() == {"bank": 2500, HELD: 2500}
    assert providers.get("bank").balance("EUR") == euro(2500)
    assert Event.objects.get(kind="statement.imported").payload == {"lines": 1, "fresh": 1}
    assert read(officer, content) == statement
    assert balances() == {"bank": 2500, HELD: 2500}


def test_the_reference_in_free_text_will_do(officer):
    made = charge()
    read(officer, table(row("25.00", text=f"for trees {spaced(made.provider_ref)} bye")))
    made.refresh_from_db()
    assert made.state == "succeeded"


def test_overlapping_files_count_each_line_once(officer):
    lines = [row("1.00", text="gift", number=5), row("1.00", text="gift", number=6), row("2.00", number="7")]
    read(officer, table(*lines[:1]))
    read(officer, table(*lines))
    read(officer, table(*reversed(lines)))
    assert (StatementLine.objects.count(), balances()) == (3, {"bank": 400, "suspense": 400})


@pytest.mark.parametrize("amount", ["24.99", "0.01"])
def test_too_little_pays_nothing(officer, amount):
    made = charge()
    read(officer, table(row(amount, made.provider_ref)))
    made.refresh_from_db()
    assert (made.state, StatementLine.objects.get().state) == ("prepared", "unclear")


def test_a_second_payment_and_one_for_a_cancelled_charge_go_to_suspense(officer):
    made, gone = charge(), charge(700)
    operations.cancel_charge(actor=None, charge=gone, at=AT)
    payments.work()
    rows = [row("25.00", made.provider_ref, number=n) for n in "12"]
    read(officer, table(*rows, row("7.00", gone.provider_ref)))
    assert balances() == {"bank": 5700, HELD: 2500, "suspense": 3200}
    assert_whole()


def test_a_refund_by_bank_is_done_when_the_statement_says_so(officer):
    made = charge()
    read(officer, camt([entry("25.00", reference=made.provider_ref)]))
    made.refresh_from_db()
    operations.request_refund(actor=None, charge=made, amount=euro(2500), key="r", reason="x", at=AT)
    payments.work()
    refund = Refund.objects.get()
    assert refund.state == "pending"
    read(officer, camt([entry("25.00", sign="DBIT", own=refund.provider_ref)]))
    refund.refresh_from_db()
    assert (refund.state, balances()) == ("done", {})


def test_something_that_left_and_nobody_knows_is_unclear_and_posts_nothing(officer):
    read(officer, table(row("-9.00")))
    assert (StatementLine.objects.get().state, balances()) == ("unclear", {})


@pytest.mark.django_db(transaction=True)
def test_one_file_eight_times_at_once_is_read_once():
    officer, made = accounts.staff("finance-officers"), charge()
    content = table(row("25.00", made.provider_ref), row("3.00"))
    at_once(*[lambda: read(officer, content)] * 8)
    assert (StatementLine.objects.count(), balances()) == (2, {"bank": 2800, HELD: 2500, "suspense": 300})


@pytest.mark.django_db(transaction=True)
def test_a_cancel_against_a_statement_loses_no_money():
    officer = accounts.staff("finance-officers")
    for number in range(4):
        made = charge()
        at_once(
            lambda made=made, number=number: read(
                officer, table(row("25.00", made.provider_ref, number=number))
            ),
            lambda made=made: operations.cancel_charge(
                actor=None, charge=Charge.objects.get(pk=made.pk), at=AT
            ),
            lambda: operations.run_commands(at=AT),
        )
        payments.work()
    found = balances()
    assert found["bank"] == 10_000 == found.get(HELD, 0) + found.get("suspense", 0)
    assert found.get(HELD, 0) == 2500 * Charge.objects.filter(state="succeeded").count()
