"""Statement files as banks and people really make them: nothing counts twice, and no row stops the others.

Found by an auditor who tried 193 files (docs/examinations/2026-11-27/auditor.md).
"""

from datetime import date
from typing import Any

import pytest
from django.conf import settings

from civic.accounts import privacy
from civic.core.errors import Conflict, Invalid
from civic.core.money import Money
from marketplace.payments import operations, statements
from marketplace.payments.credit_transfers import CreditTransfer
from marketplace.payments.models import BankOrder, Statement, StatementLine, Transfer
from marketplace.payments.references import checked_iban, compact_iban
from tests.factories import payments
from tests.factories.payments import AT, balances
from tests.payments.bank_files import ACCOUNT, IBAN, bank_charge, camt, entry, read, row, table
from tests.payments.test_ways_out import both, line_of

pytestmark = pytest.mark.django_db
WRITTEN = ["DE89-3704-0044-0532-0130-00", "de89 3704 0044 0532 0130 00", "DE89.3704.0044.0532.0130.00"]
WRITTEN += ["DE89\N{NO-BREAK SPACE}3704\N{NO-BREAK SPACE}0044 0532 0130 00"]


@pytest.mark.parametrize("written", WRITTEN)
def test_an_account_is_kept_as_banks_write_it_1127_ab0(written: str) -> None:
    assert (compact_iban(written), checked_iban(written)) == (IBAN, IBAN)


def test_no_account_that_somebody_typed_stops_the_payment_file_1127_ab0(officer: Any, second: Any) -> None:
    for number, written in enumerate(WRITTEN):
        line = line_of(officer, "5.00", text=f"gift {number}", iban="")
        both(officer, second, line, "return", holder="Ada Payer", iban=written)
    read(officer, table(row("6.00", iban=WRITTEN[0])))  # and none that stands on a statement
    both(officer, second, StatementLine.objects.get(amount_minor=600), "return")
    payments.work()
    made = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    assert made.count == len(WRITTEN) + 1
    assert operations.fetch_order(actor=officer, order=made, at=AT).count(IBAN.encode()) == made.count


@pytest.mark.parametrize("written", WRITTEN)
def test_an_account_is_stored_as_banks_write_it_wherever_it_comes_from_1127_ab0(
    officer: Any, second: Any, written: str
) -> None:
    read(officer, table(row("6.00", iban=written)))
    read(officer, camt([entry("7.00").replace(IBAN, written)]))
    assert set(StatementLine.objects.values_list("iban", flat=True)) == {IBAN}
    line = line_of(officer, "5.00", text="gift", iban="")
    both(officer, second, line, "return", holder="Ada Payer", iban=written)
    assert StatementLine.objects.get(pk=line.pk).return_iban == IBAN


def test_an_account_that_was_stored_before_stops_no_payment_file_1127_ab0(officer: Any, second: Any) -> None:
    line = line_of(officer, "5.00", text="gift", iban="")
    both(officer, second, line, "return", holder="Ada Payer", iban=IBAN)
    payments.work()
    Transfer.objects.create(
        book=settings.BANK_BOOK,
        provider="bank",
        provider_ref="RF-OLD",
        amount_minor=3_00,
        currency="EUR",
        purpose="payout:old:1",
        account="suspense",
        destination=WRITTEN[0],
        holder="Ada",
        state="sent",
    )
    StatementLine.objects.filter(pk=line.pk).update(return_iban=WRITTEN[0])
    made = operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    assert made.count == 2
    assert operations.fetch_order(actor=officer, order=made, at=AT).count(IBAN.encode()) == 2


@pytest.mark.parametrize(
    ("iban", "cents", "sendable"),
    [(IBAN, 99_999_999_999, True), (IBAN, 100_000_000_000, False), (WRITTEN[0], 1, False)],
)
def test_what_no_bank_takes_stays_out_of_the_file_1127_ab0(iban: str, cents: int, sendable: bool) -> None:
    assert CreditTransfer("RF1", Money(cents, "EUR"), "Ada", iban, "x").is_sendable is sendable


def statement_twice(entries: list[str], own: str = "") -> bytes:
    """A file that holds a statement twice."""
    content = camt(entries).replace(b"<Stmt>", f"<Stmt><Id>{own}</Id>".encode())
    before, _stmt, rest = content.partition(b"<Stmt>")
    inner, _end, after = rest.partition(b"</Stmt>")
    whole = b"<Stmt>" + inner + b"</Stmt>"
    return before + whole + whole + after


@pytest.mark.parametrize(("own", "number"), [("S1", "A1"), ("", "A1"), ("S1", "")])
def test_a_movement_that_stands_twice_in_one_file_counts_once_1127_ab1(
    officer: Any, own: str, number: str
) -> None:
    made = read(officer, statement_twice([entry("25.00", number=number, text="a gift")], own))
    assert (balances()["bank"], StatementLine.objects.count(), made.known) == (2500, 1, 1)


def test_equal_movements_of_one_statement_are_two_1127_ab1(officer: Any) -> None:
    read(officer, camt([entry("25.00", text="a gift")] * 2).replace(b"<Stmt>", b"<Stmt><Id>S1</Id>"))
    assert balances()["bank"] == 5000


