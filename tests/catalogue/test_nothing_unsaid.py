"""No value is changed and no row lost without a question, a rejection or a word: what was found on 27 November."""

import json
from typing import Any

import pytest

from tests.catalogue.reading import read_bytes
from tests.catalogue.test_values import MANY, column


def both(content: bytes, name: str = "table.csv", **options: Any) -> Any:
    """As DuckDB reads it and as we do record by record: the same."""
    fast, careful = (read_bytes(content, name, careful=careful, **options) for careful in (False, True))
    assert (fast[0].as_dict(), fast[1]) == (careful[0].as_dict(), careful[1])
    return fast


def asked(table: Any, question: str) -> bool:
    return any(one.startswith(f"{question}:") for one in table.ask)


def test_a_column_that_is_chosen_as_text_keeps_words_for_nothing_cat_ca3() -> None:
    words = ["007", "NA", "–", "null", "-"]
    table, found, _kind = column(*words, types={"v": "string"})
    assert (found, table.missing, table.nulls) == (words, {}, 0)


@pytest.mark.parametrize(
    "long", ["9999999999999999", "9007199254740993", "-9007199254740993", "0.12345678901234567"]
)
@pytest.mark.parametrize("late", [False, True])
def test_a_number_of_more_digits_than_it_keeps_is_none_cat_ca4(long: str, late: bool) -> None:
    values = [*(["1.5", "2.5"] * 600 if late else ["1.5"]), long]
    table, found, kind = column(*values)
    assert (kind, found[-1]) == ("string", long) or table.rejected[0].value == long
    assert all(one != float(long) for one in found if isinstance(one, float))
    assert column("1.5", long, types={"v": "number"})[0].rejected_lines == [3]


@pytest.mark.parametrize(
    "values",
    [
        ["1.1", "1.10", "1.2", "1.20"],
        ["1.9", "1.10", "1.11"],
        ["1", "1.0"],
        ["1,1", "1,10", "2,5"],
        ["2", "1.50", "2.00"],
        ["1,200.5", "1,200.50"],
    ],
)
def test_decimals_that_end_in_various_zeros_are_asked_as_codes_cat_ca5(values: list[str]) -> None:
    table, found, kind = column(*values)
    assert (kind, found, asked(table, "codes")) == ("string", values, True)


@pytest.mark.parametrize(
    "values",
    [
        ["1.50", "2.25", "3.00"],
        ["1.50", "2", "10.75"],
        ["1,50", "2,25"],
        ["12.0", "0.01", "12.5"],
        ["0.5", "3", "12.25"],
        ["1,234.50", "12.25"],
    ],
)
def test_decimals_that_are_written_in_one_way_are_numbers_cat_ca5(values: list[str]) -> None:
    table, _found, kind = column(*values)
    assert (kind, table.ask, table.rejected) == ("number", [], [])


@pytest.mark.parametrize("begin", [["1.5", "2.5"] * 600, MANY])
def test_codes_that_come_late_make_the_column_text_and_are_asked_cat_ca5(begin: list[str]) -> None:
    values = [*begin, *["2.10", "2.1"] * 40]
    table, found, kind = column(*values)
    assert (kind, found, asked(table, "codes")) == ("string", values, True)
    both(("x;v\n" + "".join(f"x;{value}\n" for value in values)).encode())


def test_late_prices_widen_whole_numbers_cat_ca5() -> None:
    table, found, kind = column(*MANY, "1.50", "2.25")
    assert (kind, found[-2:], table.ask) == ("number", [1.5, 2.25], [])


def test_an_answer_makes_numbers_of_various_zeros_cat_ca5() -> None:
    table, found, _kind = column("1.1", "1.10", types={"v": "number"})
    assert (found, table.ask, table.rejected) == ([1.1, 1.1], [], [])


FEATURE = {"type": "Feature", "properties": {"a": 1}, "geometry": None}


