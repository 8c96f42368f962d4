"""What no cell and no column can hold is one rejected row or a refused file, never a fault of ours."""

import pytest

from tests.catalogue.reading import read_bytes
from tests.catalogue.test_reading_process import workbook

DEEP = b"[" * 600 + b"]" * 600
FEATURES = (
    b'{"type": "FeatureCollection", %s"features": [{"type": "Feature", "properties": %s, "geometry": %s}]}'
)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": 2, "\\u0000": 3}', "it has a NUL byte"),
        (b'{"a": 2, "x\\u0000y": 3}', "it has a NUL byte"),
        (b'{"a": 2, "\\ud800": 3}', "it has bytes that are not UTF-8"),
        (b'{"a": %s}' % DEEP, "it is nested too deeply"),
        (b'{"a": %s1%s}' % (b'{"b": ' * 600, b"}" * 600), "it is nested too deeply"),
    ],
    ids=["NUL", "NUL within", "surrogate", "list", "object"],
)
def test_a_line_that_no_row_can_hold_is_rejected_cat_ca15(line: bytes, reason: str) -> None:
    table, rows = read_bytes(b'{"a": 1}\n' + line + b"\n", "some.jsonl")
    assert (table.header, rows) == (["a"], [(1,)])
    assert [(row.line, row.reason) for row in table.rejected] == [(2, reason)]


@pytest.mark.parametrize(
    ("properties", "geometry", "reason"),
    [
        (b'{"\\u0000": 1}', b"null", "it has a NUL byte"),
        (b'{"a": %s}' % DEEP, b"null", "it is nested too deeply"),
        (b'{"a": 1}', b'{"type": [1], "coordinates": []}', "its geometry is none of GeoJSON"),
    ],
    ids=["NUL", "deep", "type"],
)
def test_a_feature_that_no_row_can_hold_is_rejected_cat_ca15(
    properties: bytes, geometry: bytes, reason: str
) -> None:
    table, _rows = read_bytes(FEATURES % (b"", properties, geometry), "some.geojson")
    assert [row.reason for row in table.rejected] == [reason]


def test_a_cell_of_a_sheet_with_a_nul_byte_is_rejected_cat_ca15() -> None:
    table, rows = read_bytes(workbook(A1="a", A2="x", A3="a_x0000_b", A4="y"), "some.xlsx")
    assert rows == [("x",), ("y",)]
    assert [(row.line, row.reason) for row in table.rejected] == [(3, "it has a NUL byte")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'{\n "a": 1,\n "b": 2\n}\n', "pretty.json"),
        (b'{"\\u0000": 1}\n', "one.jsonl"),
        (FEATURES % (b'"crs": %s, ' % DEEP, b"{}", b"null"), "deep.geojson"),
    ],
    ids=["pretty", "no key", "crs"],
)
def test_a_document_of_which_nothing_is_a_row_is_refused_cat_ca15(content: bytes, name: str) -> None:
    assert read_bytes(content, name)[0].refused