def test_what_comes_back_of_what_was_sent_back_is_on_a_line_again_1127_ab2(officer: Any, second: Any) -> None:
    both(officer, second, line_of(officer, "6.00", text="whose?", iban=IBAN), "return")
    payments.work()
    sent = Transfer.objects.get()
    operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    read(officer, table(row("-6.00", sent.provider_ref)))
    read(officer, table(row("6.00", text="account closed", number="back")))
    back = StatementLine.objects.get(text="account closed")
    both(officer, second, back, "back", target=Transfer.objects.get())
    back.refresh_from_db()
    assert (back.state, back.suspense_minor, balances()["suspense"]) == ("unclear", 600, 600)
    both(officer, second, back, "income")  # and has a way out
    assert "suspense" not in balances()
    assert Transfer.objects.get().state == "reversed"


def details(*parts: tuple[str, str, str]) -> str:
    return "".join(
        f"<TxDtls><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><RmtInf><Strd><CdtrRefInf>"
        f"<Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
        for amount, sign, reference in parts
    )


@pytest.mark.parametrize(
    "parts",
    [[("10.00", "CRDT", "RF1")], [("25.00", "DBIT", "RF1")], [("25.00", "CRDT", ""), ("3.00", "DBIT", "")]],
)
def test_transactions_that_are_not_their_entry_are_refused_1127_ab4(officer: Any, parts: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        read(officer, camt([entry("25.00", details=details(*parts))]))
    assert "do not add up" in str(refusal.value.fields["file"])


def test_a_batch_with_both_signs_is_read_by_each_1127_ab4(officer: Any) -> None:
    read(officer, camt([entry("25.00", details=details(("28.00", "CRDT", ""), ("3.00", "DBIT", "")))]))
    assert sorted(StatementLine.objects.values_list("amount_minor", flat=True)) == [-300, 2800]


def test_one_transaction_of_three_does_not_speak_for_the_batch_1127_ab4(officer: Any) -> None:
    charge = bank_charge(2500)
    one = "<Btch><NbOfTxs>3</NbOfTxs></Btch>" + details(("25.00", "CRDT", charge.provider_ref))
    read(officer, camt([entry("25.00", details=one)]))
    charge.refresh_from_db()
    assert (charge.state, StatementLine.objects.get().state) == ("prepared", "unclear")


@pytest.mark.parametrize(
    "content",
    [
        camt([entry("1.00", status="")], closing=""),
        camt([entry("1.00", status="book")]),
        camt([entry("1.00")], closing="1.00").replace(b"Ccy='EUR'", b"Ccy='USD'"),
        camt([entry("25<x/>.99")]),
        camt([entry("1234567890123.00")]),
        table(row("1.000")),
    ],
    ids=[
        "no status",
        "another status",
        "balances in dollars",
        "an amount in two",
        "13 digits",
        "1.000 in CSV",
    ],
)
def test_what_could_be_meant_otherwise_is_refused_1127_ab8_ab9_ab13(officer: Any, content: bytes) -> None:
    with pytest.raises(Invalid):
        read(officer, content)
    assert not Statement.objects.exists()


def test_a_day_with_its_zone_is_that_day_1127_ab10(officer: Any) -> None:
    read(officer, camt([entry("1.00").replace("2026-03-02<", "2026-03-02+01:00<")]))
    assert StatementLine.objects.get().booked_on == date(2026, 3, 2)


def test_the_newest_balance_counts_wherever_it_stands_1127_ab8() -> None:
    new = camt([entry("1.00")], opening="9.00", closing="10.00")
    old = camt([entry("9.00")], closing="9.00").replace(b"2026-03-02", b"2026-03-01")
    old_statement = b"<Stmt>" + old.partition(b"<Stmt>")[2].partition(b"</Stmt>")[0] + b"</Stmt>"
    found = statements.read(new.replace(b"</Stmt>", b"</Stmt>" + old_statement), AT.date())
    assert (found.account, found.closing) == (ACCOUNT, Money(1000, "EUR"))


def test_what_the_bank_adds_in_words_is_kept_where_nothing_else_is_1127_ab11(officer: Any) -> None:
    added = entry("1.00").replace("</NtryDtls>", "</NtryDtls><AddtlNtryInf>interest for March</AddtlNtryInf>")
    read(officer, camt([added]))
    assert StatementLine.objects.get().text == "interest for March"


def test_a_reference_at_the_end_of_a_long_one_is_found_1127_ab11(officer: Any) -> None:
    charge = bank_charge(2500)
    read(officer, table(row("25.00", f"gift for the beautiful playground {charge.provider_ref}")))
    charge.refresh_from_db()
    assert charge.state == "succeeded"
    assert not BankOrder.objects.exists()


def test_a_refund_whose_payer_erased_the_account_has_another_way_1127_w2(officer: Any) -> None:
    charge = bank_charge(2500)
    read(officer, table(row("25.00", charge.provider_ref, iban=IBAN)))
    charge.refresh_from_db()
    for declared in privacy.personal_data:
        if declared.model in ("payments.StatementLine", "payments.LinePayment"):
            privacy.erase(declared, charge.payer)
    refund = operations.request_refund(
        actor=None, charge=charge, amount=Money(2500, "EUR"), key="back", reason="It failed", at=AT
    )
    payments.work()
    with pytest.raises(Conflict, match="Nothing waits"):
        operations.order_transfers(actor=officer, send_on=AT.date(), at=AT)
    refund.refresh_from_db()
    assert (refund.state, "No account" in refund.failure) == ("alternative_due", True)
    operations.pay_refund_otherwise(actor=officer, refund=refund, reason="In cash, with a receipt", at=AT)
    assert balances() == {}
