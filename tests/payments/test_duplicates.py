"""A movement that may stand in two files is shown, never dropped, and counts for nobody else (D1, M13)."""

from typing import Any

import pytest
from django.db.models import F

from civic.core.errors import Conflict, Invalid
from marketplace.payments import operations, queries
from marketplace.payments.models import Charge, StatementLine
from tests.factories.payments import AT, HELD, balances
from tests.payments.bank_files import IBAN, bank_charge, camt, entry, read, row, table

pytestmark = pytest.mark.django_db


def file(*entries: str, number: str = "") -> bytes:
    """A CAMT.053 whose statement has this number."""
    return camt(entries).replace(b"<Stmt>", f"<Stmt><Id>{number}</Id>".encode())


def both(first: Any, second: Any, line: StatementLine, proposal: str, **more: Any) -> None:
    operations.propose_line_match(
        actor=first, line=line, proposal=proposal, reason="The bank says so", at=AT, **more
    )
    operations.confirm_line_match(actor=second, line=line, at=AT)
    line.refresh_from_db()


@pytest.mark.parametrize("placeholder", ["NONREF", "NOTPROVIDED", "not provided", "0", "--", ""])
def test_a_placeholder_is_no_number_and_both_payers_exist_d1(officer: Any, placeholder: str) -> None:
    alice = entry("44.00", text="Donation Alice", number=placeholder).replace("Ada Payer", "Alice")
    bob = entry("44.00", text="Donation Bob", number=placeholder).replace("Ada Payer", "Bob")
    read(officer, file(alice, number="MORNING"))
    read(officer, file(bob, number="EVENING"))
    lines = StatementLine.objects.order_by("name").values_list("name", "duplicate_of")
    assert list(lines) == [("Alice", None), ("Bob", None)]
    assert balances() == {"bank": 8800, "suspense": 8800}


def test_equal_lines_of_two_statements_are_shown_as_a_doubt_d1(officer: Any) -> None:
    carl = entry("45.00", text="Donation")
    read(officer, file(carl, number="P1"))
    second = read(officer, file(carl, number="P2"))
    line = second.lines.get()
    assert (line.state, line.duplicate_of) == (
        "unclear",
        StatementLine.objects.get(statement__known=0, duplicate_of=None),
    )
    assert balances() == {"bank": 9000, "suspense": 9000}
    assert "1 of them may be the same" in queries.describe(second)


@pytest.mark.parametrize("statement", ["P1", ""])
def test_a_statement_that_is_sent_again_counts_once_d1(officer: Any, statement: str) -> None:
    """By its number and what it says, or by the bank's numbers of its lines."""
    number = "" if statement else "B7"
    carl = entry("45.00", text="Donation", number=number)
    read(officer, file(carl, number=statement))
    again = read(officer, file(carl, entry("1.00", number="B8"), number=statement))
    assert (again.known, balances()) == (1, {"bank": 4600, "suspense": 4600})
    assert "1 was read before." in queries.describe(again)


def test_one_number_for_two_different_movements_is_a_doubt_d1(officer: Any) -> None:
    read(officer, table(row("5.00", text="one", number="77")))
    line = read(officer, table(row("5.00", text="two", number="77"))).lines.get()
    assert line.duplicate_of is not None


def test_the_number_of_an_entry_within_its_statement_is_no_number_d1(officer: Any) -> None:
    first = entry("5.00").replace("<AcctSvcrRef></AcctSvcrRef>", "<NtryRef>1</NtryRef>")
    read(officer, file(first, number="P1"))
    assert read(officer, file(first, number="P2")).lines.get().duplicate_of is not None


def test_two_equal_true_lines_in_two_files_both_count_m13(officer: Any, second: Any) -> None:
    made, later = bank_charge(1000), bank_charge(1000)
    read(officer, table(row("10.00", made.provider_ref), row("4.00", text="other")))
    line = read(officer, table(row("10.00"))).lines.get()
    assert (line.duplicate_of.charge, balances()) == (made, {"bank": 2400, HELD: 1000, "suspense": 1400})
    both(officer, second, line, "charge", target=later)
    later.refresh_from_db()
    assert (later.state, balances()) == ("succeeded", {"bank": 2400, HELD: 2000, "suspense": 400})


def test_a_movement_in_camt_and_csv_is_a_doubt_and_pays_once_d5(officer: Any, second: Any) -> None:
    made = bank_charge()
    read(officer, table(row("25.00", made.provider_ref, text="for the bell")))
    content = file(
        entry("25.00", reference=made.provider_ref, text="FOR THE BELL/REF", number="B1"), number="P1"
    )
    line = read(officer, content).lines.get()
    assert balances() == {"bank": 5000, HELD: 2500, "suspense": 2500}
    both(officer, second, line, "double")
    assert (line.state, line.is_double, balances()) == ("settled", True, {"bank": 2500, HELD: 2500})


