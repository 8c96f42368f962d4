"""Encoding, delimiter, header and blank lines are found, and what was done about them is said."""

import pytest

from tests.catalogue.reading import read_bytes


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(
    ("content", "header", "skipped"),
    [
        (b"a,b\n1,x\n", ["a", "b"], 0),
        (b"a;b\n1;x,y\n2;z\n", ["a", "b"], 0),
        (b"a|b\n1|x\n", ["a", "b"], 0),
        (b"\xef\xbb\xbfa,b\n1,x\n", ["a", "b"], 0),
        (b"\xef\xbb\xbf1,x\n2,y\n", ["column_1", "column_2"], 0),
        (b"Export of 1 May\n\nid,v\n1,2\n3,4\n", ["id", "v"], 2),
        (b"station,2023,2024\nA,1,2\nB,3,4\n", ["station", "2023", "2024"], 0),
        (b"1,x\n2,y\n", ["column_1", "column_2"], 0),
        (b"a,A,a_2,a\n1,2,3,4\n", ["a", "A_3", "a_2", "a_4"], 0),
        (b'"a\nb",c\n1,2\n', ["a\nb", "c"], 0),
    ],
)
def test_the_header_is_found(content: bytes, header: list[str], skipped: int, careful: bool) -> None:
    table, rows = read_bytes(content, careful=careful)
    assert (table.header, table.skipped_lines) == (header, skipped)
    assert len(rows) == table.rows > 0


def test_decimal_commas_of_a_semicolon_file_part_nothing() -> None:
    """Two rows have a value too many or too few, and all have one comma: the first line says what parts them."""
    table, rows = read_bytes(
        b"district;name;value\n1;North;3,5\n2;South;4,1;x\n3,0;East\n4;West;2,5\n5;Port;1,5\n"
    )
    assert (table.delimiter, table.header) == (";", ["district", "name", "value"])
    assert (table.rejected_lines, len(rows)) == ([3, 4], 3)


def test_years_beside_a_name_are_asked() -> None:
    table, _ = read_bytes(b"station,2023,2024\nA,1,2\nB,3,4\n")
    assert any(question.startswith("header:") for question in table.ask)


def test_blank_lines_are_said_and_in_one_column_they_are_rows() -> None:
    table, rows = read_bytes(b"a,b\n1,2\n\n3,4\n")
    assert "1 blank lines were passed over, the first in line 3" in table.said
    assert rows == [(1, 2), (3, 4)]
    assert read_bytes(b"a\n1\n\n3\n")[1] == [(1,), (None,), (3,)]


def test_a_delimiter_too_many_is_not_passed_over() -> None:
    table, rows = read_bytes(b"a,b\n1,2,\n3,4\n")
    assert (table.rejected_lines, rows) == ([2], [(3, 4)])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name;n\nDvořák;1\nŠťastný;2\n", "windows-1250"),
        ("όνομα;n\nΑθήνα;1\nΠάτρα;2\n", "windows-1253"),
        ("nom;n\nÉlysée;1\nœuvre;2\n", "windows-1252"),
    ],
)
def test_an_encoding_is_proposed_by_the_languages_of_the_site(text: str, encoding: str) -> None:
    language = {"windows-1250": "cs", "windows-1253": "el", "windows-1252": "en"}[encoding]
    table, rows = read_bytes(text.encode(encoding), languages=(language,))
    assert (table.encoding, rows[0][0]) == (encoding, text.split("\n")[1].partition(";")[0])
    assert table.ask[0].startswith("encoding:")


def test_letters_late_in_a_file_decide_its_encoding() -> None:
    table, rows = read_bytes(b"a,b\n" + b"x,1\n" * 200_000 + "Café,2\n".encode("windows-1252"))
    assert (table.encoding, rows[-1]) == ("windows-1252", ("Café", 2))


def test_one_bad_byte_in_utf8_rejects_its_row_alone() -> None:
    table, rows = read_bytes("a,b\nÄrger,1\nÖl,2\n".encode() + b"x\xff,3\n")
    assert (table.encoding, table.rejected_lines, len(rows)) == ("utf-8", [4], 2)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_letters_are_known_also_without_a_mark(encoding: str) -> None:
    table, rows = read_bytes("name,count\nGasse,1\nWeg,2\n".encode(encoding))
    assert (table.header, rows) == (["name", "count"], [("Gasse", 1), ("Weg", 2)])


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(
    ("content", "delimiter", "last"),
    [
        (b'a,b,c\n1,2,x\n9,9,"North, South;"\n', ",", (9, 9, "North, South;")),
        (b'a;b;c\n1;2;"x;y,"\n', ";", (1, 2, "x;y,")),
        (b'a\tb\n1\t"South|"\n', "\t", (1, "South|")),
    ],
)
def test_a_quote_that_another_delimiter_leaves_open_refuses_nothing_1128_tu5(
    content: bytes, delimiter: str, last: tuple[object, ...], careful: bool
) -> None:
    table, rows = read_bytes(content, careful=careful)
    assert (table.refused, table.delimiter, rows[-1]) == ("", delimiter, last)


def test_a_quote_that_the_delimiter_of_the_table_leaves_open_is_refused_1128_tu5() -> None:
    for content in (b'a,b\n1,"North;"\n2,"x\n', b'a;b\n1;2\n3;"x,\n'):
        assert read_bytes(content)[0].refused == "the quote that opens on line 3 is never closed"


@pytest.mark.parametrize(
    ("content", "header", "skipped", "first"),
    [
        (b"Trees;;\nid;name;kind\nt0;a;b\n", ["id", "name", "kind"], 1, "Trees"),
        (b"City;;\nMay;;\n;;\nid;v;w\n1;2;3\n", ["id", "v", "w"], 3, "City"),
    ],
)
def test_a_title_filled_up_with_delimiters_is_asked_1128_tu6(
    content: bytes, header: list[str], skipped: int, first: str
) -> None:
    table, rows = read_bytes(content)
    assert (table.header, table.skipped_lines, len(rows)) == (header, skipped, 1)
    assert table.ask[0].startswith("lines above:")
    assert table.ask[0].endswith(f"the first is {first}")


def test_a_header_of_which_one_column_has_a_name_stays_1128_tu6() -> None:
    assert read_bytes(b"id,,\na,1,2\nb,2,3\n")[0].header == ["id", "column_2", "column_3"]
