"""Bank transfers: references, statements whole or not at all, matching, and what two people settle."""

import random
import string
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from civic.core.errors import Conflict, Forbidden, IllegalTransition, Invalid
from civic.core.models import Event
from marketplace.payments import operations, providers
from marketplace.payments.models import Charge, Refund, Statement, StatementLine, Transfer
from marketplace.payments.providers import Unavailable
from marketplace.payments.references import reference_for, references_in, spaced
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances, euro
from tests.payments.bank_files import ACCOUNT, HEADING, camt, entry, row, table
from tests.voting.test_races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return accounts.staff("finance-officers")


@pytest.fixture
def second():
    return accounts.staff("finance-officers")


def charge(cents=2500, **fields):
    made = payments.charge(cents, provider="bank", **fields)
    payments.work()
    made.refresh_from_db()
    return made


def read(officer, content):
    return operations.import_statement(actor=officer, content=content, at=AT)


def test_a_reference_has_right_check_digits_and_is_found_in_text():
    reference = reference_for(UUID(int=12345678901234567890))
    assert references_in(f"Thanks! {spaced(reference).lower()} for the tree") == [reference]
    assert references_in("RF18 5390 0754 7034") == ["RF18539007547034"]  # the example of ISO 11649
    assert references_in("RF19 5390 0754 7034") == []


def test_a_mistyped_reference_is_no_reference():
    chance = random.Random(1)
    for _ in range(500):
        reference = reference_for(UUID(int=chance.getrandbits(128)))
        place = chance.randrange(2, 16)
        alike = string.digits if reference[place].isdigit() else string.ascii_uppercase
        other = chance.choice(alike.replace(reference[place], ""))
        assert references_in(reference[:place] + other + reference[place + 1 :]) == []


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
    assert Event.objects.get(kind="statement.import").payload == {"lines": 1, "fresh": 1}
    assert read(officer, content) == statement
    assert balances() == {"bank": 2500, HELD: 2500}


def test_the_reference_in_free_text_will_do(officer):
    made = charge()
    read(officer, table(row("25.00", text=f"for trees {spaced(made.provider_ref)} bye")))
    made.refresh_from_db()
    assert made.state == "succeeded"


def test_overlapping_files_count_each_line_once(officer):
    lines = [row("1.00", text="gift"), row("1.00", text="gift"), row("2.00", number="7")]
    read(officer, table(*lines[:1]))
    read(officer, table(*lines))
    read(officer, table(*reversed(lines)))
    assert (StatementLine.objects.count(), balances()) == (3, {"bank": 400, "suspense": 400})


def test_an_overpayment_pays_and_the_rest_is_unclear_until_it_is_sent_back(officer, second):
    made = charge()
    read(officer, table(row("30.00", made.provider_ref)))
    line = StatementLine.objects.get()
    assert (line.state, line.suspense_minor) == ("unclear", 500)
    assert balances() == {"bank": 3000, HELD: 2500, "suspense": 500}
    operations.propose_settlement(actor=officer, line=line, proposal="return", reason="Paid too much", at=AT)
    operations.confirm_settlement(actor=second, line=line, at=AT)
    payments.work()
    sent = Transfer.objects.get()
    assert (sent.state, sent.amount, balances()) == ("sent", euro(500), {"bank": 2500, HELD: 2500})
    read(officer, table(row("-5.00", sent.provider_ref, number="out")))
    sent.refresh_from_db()
    assert sent.state == "settled"


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


def test_what_is_unclear_is_settled_by_two_people(officer, second):
    made = charge()
    read(officer, table(row("26.00", text="for the trees")))
    line = StatementLine.objects.get()
    with pytest.raises(Invalid):
        operations.propose_settlement(
            actor=officer, line=line, proposal="charge", charge=made, reason="", at=AT
        )
    operations.propose_settlement(
        actor=officer, line=line, proposal="charge", charge=made, reason="Ada rang", at=AT
    )
    with pytest.raises(Forbidden):
        operations.confirm_settlement(actor=officer, line=line, at=AT)
    operations.confirm_settlement(actor=second, line=line, at=AT)
    made.refresh_from_db(), line.refresh_from_db()
    assert (made.state, line.state, line.suspense_minor) == ("succeeded", "unclear", 100)
    assert balances() == {"bank": 2600, HELD: 2500, "suspense": 100}


def test_a_payout_of_stripe_comes_out_of_suspense(officer, second):
    read(officer, table(row("26.00", text="STRIPE PAYOUT")))
    line = StatementLine.objects.get()
    operations.propose_settlement(actor=officer, line=line, proposal="stripe", reason="po_1", at=AT)
    operations.confirm_settlement(actor=second, line=line, at=AT)
    assert balances() == {"bank": 2600, "provider/stripe": -2600}
    with pytest.raises(Conflict):
        operations.confirm_settlement(actor=second, line=line, at=AT)