def test_a_line_of_another_file_that_is_known_doubles_nothing_else_d1(officer: Any) -> None:
    gift = row("1.00", text="gift")
    read(officer, table(gift))
    lines = read(officer, table(gift, gift)).lines
    assert sorted(line.duplicate_of is None for line in lines.all()) == [False, True]


def test_two_lines_are_not_each_others_double_d5(officer: Any, second: Any) -> None:
    one = read(officer, table(row("5.00"))).lines.get()
    other = read(officer, table(row("5.00"), row("7.00"))).lines.get(amount_minor=500)
    for line, target in ((one, other), (other, one)):
        operations.propose_line_match(
            actor=officer, line=line, proposal="double", target=target, reason="x", at=AT
        )
    operations.confirm_line_match(actor=second, line=one, at=AT)
    with pytest.raises(Conflict):
        operations.confirm_line_match(actor=second, line=other, at=AT)
    assert balances() == {"bank": 1200, "suspense": 1200}


def test_a_double_has_the_same_amount_and_is_another_line_d5(officer: Any) -> None:
    one = read(officer, table(row("5.00"))).lines.get()
    other = read(officer, table(row("6.00"))).lines.get()
    for target in (one, other, None):
        with pytest.raises(Invalid):
            operations.propose_line_match(
                actor=officer, line=one, proposal="double", target=target, reason="x", at=AT
            )


def test_money_that_left_and_stands_in_two_files_books_nothing_twice_d1(officer: Any, second: Any) -> None:
    fee = read(officer, table(row("-9.00", text="fee"))).lines.get()
    both(officer, second, fee, "fee")
    line = read(officer, table(row("-9.00", text="fee"), row("1.00"))).lines.get(amount_minor=-900)
    assert line.duplicate_of == fee
    both(officer, second, line, "double")
    assert balances() == {"bank": -800, "fees/bank": 900, "suspense": 100}


PARTS = [("25.00", "one"), ("3.00", "two"), ("4.00", "three")]


def test_a_batch_as_a_sum_and_then_in_parts_counts_once_1127_ab3(officer: Any, second: Any) -> None:
    """The parts are held back; the sum is their double, and then each can pay what it is for."""
    made = bank_charge()
    whole = read(officer, table(row("28.00", text="collective", iban=""))).lines.get()
    read(officer, table(*(row(amount, text=text) for amount, text in PARTS)))
    parts = StatementLine.objects.filter(duplicate_of=whole)
    assert set(parts.values_list("amount_minor", "state")) == {(2500, "unclear"), (300, "unclear")}
    both(officer, second, whole, "double")
    assert (whole.state, balances()) == ("settled", {"bank": 3200, "suspense": 3200})
    both(officer, second, parts.get(amount_minor=2500), "charge", target=made)
    assert balances() == {"bank": 3200, HELD: 2500, "suspense": 700}
    operations.propose_line_match(
        actor=officer, line=parts.get(amount_minor=300), proposal="income", reason="x", at=AT
    )
    with pytest.raises(Invalid):  # and not the parts of the sum besides
        both(officer, second, StatementLine.objects.get(amount_minor=400), "double", target=whole)


def test_a_batch_in_parts_and_then_as_a_sum_counts_once_1127_ab3(officer: Any, second: Any) -> None:
    made = bank_charge()
    read(officer, table(*(row(amount, text=text) for amount, text in PARTS), row("25.00", made.provider_ref)))
    statement = read(officer, table(row("28.00", text="collective", iban="")))
    whole = statement.lines.get()
    assert (whole.duplicate_of is not None, whole.duplicates.count()) == (True, 2)
    assert "may be the same" in queries.describe(statement)
    both(officer, second, whole, "double")
    assert (whole.is_double, balances()) == (True, {"bank": 5700, HELD: 2500, "suspense": 3200})


def test_a_payment_file_as_a_sum_and_then_in_parts_is_one_1127_ab3(officer: Any, second: Any) -> None:
    """The parts are the double, one after the other."""
    whole = read(officer, table(row("-11.00", text="file", iban=""))).lines.get()
    both(officer, second, whole, "fee")
    one, other = read(officer, table(row("-5.00", text="a"), row("-6.00", text="b"))).lines.order_by(
        "-amount_minor"
    )
    assert one.duplicate_of == other.duplicate_of == whole
    both(officer, second, one, "double")
    both(officer, second, other, "double")
    with pytest.raises(Invalid):  # they are gone: the sum stays
        both(officer, second, whole, "double", target=one)
    assert balances() == {"bank": -1100, "fees/bank": 1100}


def test_amounts_that_add_up_to_nothing_are_no_doubt_1127_ab3(officer: Any) -> None:
    read(officer, table(row("28.00", iban="", text="rent")))
    assert not read(officer, table(row("25.00"), row("2.00"), row("-3.00"))).lines.exclude(duplicate_of=None)


