"""Statements that are missing are shown, and real files that were refused are read (AB8, AB10, AB11)."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from civic.core import events
from civic.core.errors import Invalid
from civic.core.models import Event
from civic.core.money import Money
from marketplace.payments import operations, providers, queries, statements
from marketplace.payments.models import Statement, StatementLine
from marketplace.payments.operations import statements as statement_operations
from marketplace.payments.queries.statements import missing_before
from tests.factories.payments import AT, balances
from tests.payments.bank_files import ACCOUNT, bank_charge, camt, entry, read, row, table

pytestmark = pytest.mark.django_db


def of_day(day: int, opening: str, closing: str, amount: str = "", number: int | None = None) -> bytes:
    """A statement of one day, with what moved on it."""
    moved = [entry(amount, text=f"on {day}")] if amount else []
    content = camt(moved, opening=opening, closing=closing).replace(
        b"2026-03-02", f"2026-02-{day:02}".encode()
    )
    counted = f"<Stmt><ElctrncSeqNb>{number}</ElctrncSeqNb>" if number else "<Stmt>"
    return content.replace(b"<Stmt>", counted.encode())


def together(*contents: bytes) -> bytes:
    """All their statements in one file."""
    inner = b"".join(
        one.partition(b"<Stmt>")[2].partition(b"</Stmt>")[0].join([b"<Stmt>", b"</Stmt>"]) for one in contents
    )
    before, after = contents[0].partition(b"<Stmt>")[0], contents[0].rpartition(b"</Stmt>")[2]
    return before + inner + after


def test_a_gap_between_two_statements_is_shown_until_it_is_closed_1127_ab8(officer: Any) -> None:
    read(officer, of_day(2, "0.00", "25.00", "25.00"))
    later = read(officer, of_day(5, "100.00", "103.00", "3.00"))
    assert missing_before([later]) == {later.pk: "€75 moved before it, on no statement"}
    client = Client()
    client.force_login(officer)
    assert "€75 moved before it" in client.get("/admin/payments/statement/").content.decode()
    read(officer, of_day(4, "25.00", "100.00", "75.00"))
    assert missing_before(Statement.objects.all()) == {}


def test_a_missing_number_is_shown_and_a_day_without_movements_is_read_1127_ab8(officer: Any) -> None:
    read(officer, of_day(2, "0.00", "25.00", "25.00", number=7))
    later = read(officer, of_day(5, "25.00", "28.00", "3.00", number=10))
    assert missing_before([later]) == {later.pk: "statements 8 to 9 are missing"}
    for day, number in ((3, 8), (4, 9)):
        assert read(officer, of_day(day, "25.00", "25.00", number=number)).lines.count() == 0
    assert missing_before(Statement.objects.all()) == {}


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize(("opening", "gaps"), [("25.00", 0), ("100.00", 1)])
def test_a_gap_within_a_file_is_counted_wherever_the_newest_stands_1127_ab8(
    newest_first: bool, opening: str, gaps: int
) -> None:
    closing = f"{float(opening) + 3:.2f}"
    both = [of_day(2, "0.00", "25.00", "25.00"), of_day(3, opening, closing, "3.00")]
    found = statements.read(together(*(reversed(both) if newest_first else both)), AT.date())
    assert (found.gaps, found.closing, found.closing_on) == (
        gaps,
        Money.parse(closing, "EUR"),
        date(2026, 2, 3),
    )
    assert found.opening == Money(0, "EUR") or gaps


def test_the_last_of_two_statements_of_a_day_has_the_balance_1127_ab8(officer: Any) -> None:
    """Also where it was read first."""
    read(officer, of_day(2, "25.00", "28.00", "3.00"))
    read(officer, of_day(2, "0.00", "25.00", "25.00"))
    assert providers.get("bank").balance("EUR") == Money(2800, "EUR")
    assert missing_before(Statement.objects.all()) == {}


def test_an_entry_after_the_closing_day_is_refused_1127_ab8(officer: Any) -> None:
    early = of_day(2, "0.00", "25.00", "25.00").replace(
        b"<BookgDt><Dt>2026-02-02", b"<BookgDt><Dt>2026-02-03"
    )
    with pytest.raises(Invalid):
        read(officer, early)


def test_files_that_banks_really_send_are_read_1127_ab10(officer: Any) -> None:
    batch = "<TxDtls><Amt Ccy='EUR'>25.00</Amt></TxDtls><TxDtls><Amt Ccy='EUR'>3.00</Amt></TxDtls>"
    kept = "<Chrgs><TtlChrgsAndTaxAmt Ccy='EUR'>0.50</TtlChrgsAndTaxAmt></Chrgs>"
    net = entry("27.50", details=batch).replace("<NtryDtls>", f"{kept}<NtryDtls>")
    only = batch.replace("<Amt ", "<AmtDtls><InstdAmt><Amt ").replace("</Amt>", "</Amt></InstdAmt></AmtDtls>")
    undated = entry("1.00").replace("BookgDt", "ValDt")
    nothing, instructed = entry("0.00"), entry("28.00", details=only)
    content = camt([net, nothing, instructed, undated]).replace(ACCOUNT.encode(), ACCOUNT.lower().encode())
    read(officer, content)
    amounts = sorted(StatementLine.objects.values_list("amount_minor", flat=True))
    assert amounts == [-50, 100, 300, 300, 2500, 2500]
    with pytest.raises(Invalid):  # what is missing is not what the bank says that it kept
        read(officer, camt([net.replace("0.50", "0.40")]))


def test_of_all_accounts_in_a_file_ours_is_read_1127_ab10(officer: Any) -> None:
    other = of_day(2, "0.00", "5.00", "5.00").replace(ACCOUNT.encode(), b"DE89370400440532013000")
    read(officer, together(other, of_day(2, "0.00", "25.00", "25.00")))
    assert balances()["bank"] == 2500
    assert Statement.objects.get().account == settings.BANK_ACCOUNT


def test_a_table_with_carriage_returns_alone_is_read_1127_ab10(officer: Any) -> None:
    assert read(officer, table(row("5.00"), row("6.00")).replace(b"\n", b"\r")).lines.count() == 2


def test_a_reference_in_a_payers_own_words_is_found_1127_ab11(officer: Any) -> None:
    """In the end-to-end id; for whom they pay is kept."""
    charge = bank_charge(2500)
    shown = entry("25.00", own=charge.provider_ref).replace(
        "</RltdPties>", "<UltmtDbtr><Nm>Grandmother</Nm></UltmtDbtr></RltdPties>"
    )
    read(officer, camt([shown]))
    charge.refresh_from_db()
    assert (charge.state, "Grandmother" in StatementLine.objects.get().text) == ("succeeded", True)


@pytest.mark.parametrize("place", ["text", "second"])
def test_two_references_in_two_places_pay_neither_1127_ab11(officer: Any, place: str) -> None:
    one, other = bank_charge(2500), bank_charge(2500)
    shown = entry("25.00", reference=one.provider_ref, text=other.provider_ref if place == "text" else "")
    if place == "second":
        again = f"</Strd><Strd><CdtrRefInf><Ref>{other.provider_ref}</Ref></CdtrRefInf></Strd>"
        shown = shown.replace("</Strd>", again)
    line = read(officer, camt([shown])).lines.get()
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.state, other.state, line.state) == ("prepared", "prepared", "unclear")
    assert one.provider_ref in line.text


def test_a_large_file_is_matched_by_a_worker_1127_ab12(officer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many lines at a time; the answer and the list say how far it is, and nobody compares the bank meanwhile."""
    monkeypatch.setattr(statement_operations, "AT_ONCE", 2)
    charge = bank_charge(500)
    rows = [row("5.00", charge.provider_ref), *(row("1.00", text=str(number)) for number in range(4))]
    made = read(officer, table(*rows))
    assert "5 are still being matched" in queries.describe(made)
    Statement.objects.filter(pk=made.pk).update(closing_minor=900, closing_on=AT.date())
    assert not operations.reconcile(at=AT)
    client = Client()
    client.force_login(officer)
    assert ">5<" in client.get("/admin/payments/statement/").content.decode()
    while events.deliver_pending(at=AT):
        pass
    charge.refresh_from_db()
    assert (charge.state, balances()["bank"], queries.being_matched([made])) == ("succeeded", 900, {})
    assert Event.objects.filter(kind="statement.continued").count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE a [<!ENTITY r 'x'>]><a>&r;</a>", "it declares a document type or entities"),
        (b"account,amount,sum,sum\n", "booked_on, currency missing; sum, sum not known; sum twice there"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words_26_a17(officer: Any, content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(officer, content)
    told = str(refusal.value.fields["file"])
    assert words in told
    assert "[" not in told
    assert "DTD" not in told
