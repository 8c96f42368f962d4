"""A statement is read whole or not at all, and a refusal is one line of the log."""

import pytest

from civic.core.errors import Invalid
from marketplace.payments.models import Statement, StatementLine
from tests.factories.payments import balances
from tests.payments.bank_files import ACCOUNT, HEADING, camt, entry, read, row, table

pytestmark = pytest.mark.django_db


def batch(*amounts):
    return "".join(f'<TxDtls><Amt Ccy="EUR">{amount}</Amt></TxDtls>' for amount in amounts)


GOOD = [entry("25.00", number="1")]
DTD = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD = {
    "an amount": camt([*GOOD, entry("ten")]),
    "a negative amount": camt([*GOOD, entry("-1.00")]),
    "no amount": camt([*GOOD, entry("")]),
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
    # Found by the examiners: each was a page of ours that broke, or money in the wrong place.
    "a NUL byte, d6": table(row("25.00"), row("1.00", text="a\0b")),
    "the year 1, d6": table(row("1.00").replace("2026-03-02", "0001-01-01")),
    "the year 9999, s3": table(row("1.00").replace("2026-03-02", "9999-12-31")),
    "a week, s3": table(row("1.00").replace("2026-03-02", "2026-W10-1")),
    "no dashes, s3": table(row("1.00").replace("2026-03-02", "20260302xx")),
    "a heading of megabytes, s3": table(row("1.00")).replace(b"booked_on", b"DE" + b"9" * 5_000_000),
    "next week, s3": table(row("1.00").replace("2026-03-02", "2036-03-09")),
    "a balance of 9999, s3": camt(GOOD, closing="25.00").replace(
        b"<Dt><Dt>2026-03-02</Dt></Dt></Bal>", b"<Dt><Dt>9999-03-02</Dt></Dt></Bal>"
    ),
    "the account's currency, s3": camt([entry("1.00", currency="USD")]).replace(b"<Ccy>EUR", b"<Ccy>USD"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_file_with_one_bad_line_imports_nothing_and_says_why_d6(officer, caplog, content):
    with pytest.raises(Invalid) as refusal:
        read(officer, content)
    assert refusal.value.fields["file"]
    lines = [line.getMessage() for line in caplog.records if "statement refused" in line.getMessage()]
    assert len(lines) == 1
    assert "\n" not in lines[0]
    assert len(lines[0]) < 100  # what it quotes of the file stands on the form, in few words
    assert len(str(refusal.value.fields["file"])) <= 300
    assert (Statement.objects.count(), balances()) == (0, {})


def test_a_batch_is_read_by_its_transactions(officer):
    read(officer, camt([entry("3.00", details=batch("1.00", "2.00"), number="b")]))
    assert sorted(StatementLine.objects.values_list("amount_minor", flat=True)) == [100, 200]