def cash(amount: str, number: str) -> str:
    """An entry of a payer without an account."""
    return entry(amount, text="cash", number=number).replace(
        f"<DbtrAcct><Id><IBAN>{IBAN}</IBAN></Id></DbtrAcct>", ""
    )


def test_money_with_a_reference_of_ours_is_no_part_and_no_sum_1127_tr6(officer: Any) -> None:
    """Whatever the amounts of the day add up to; nor is a line whose number says that it is another movement."""
    parts, whole = [bank_charge(minor) for minor in (1000, 1500)], bank_charge(3000)
    read(officer, camt([cash("25.00", "M1")]))
    rows = [row(amount, one.provider_ref) for amount, one in zip(("10.00", "15.00"), parts, strict=True)]
    read(officer, table(*rows))
    read(officer, table(row("12.00", text="A"), row("18.00", text="B")))
    read(officer, table(row("30.00", whole.provider_ref, iban="", text="pledge")))
    assert set(Charge.objects.values_list("state", flat=True)) == {"succeeded"}
    read(officer, file(entry("5.00", number="B1"), entry("8.00", number="B2"), number="1"))
    assert read(officer, file(cash("13.00", "B3"), number="2")).lines.get().duplicate_of is None


def test_the_transactions_of_one_entry_are_the_parts_of_its_sum_1127_tr6(officer: Any) -> None:
    """However many payers stand around them, and without an account of their own."""
    details = "".join(f"<TxDtls><Amt Ccy='EUR'>{minor}.00</Amt></TxDtls>" for minor in (20, 8))
    payers = [entry(f"{minor}.00", number=f"P{minor}") for minor in range(1, 28)]
    read(officer, camt([*payers, entry("28.00", number="E1", details=details)]))
    whole = read(officer, table(row("28.00", text="collective", iban=""))).lines.get()
    assert sorted(whole.duplicates.values_list("amount_minor", flat=True)) == [800, 2000]


def test_lines_that_name_no_account_are_nobodys_parts_1127_tr6(officer: Any) -> None:
    """Among many lines some add up to any sum; of 2,000 such lines 1,839 were held back, in seconds."""
    read(officer, table(*(row(f"{minor}.00", text=f"{minor}", iban="") for minor in range(20, 40))))
    further = (row(f"{minor}.00", text=f"{minor}", iban="") for minor in range(1, 80, 3))
    assert (
        not read(officer, table(*further))
        .lines.exclude(duplicate_of__amount_minor=F("amount_minor"))
        .exclude(duplicate_of=None)
    )


@pytest.mark.parametrize("way", ["two files", "one file", "sum first", "the day before", "with an account"])
def test_officers_name_the_parts_of_a_batch_1127_tr10(officer: Any, second: Any, way: str) -> None:
    """Where the import does not see it, or sees others that add up to it: 20 + 8 are honest money."""
    made = bank_charge()
    parts = [row("25.00", made.provider_ref), row("3.00", text="two")]
    honest = [row("20.00", text="A"), row("8.00", text="B")]
    whole = row("28.00", text="collective", iban="DE77" if way == "with an account" else "")
    files = {
        "two files": ([parts[0]], [parts[1]], honest, [whole]),
        "one file": ([*parts, *honest, whole],),
        "sum first": ([whole], honest, parts),
        "the day before": ([one.replace("2026-03-02", "2026-03-01") for one in parts], honest, [whole]),
        "with an account": (parts, honest, [whole]),
    }
    for lines in files[way]:
        read(officer, table(*lines))
    found = {line.amount_minor: line for line in StatementLine.objects.select_related("statement")}
    target = queries.statement_lines(f"{found[2500].pk}, {found[300].pk}")
    assert target == [found[2500], found[300]]
    assert queries.statement_lines(f"{found[2500].pk} {made.pk}") is None
    for wrong in ([found[2500]], [found[2500], found[800]], [*target, found[2800]]):
        with pytest.raises(Invalid, match="no sum and its parts"):
            both(officer, second, found[2800], "double", target=wrong)
    both(officer, second, found[2800], "double", target=target)
    assert (found[2800].is_double, balances()) == (True, {"bank": 5600, HELD: 2500, "suspense": 3100})
    assert sorted(found[2800].duplicates.values_list("amount_minor", flat=True)) == [300, 2500]


def test_officers_name_the_sum_and_its_other_parts_1127_tr10(officer: Any, second: Any) -> None:
    """A sum that is settled stays, and its parts are doubles, one after the other."""
    whole = read(officer, table(row("28.00", text="collective"))).lines.get()
    both(officer, second, whole, "income")
    one, other = (read(officer, table(row(amount, text=text))).lines.get() for amount, text in PARTS[:2])
    both(officer, second, one, "double", target=[whole, other])
    both(officer, second, other, "double", target=whole)
    assert balances() == {"bank": 2800, "income": 2800}
