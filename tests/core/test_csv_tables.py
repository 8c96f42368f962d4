"""No cell of a CSV is run by a spreadsheet, whichever character its language parts cells with."""

import csv
import io
from decimal import Decimal

import pytest

from civic.core.csv_tables import FORMULA, lines


@pytest.mark.parametrize("begin", FORMULA)
def test_text_that_looks_like_a_formula_is_text(begin: str) -> None:
    (line,) = lines([[f"{begin}1+1", "a"]])
    assert next(csv.reader(io.StringIO(line, newline="")))[0].startswith("'")


@pytest.mark.parametrize("text", ["a;=1+1", "a;=1+1;", ";@SUM(A1)", "a;-1;+2", "=1;=2", "a;\t=1"])
def test_a_semicolon_begins_no_formula(text: str) -> None:
    (line,) = lines([["first", text, "last"]])
    cells = [cell for row in csv.reader(io.StringIO(line, newline=""), delimiter=";") for cell in row]
    assert len(cells) > 1
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_other_text_and_numbers_stay_as_they_are() -> None:
    (line,) = lines([["bread; butter - and jam", -5, Decimal("-2.50"), None, True]])
    assert line == "bread; butter - and jam,-5,-2.50,,true\r\n"
