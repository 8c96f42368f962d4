"""Workbooks: what a cell says is in the table, or it is said that it is not."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from datasets.catalogue.reading import Table
from tests.catalogue.reading import read_file

BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001


def read_rows(
    folder: Path, rows: Iterable[Iterable[Any]], **cells: Any
) -> tuple[Table, list[tuple[Any, ...]]]:
    """The table of a workbook with these rows; `cells` by their address come on top."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for address, value in cells.items():
        book.active[address] = value
    book.save(folder / "book.xlsx")
    return read_file(folder / "book.xlsx")


def test_a_note_beside_a_long_column_takes_no_row_cat_ca7(tmp_path: Path) -> None:
    table, rows = read_rows(tmp_path, [["name"], *([f"n{place}"] for place in range(600))], C500="note")
    assert (table.header, len(rows), table.rejected) == (["name", "column_2", "column_3"], 600, [])
    assert rows[498] == ("n498", None, "note")


def test_a_title_above_a_sheet_is_asked_cat_ca7(tmp_path: Path) -> None:
    table, rows = read_rows(tmp_path, [["Trees of 2026"], ["a", "n"], ["x", 1], ["y", 2]])
    assert [one for one in table.ask if one.startswith("lines above:") and "Trees of 2026" in one]
    assert rows == [("x", 1), ("y", 2)]


def test_errors_and_formulas_without_a_value_are_asked_cat_ca8(tmp_path: Path) -> None:
    rows = [["a", "b", "sum", "e"], [1, 2, "=A2+B2", "#DIV/0!"], [3, 4, "=A3+B3", "x"]]
    table, _ = read_rows(tmp_path, rows, E4="#N/A")
    assert [
        one for one in table.ask if one.startswith("errors: 2 cells") and "D2" in one and "#DIV/0!" in one
    ]
    assert [one for one in table.ask if one.startswith("formulas: 2 cells") and "C2" in one]
    assert not read_rows(tmp_path, [["a", "b"], ["#N/A said", 2]])[0].ask


@pytest.mark.parametrize("first", [0, 1])
def test_midnight_is_a_time_beside_other_times_cat_ca9(tmp_path: Path, first: int) -> None:
    hours = [BEGIN + timedelta(hours=place) for place in range(first, 50)]
    table, rows = read_rows(tmp_path, [["at", "n"], *([hour, 1] for hour in hours)])
    assert (table.types["at"], table.rejected, [row[0] for row in rows]) == ("datetime", [], hours)
    days, found = read_rows(tmp_path, [["day", "n"], [BEGIN, 1], [BEGIN + timedelta(days=1), 2]])
    assert (days.types["day"], found[0][0]) == ("date", BEGIN.date())


def test_a_title_with_a_time_makes_no_times_of_the_days_below_it_cat_ca9(tmp_path: Path) -> None:
    rows = [[BEGIN + timedelta(hours=9)], ["day", "n"], [BEGIN, 1], [BEGIN + timedelta(days=1), 2]]
    table, found = read_rows(tmp_path, rows)
    assert (table.types["day"], found[0][0]) == ("date", BEGIN.date())


def test_durations_are_hours_cat_ca9(tmp_path: Path) -> None:
    spans = [timedelta(hours=30), timedelta(minutes=1, seconds=2), timedelta(hours=30, seconds=1.5)]
    _table, rows = read_rows(tmp_path, [["span", "n"], *([span, 1] for span in spans)])
    assert [row[0] for row in rows] == ["30:00:00", "00:01:02", "30:00:01.500000"]
