"""What Parquet files have and CSV has not: written so that it says the same, or said."""

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from datasets.catalogue import profiling
from datasets.catalogue.reading import Table, read


def published(folder: Path, query: str) -> tuple[Table, list[dict[str, str]], dict[str, Any]]:
    """The table of a Parquet file with the rows of a query, rows of its CSV, and its profile."""
    file, target, text = folder / "in.parquet", folder / "out.parquet", folder / "out.csv"
    duckdb.sql(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    return as_csv(read(file, folder, target), folder, text)


def as_csv(table: Table, folder: Path, text: Path) -> tuple[Table, list[dict[str, str]], dict[str, Any]]:
    assert not table.refused
    profile = profiling.profile(folder / "out.parquet", folder, text)
    with text.open(encoding="utf-8", newline="") as stream:
        return table, list(csv.DictReader(stream)), profile


def test_lists_and_parts_are_json_cat_ca22(tmp_path: Path) -> None:
    query = "SELECT ['a', 'b, c'] AS l, {'x': '1'} AS s, {'x': 1} AS n, MAP {'k': [1]} AS m, NULL::INTEGER[] AS none"
    _table, rows, profile = published(tmp_path, query)
    found = [json.loads(rows[0][name]) for name in "lsnm"]
    assert (found, rows[0]["none"]) == ([["a", "b, c"], {"x": "1"}, {"x": 1}, {"k": [1]}], "")
    assert json.loads(profile["columns"]["s"]["least"]) == {"x": "1"}
    assert json.loads(profile["first"][0][0]) == ["a", "b, c"]


@pytest.mark.parametrize("kind", ["TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMP"])
def test_times_of_each_fineness_are_times_cat_ca22(tmp_path: Path, kind: str) -> None:
    table, rows, _profile = published(tmp_path, f"SELECT '2026-01-02 03:04:05'::{kind} AS at, 1 AS n")
    assert (table.types["at"], rows[0]["at"]) == ("datetime", "2026-01-02T03:04:05")


def test_what_is_no_finite_number_or_day_is_said_cat_ca22(tmp_path: Path) -> None:
    query = (
        "SELECT unnest(['nan', 'inf', '-inf', '1.5'])::DOUBLE AS d,"
        " unnest(['infinity', '44-03-15 (BC)', '2026-01-31', '300000-01-01'])::DATE AS day,"
        " unnest(['infinity', '-infinity', '2026-01-31 10:00', NULL])::TIMESTAMP AS at, 1 AS n"
    )
    table, rows, _profile = published(tmp_path, query)
    assert [row["d"] for row in rows] == ["NaN", "INF", "-INF", "1.5"]
    said = " ".join(table.said)
    assert "3 values of column d are no finite numbers" in said
    assert "3 values of column day" in said
    assert "2 values of column at" in said
    assert "column n" not in said


def test_small_numbers_have_no_exponent_cat_ca30(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("x,v\na,0.00001\nb,-0.000012345\nc,2.5\n")
    table = read(tmp_path / "in.csv", tmp_path, tmp_path / "out.parquet")
    _table, rows, _profile = as_csv(table, tmp_path, tmp_path / "out.csv")
    assert (table.types["v"], [row["v"] for row in rows]) == ("number", ["0.00001", "-0.000012345", "2.5"])


def test_a_missing_value_of_the_only_column_is_a_line_with_quotes_cat_ca30(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("v\n1\n\n3\n")
    table = read(tmp_path / "in.csv", tmp_path, tmp_path / "out.parquet")
    _table, rows, _profile = as_csv(table, tmp_path, tmp_path / "out.csv")
    assert rows == [{"v": "1"}, {"v": ""}, {"v": "3"}]