@pytest.mark.parametrize("proposal", ["charge", "return"])
def test_a_proposal_has_to_fit(officer, proposal):
    large = charge(9900)
    read(officer, table(row("26.00", iban="")))
    line = StatementLine.objects.get()
    with pytest.raises(Invalid):
        operations.propose_settlement(
            actor=officer, line=line, proposal=proposal, charge=large, reason="x", at=AT
        )


def test_a_proposal_can_be_taken_back_and_only_officers_settle(officer, second):
    read(officer, table(row("26.00")))
    line = StatementLine.objects.get()
    for somebody in (accounts.person(), accounts.staff("moderators")):
        with pytest.raises(Forbidden):
            operations.propose_settlement(actor=somebody, line=line, proposal="return", reason="x", at=AT)
        with pytest.raises(Forbidden):
            read(somebody, table(row("1.00")))
    operations.propose_settlement(actor=officer, line=line, proposal="return", reason="x", at=AT)
    operations.take_back_settlement(actor=second, line=line, reason="no", at=AT)
    with pytest.raises(Conflict):
        operations.confirm_settlement(actor=second, line=line, at=AT)
    with pytest.raises(IllegalTransition):
        operations.take_back_settlement(actor=second, line=line, reason="no", at=AT)


@pytest.mark.parametrize("change", ["confirmed_by_id = %(me)s", "state = 'settled'"])
def test_sql_cannot_let_one_person_settle(officer, change):
    read(officer, table(row("26.00")))
    update = f"UPDATE payments_statementline SET proposed_by_id = %(me)s, {change}"
    with pytest.raises(DatabaseError, match=r"by_another|by_two"), connection.cursor() as cursor:
        cursor.execute(update, {"me": officer.pk})


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


def batch(*amounts):
    return "".join(f'<TxDtls><Amt Ccy="EUR">{amount}</Amt></TxDtls>' for amount in amounts)


GOOD = [entry("25.00", number="1")]
DTD = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD = {
    "an amount": camt([*GOOD, entry("ten")]),
    "a negative amount": camt([*GOOD, entry("-1.00")]),
    "nothing": camt([*GOOD, entry("0.00")]),
    "too many decimals": camt([*GOOD, entry("1.001")]),
    "another currency": camt([*GOOD, entry("1.00", currency="USD")]),
    "no currency": camt([*GOOD, entry("1.00", currency="ZZZ")]),
    "neither in nor out": camt([*GOOD, entry("1.00", sign="UP")]),
    "balances": camt(GOOD, opening="1.00", closing="25.00"),
    "a batch": camt([*GOOD, entry("3.00", details=batch("1.00", "1.00"))]),
    "a date": camt([*GOOD, entry("1.00").replace("2026-03-02", "2026-13-02")]),
    "another account": camt(GOOD).replace(ACCOUNT.encode(), b"DE00"),
    "another document": camt(GOOD).replace(b"camt.053", b"camt.054"),
    "half a file": camt(GOOD)[:-20],
    "entities": camt(GOOD, head=DTD),
    "only announced": camt([entry("1.00", status="PDNG")]),
    "csv amount": table(row("25.00"), row("1,5")),
    "csv columns": table(row("25.00"), "2026-03-02,1.00,EUR"),
    "csv quotes": table(row("25.00"), '2026-03-02,"1.00'),
    "csv date": table(row("25.00"), row("1.00").replace("2026-03-02", "02.03.2026")),
    "csv heading": table(row("25.00")).replace(b"booked_on", b"date"),
    "csv accounts": table(row("25.00")) + b"\nDE00,2026-03-02,1.00,EUR,,,,,",
    "csv empty": HEADING.encode(),
    "latin": table(row("25.00")) + "é".encode("latin-1"),
    "nothing at all": b"",
    "noise": bytes(range(256)),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_file_with_one_bad_line_imports_nothing_and_says_why(officer, caplog, content):
    with pytest.raises(Invalid) as refusal:
        read(officer, content)
    assert refusal.value.fields["file"]
    assert len([line for line in caplog.records if "statement refused" in line.message]) == 1
    assert (Statement.objects.count(), balances()) == (0, {})


def test_a_batch_is_read_by_its_transactions(officer):
    read(officer, camt([entry("3.00", details=batch("1.00", "2.00"), number="b")]))
    assert sorted(StatementLine.objects.values_list("amount_minor", flat=True)) == [100, 200]


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


@pytest.mark.django_db(transaction=True)
def test_a_line_confirmed_twice_at_once_pays_once():
    officer, made = accounts.staff("finance-officers"), charge()
    read(officer, table(row("25.00")))
    line = StatementLine.objects.get()
    operations.propose_settlement(actor=officer, line=line, proposal="charge", charge=made, reason="x", at=AT)
    others = [accounts.staff("finance-officers") for _ in range(4)]
    confirm = operations.confirm_settlement
    at_once(*[lambda o=o: confirm(actor=o, line=StatementLine.objects.get(), at=AT) for o in others])
    assert balances() == {"bank": 2500, HELD: 2500}


def test_references_of_many_rows_differ():
    assert len({reference_for(uuid4()) for _ in range(5000)}) == 5000