def test_each_line_of_a_sequence_of_features_is_a_row_cat_ca6() -> None:
    lines = "".join(json.dumps({**FEATURE, "properties": {"a": place}}) + "\n" for place in range(20))
    table, rows = read_bytes(lines.encode(), "trees.geojson")
    assert (table.rejected, [row[0] for row in rows]) == ([], list(range(20)))
    broken = read_bytes((lines + '{"type": "Feat').encode(), "trees.geojson")[0]
    assert "breaks off or is not JSON at line 21" in broken.refused


@pytest.mark.parametrize(
    "second", ["{}", '{"type": "FeatureCollection", "features": []}', "x", json.dumps(FEATURE)]
)
def test_what_follows_a_collection_is_refused_cat_ca6(second: str) -> None:
    first = json.dumps({"type": "FeatureCollection", "features": [FEATURE]})
    table, _ = read_bytes(f"{first}\n{second}\n".encode(), "trees.geojson")
    assert "line 2" in table.refused
    table, _ = read_bytes(f"{json.dumps(FEATURE)}\n{first}\n".encode(), "trees.geojson")
    assert "line 2" in table.refused


def test_a_second_document_in_a_line_is_rejected_cat_ca6() -> None:
    table, rows = read_bytes(b'{"a": 1}\n{"a": 2}{"a": 3}\n{"a": 4}\n', "data.jsonl")
    assert (table.rejected_lines, rows) == ([2], [(1,), (4,)])


@pytest.mark.parametrize("content", [b'{\n "a": 1\n}\n', b"{}\n{}\n"])
def test_lines_of_which_none_is_an_object_with_a_key_are_refused_cat_ca15(content: bytes) -> None:
    assert read_bytes(content, "data.json")[0].refused == "no line of it is a JSON object with a key"


def test_filled_lines_above_a_table_are_asked_cat_ca7() -> None:
    table, _ = both(b"Export of 1 May\n\nid,v\n1,2\n3,4\n")
    assert asked(table, "lines above")
    assert "Export of 1 May" in " ".join(table.ask)
    assert not asked(both(b"\n\nid,v\n1,2\n3,4\n")[0], "lines above")


def test_many_lines_above_a_table_are_rejected_cat_ca7() -> None:
    names = "".join(f"name {place}\n" for place in range(40)) + "Smith, Anna\n" * 60
    table, rows = both(names.encode())
    assert (table.header, len(rows)) == (["Smith", " Anna"], 59)
    assert asked(table, "lines above")
    assert table.rejected_lines == list(range(1, 41))


@pytest.mark.parametrize("word", ["infinity", "-infinity", "epoch", "0044-03-15 (BC)", "10000-01-01"])
def test_a_late_word_is_no_day_cat_ca30(word: str) -> None:
    table, found, kind = column(*["2026-01-31"] * 1500, word)
    assert (kind, len(found), [row.value for row in table.rejected]) == ("date", 1500, [word])


def test_a_long_value_is_no_open_quote_cat_ca29() -> None:
    long = "x" * 999_999
    table, rows = both(f"a,b\n1,{long}\n2,y\n".encode())
    assert (table.refused, rows) == ("", [(1, long), (2, "y")])
    table, _ = read_bytes(f"a,b\n1,{long}xx\n2,y\n".encode())
    assert table.refused == "a value on line 2 has more than 1000000 letters"


def test_an_id_of_the_properties_is_read_cat_ca29() -> None:
    features = [{**FEATURE, "properties": {"id": place}} for place in range(2)]
    document = {"type": "FeatureCollection", "features": features}
    table, rows = read_bytes(json.dumps(document).encode(), "a.geojson")
    assert ([one for one in table.said if "not read" in one], [row[0] for row in rows]) == ([], [0, 1])
    features[0]["id"] = 7
    assert any(
        "not read: id" in one for one in read_bytes(json.dumps(document).encode(), "a.geojson")[0].said
    )


def test_a_column_that_is_called_otherwise_is_said_cat_ca29() -> None:
    table, _ = both("Name,name,ß,SS,n\nx,y,z,u,1\n".encode())
    assert table.header == ["Name", "name_2", "ß", "SS_2", "n"]
    assert "column name is called name_2: names have to differ by more than capitals" in table.said
    assert "column SS is called SS_2: names have to differ by more than capitals" in table.said
