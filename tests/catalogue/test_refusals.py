"""What is no table is refused as a whole, in words that help."""

import gzip
import io
import time
import zipfile

import pytest

from datasets.catalogue.reading import Choices
from tests.catalogue.reading import read_bytes


def archive(**parts: bytes) -> bytes:
    """A ZIP file with these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", "the file is empty"),
        (b"\n \n\n", "the file is empty"),
        (b"<html><body>Sign in</body></html>", "this is a web page, not a table"),
        (b"<!-- moved -->\n<!DOCTYPE html>", "this is a web page, not a table"),
        (b"<?xml version='1.0'?><a/>", "this is an XML document, not a table"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "this is an archive, not a table"),
        (archive(a=b"a,b\n1,2\n"), "this is an archive, not a table"),
        (b"PK\x03\x04broken", "the file is damaged or incomplete"),
        (b"PAR1broken", "the file is damaged or incomplete"),
        (b"%PDF-1.7\n", "this is not a table that can be read here"),
        (bytes(range(256)) * 8, "this is not text"),
        (b'a,b\n1,"x\n2,y\n', "the quote that opens on line 2 is never closed"),
        (b'[{"a": 1}]', "this is one JSON array; JSON lines have an object in each line"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, refused: str) -> None:
    table, _ = read_bytes(content)
    assert table.refused == refused
    assert table.advice
    assert table.as_dict() == {"format": table.format, "refused": refused, "advice": table.advice}


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    book = bytearray(archive(**{"xl/workbook.xml": b"<a/>"}))
    size = book.index(b"PK\x01\x02") + 24
    book[size : size + 4] = (1 << 31).to_bytes(4, "little")
    table, _ = read_bytes(bytes(book), "bomb.xlsx")
    assert "larger than 1 GB" in table.refused


def test_answers_that_are_none_are_refused() -> None:
    for wrong in ({"encoding": "zip"}, {"encoding": "none"}, {"delimiter": "ab"}, {"delimiter": "\n"}):
        assert read_bytes(b"a,b\n1,2\n", choices=Choices(**wrong))[0].refused
    assert read_bytes(b"a," * 2000 + b"b\n")[0].refused == "it has more than 2000 columns"


def test_a_long_value_that_is_rejected_is_told_in_part() -> None:
    table, _ = read_bytes(b"a,b\n1,2\n2,3\n" + b"x" * 100_000 + b",4\n")
    assert (table.rejected_lines, table.rejected[0].value) == ([4], "x" * 200)


def test_an_unclosed_quote_is_found_before_it_has_eaten_a_long_file() -> None:
    begin = time.process_time()
    table, _ = read_bytes(b"a,b\n" + b"1,2\n" * 5000 + b'1,"2\n' + b"1,2\n" * 1_000_000)
    assert table.refused == "the quote that opens on line 5002 is never closed"
    assert time.process_time() - begin < 10


def test_a_line_without_end_is_cut_into_lines_that_are_rejected() -> None:
    table, rows = read_bytes(b"a,b\n" + b"1,2," * 2_000_000 + b"\n")
    assert (rows, table.rows) == ([], 0)
    assert table.rejected_rows == 2
