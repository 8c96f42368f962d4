"""JSON lines, GeoJSON, XLSX and Parquet by the same rules as CSV."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.catalogue.reading import DATA, read_bytes, read_file


def test_json_lines_keep_numbers_as_written_and_strings_as_strings() -> None:
    lines = (
        b'{"id": "007", "n": 1.50, "big": 12345678901234567890}\n{"id": "8", "n": 2, "tags": ["x", 1.0]}\n'
    )
    table, rows = read_bytes(lines, "data.jsonl")
    assert table.types == {"id": "string", "n": "number", "big": "string", "tags": "string"}
    assert rows == [("007", 1.5, "12345678901234567890", None), ("8", 2.0, None, '["x", 1.0]')]


def test_a_broken_line_is_rejected_and_the_others_stay() -> None:
    lines = b'{"a": 1}\n{"a": \n\n[1]\n{"a": 1, "a": 2}\n{"a": 3}\n'
    table, rows = read_bytes(lines, "data.jsonl")
    assert table.rejected_lines == [2, 4, 5]
    assert rows == [(1,), (3,)]


def test_features_have_their_lines_and_a_cut_document_is_refused() -> None:
    feature = {"type": "Feature", "id": 1, "title": "x", "properties": {"a": 1}, "geometry": None}
    bad = {**feature, "geometry": {"type": "Point", "coordinates": [200, 1]}}
    text = '{"type": "FeatureCollection", "name": "x", "features": [\n' + ",\n".join(
        json.dumps(one) for one in (feature, bad, feature)
    )
    table, rows = read_bytes(f"{text}\n]}}".encode(), "a.geojson")
    assert (table.header, table.rejected_lines, len(rows)) == (["id", "a", "geometry"], [3], 2)
    assert "members of features that are no properties were not read: title" in table.said
    assert "breaks off" in read_bytes(text.encode(), "a.geojson")[0].refused


def test_a_feature_larger_than_a_piece_is_read() -> None:
    ring = [[place / 100_000, 1.25] for place in range(100_000)]
    geometry = {"type": "LineString", "coordinates": ring}
    table, rows = read_bytes(json.dumps(geometry).encode(), "a.geojson")
    assert (table.rows, json.loads(rows[0][0])) == (1, geometry)


def test_cells_of_a_workbook_that_are_text_stay_text() -> None:
    table, rows = read_file(DATA / "frictionless" / "cast-int-to-string-issue-1251.xlsx")
    assert (table.format, rows[0]) == ("xlsx", ("001", "b", 1, "a", 1))


def test_a_title_above_a_sheet_is_skipped_and_rows_have_their_numbers(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Trees"], [], ["name", "n"], ["a", 1], ["b", "x"], ["c", 2], ["d", 3]):
        book.active.append(row)
    book.save(tmp_path / "trees.xlsx")
    table, rows = read_file(tmp_path / "trees.xlsx")
    assert (table.skipped_lines, table.header, table.rejected_lines) == (2, ["name", "n"], [5])
    assert rows == [("a", 1), ("c", 2), ("d", 3)]


@pytest.mark.parametrize("rows", [0, 3])
def test_parquet_keeps_its_own_types(tmp_path: Path, rows: int) -> None:
    file = tmp_path / "a.parquet"
    query = (
        f"SELECT i, 'x' || i AS s, DATE '2026-01-31' AS d, 1.10::DECIMAL(9,2) AS n FROM range({rows}) t(i)"
    )
    duckdb.sql(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    table, found = read_file(file)
    assert found == duckdb.sql(query).fetchall()
    assert table.types == {"i": "integer", "s": "string", "d": "date", "n": "number"}
