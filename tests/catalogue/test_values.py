"""A value is of a kind only if it says the same afterwards; what is not sure is asked, what came late as well."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.catalogue.reading import read_bytes


def column(*values: str, **options: Any) -> Any:
    """Table, values and type of a file with one column of these values."""
    delimited = "x;v\n" + "".join(f"x;{value}\n" for value in values)
    table, rows = read_bytes(delimited.encode(), **options)
    return table, [row[1] for row in rows], table.types["v"]


@pytest.mark.parametrize(
    ("values", "kind", "kept"),
    [
        (["1", "-2", "0"], "integer", [1, -2, 0]),
        (["9223372036854775807", "1"], "integer", [2**63 - 1, 1]),
        (["9223372036854775808", "1"], "string", ["9223372036854775808", "1"]),
        (["1.5", "2", "0.1"], "number", [1.5, 2.0, 0.1]),
        (["1.50", "2.25", "0.10"], "number", [1.5, 2.25, 0.1]),
        (["0.30000000000000004", "1"], "number", [0.30000000000000004, 1.0]),
        (["0.1234567890123456789", "0.2234567890123456789"], "string", None),
        (["1,5", "2,75"], "number", [1.5, 2.75]),
        (["1.234.567,5", "12,0"], "number", [1234567.5, 12.0]),
        (["1,234.5", "12.25"], "number", [1234.5, 12.25]),
        (["2026-01-31", "2024-02-29"], "date", [date(2026, 1, 31), date(2024, 2, 29)]),
        (["31.1.2026", "01.02.2026"], "date", [date(2026, 1, 31), date(2026, 2, 1)]),
        (["25/12/2026", "01/02/2026"], "date", [date(2026, 12, 25), date(2026, 2, 1)]),
        (["12/25/2026", "01/02/2026"], "date", [date(2026, 12, 25), date(2026, 1, 2)]),
        (["2026-01-31T10:00:00Z"], "datetime", [datetime(2026, 1, 31, 10, tzinfo=UTC)]),
        (["true", "false"], "boolean", [True, False]),
        (["+1", "+2"], "string", ["+1", "+2"]),
        ([" 1", "2 "], "string", [" 1", "2 "]),
        (["1e5", "nan"], "string", ["1e5", "nan"]),
        (["1_000", "2_000"], "string", ["1_000", "2_000"]),
    ],
)
def test_a_kind_is_proposed_that_keeps_every_value(values: list[str], kind: str, kept: Any) -> None:
    table, found, proposed = column(*values)
    assert (proposed, found) == (kind, values if kept is None else kept)
    assert not table.rejected


@pytest.mark.parametrize(
    ("values", "question"),
    [
        (["03/04/2026", "05/06/2026"], "date order"),
        (["03-04-2026"], "date order"),
        (["1,234", "5,678"], "decimal comma"),
        (["1.234", "5.678"], "decimal comma"),
        (["007", "008"], "codes"),
        (["1E5", "12"], "codes"),
        (["1.5", "2", "0.10"], "codes"),
        (["2026-01-31T10:00:00"], "zone"),
        (["2026-01-31T10:00:00+02:00"], "zone"),
        (["2026-01-31T10:00:00Z", "2026-01-31T10:00:00"], "zone"),
        (["ναι", "όχι"], "yes or no"),
    ],
)
def test_what_is_ambiguous_is_asked(values: list[str], question: str) -> None:
    table, found, _kind = column(*values)
    assert any(asked.startswith(f"{question}:") for asked in table.ask)
    assert len(found) == len(values)


@pytest.mark.parametrize(
    ("values", "kind", "kept"),
    [
        (["03/04/2026"], "date:%d/%m/%Y", [date(2026, 4, 3)]),
        (["03/04/2026"], "date:%m/%d/%Y", [date(2026, 3, 4)]),
        (["1,234"], "number:comma", [1.234]),
        (["1,234"], "number:thousands", [1234.0]),
        (["ja", "nein", ""], "boolean:ja/nein", [True, False, None]),
        (["2026-01-31T10:00:00+02:00"], "datetime:zone", [datetime(2026, 1, 31, 8, tzinfo=UTC)]),
        (["1", "2"], "string", ["1", "2"]),
    ],
)
def test_the_answer_is_kept_and_no_longer_asked(values: list[str], kind: str, kept: list[Any]) -> None:
    table, found, _type = column(*values, types={"v": kind})
    assert (found, table.ask) == (kept, [])


def test_a_choice_that_a_value_does_not_fit_rejects_its_row() -> None:
    table, found, _kind = column("ja", "vielleicht", "nein", types={"v": "boolean:ja/nein"})
    assert (table.rejected_lines, found) == ([3], [True, False])


MANY = ["1"] * 5000


@pytest.mark.parametrize("late", ["1/2", "00123", "x"])
def test_a_late_value_is_asked_and_its_row_counts_until_then(late: str) -> None:
    table, found, kind = column(*MANY, late, "2")
    assert (kind, table.rejected_lines, found[-1]) == ("integer", [5002], 2)
    assert (table.rows, table.kept, table.rejected_rows) == (5002, 5001, 1)
    assert any(asked.startswith("type: column v") for asked in table.ask)


def test_a_late_decimal_widens_the_column_and_never_rounds() -> None:
    table, found, kind = column(*MANY, "1.5")
    assert (kind, found[-1], table.rejected) == ("number", 1.5, [])


def test_late_words_for_nothing_are_learnt() -> None:
    table, found, kind = column(*MANY, "n/a", "-", "2")
    assert (kind, found[-3:], table.missing) == ("integer", [None, None, 2], {"v": ["-", "n/a"]})


def test_late_text_in_many_rows_makes_the_column_text() -> None:
    table, found, kind = column(*MANY, *["x"] * 2000)
    assert (kind, len(found), table.rejected) == ("string", 7000, [])


def test_missing_is_a_word_only_beside_values() -> None:
    table, found, kind = column("NA", "DE", "GR")
    assert (kind, found, table.nulls) == ("string", ["NA", "DE", "GR"], 0)
