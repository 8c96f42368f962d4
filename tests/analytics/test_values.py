"""No value is changed on its way through a query, and the same question has the same answer."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from civic.core.errors import Invalid
from datasets.analytics.answers import cell
from datasets.analytics.engine.parsing import read
from datasets.analytics.engine.running import file_of
from tests.analytics.asking import TREES, ask, condition, table


def test_rows_come_as_they_stand_in_the_file(tmp_path: Path) -> None:
    found = ask(table(tmp_path))
    assert found.names == ["tree", "planted", "height", "big", "money", "small"]
    assert found.types == ["string", "date", "number", "integer", "number", "number"]
    assert found.rows == [
        ["lime", "2021-03-01", "4.5", "9223372036854775807", "1.10", "0.1"],
        ["oak", "2019-11-20", "6.25", "1", "2.20", None],
        [None, "2020-01-02", "-3", None, "3.30", "0.25"],
        ["", None, None, "5", "0.10", "1"],
    ]


def test_sums_of_decimals_and_of_64_bits_are_exact(tmp_path: Path) -> None:
    measures = [{"take": "sum", "column": one} for one in ("money", "big")]
    assert ask(table(tmp_path), measures=measures).rows == [["6.70", "9223372036854775813"]]


@pytest.mark.parametrize(
    ("asked", "trees"),
    [
        (condition("tree", "equal", "lime"), ["lime"]),
        (condition("tree", "equal", ""), [""]),
        (condition("tree", "missing"), [None]),
        (condition("tree", "not_equal", "lime"), ["oak", ""]),
        (condition("tree", "one_of", ["oak", "lime"]), ["lime", "oak"]),
        (condition("tree", "contains", "a"), ["oak"]),
        (condition("tree", "begins_with", "%"), []),
        (condition("planted", "less", "2020-01-02"), ["oak"]),
        (condition("height", "at_least", "6.25"), ["oak"]),
        (condition("height", "at_most", -3), [None]),
        (condition("big", "equal", "9223372036854775807"), ["lime"]),
        (condition("big", "less", "99999999999999999999999999999999999999"), ["lime", "oak", ""]),
        (condition("money", "equal", "1.1"), ["lime"]),
        (condition("money", "more", "2.1999"), ["oak", None]),
        (condition("small", "equal", "0.1"), ["lime"]),
        ({"any": [condition("tree", "equal", "oak"), condition("money", "less", "1")]}, ["oak", ""]),
    ],
)
def test_filters_compare_values_of_their_type(tmp_path: Path, asked: Any, trees: list[str | None]) -> None:
    assert [row[0] for row in ask(table(tmp_path), filter=asked).rows] == trees


@pytest.mark.parametrize(
    ("group", "begins"),
    [
        ({"column": "planted", "by": "year"}, ["2019-01-01", "2020-01-01", "2021-01-01", None]),
        ({"column": "planted", "by": "quarter"}, ["2019-10-01", "2020-01-01", "2021-01-01", None]),
        ({"column": "planted", "by": "week"}, ["2019-11-18", "2019-12-30", "2021-03-01", None]),
        ({"column": "height", "by": "width", "width": "0.5"}, ["-3.0", "4.5", "6.0", None]),
        ({"column": "height", "by": "width", "width": 2}, ["-4", "4", "6", None]),
        ({"column": "small", "by": "width", "width": "0.1"}, ["0.1", "0.2", "1.0", None]),
        ({"column": "big", "by": "width", "width": 10}, ["0", "9223372036854775800", None]),
    ],
)
def test_groups_begin_where_their_step_begins(tmp_path: Path, group: Any, begins: list[str | None]) -> None:
    assert [row[0] for row in ask(table(tmp_path), group=[group]).rows] == begins


def test_the_order_is_one_whatever_is_asked(tmp_path: Path) -> None:
    rows = "(SELECT i % 7 AS a, i % 3 AS b, i AS n FROM range(1000) AS t(i))"
    path = table(tmp_path, rows)
    grouped = ask(
        path, group=[{"column": "a"}, {"column": "b"}], measures=[{"take": "count"}], sort=[{"by": "count"}]
    )
    assert [row[:2] for row in grouped.rows if row[2] == "47"] == sorted(
        row[:2] for row in grouped.rows if row[2] == "47"
    )
    sorted_rows = ask(path, columns=["b", "n"], sort=[{"by": "b", "descending": True}]).rows
    assert [int(row[1] or 0) for row in sorted_rows[:3]] == [2, 5, 8]


def test_missing_values_come_last_in_both_directions(tmp_path: Path) -> None:
    for descending in (True, False):
        found = ask(table(tmp_path), columns=["big"], sort=[{"by": "big", "descending": descending}])
        assert found.rows[-1] == [None]


def test_csv_and_parquet_have_the_values_of_the_revision(tmp_path: Path) -> None:
    path = table(tmp_path)
    written = file_of([path], tmp_path, read({"columns": ["tree", "money", "big"]}), "csv", {})
    assert written.path.read_text().splitlines() == [
        "tree,money,big",
        "lime,1.10,9223372036854775807",
        "oak,2.20,1",
        ",3.30,",
        '"",0.10,5',
    ]
    kept = file_of([path], tmp_path, read({"limit": 2}), "parquet", {"at": "it's"})
    assert (kept.rows, kept.cut) == (2, "limit")
    with duckdb.connect() as connection:
        first = connection.execute(f"SELECT money, big FROM '{kept.path}'").fetchall()
        about = connection.execute(f"SELECT value FROM parquet_kv_metadata('{kept.path}')").fetchall()
        whole = connection.execute(f"SELECT money, big FROM {TREES}").fetchall()
    assert (first, about) == (whole[:2], [(b"it's",)])


def test_formulas_stay_what_they_are_in_data(tmp_path: Path) -> None:
    path = table(tmp_path, "(SELECT '=cmd|x' AS a, '-1+1' AS b)")
    assert file_of([path], tmp_path, read({}), "csv", {}).path.read_text() == "a,b\n=cmd|x,-1+1\n"


def test_json_has_numbers_as_far_as_none_loses_a_digit() -> None:
    assert cell("9223372036854775807", "integer") == "9223372036854775807"
    assert (cell("12", "integer"), cell("4.5", "number"), cell("NaN", "number")) == (12, 4.5, "NaN")
    assert (cell("true", "boolean"), cell(None, "integer"), cell("007", "string")) == (True, None, "007")


def test_what_cannot_be_calculated_is_said(tmp_path: Path) -> None:
    path = table(tmp_path, "(SELECT 1e300::DOUBLE AS n)")
    with pytest.raises(Invalid, match="too large"):
        ask(path, group=[{"column": "n", "by": "width", "width": 1}])
