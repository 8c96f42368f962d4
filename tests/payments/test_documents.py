"""Letters as PDF: whole, readable by machines and people, and never more than text."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from marketplace.payments import documents

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEMPLATE = """
#import "letter.typ": *
#let data = json("data.json")
#show: letter.with(data)
#figure-of(data.letterhead, "Paid", data.amount)
#amounts(data.letterhead, (("For", "wide"), ("Paid", "right")), data.rows, totals: (("Paid", data.amount),))
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "try.typ"
    file.write_text(TEMPLATE)
    return file


def data(*rows: tuple[str, str], **more: Any) -> dict[str, Any]:
    frame = documents.frame(title="Receipt", at=AT, recipient=["Ada"], facts=[("Number", "7")])
    return frame | {"rows": [list(row) for row in rows], "amount": "€25.00"} | more


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_letter_is_an_archive_file_that_a_screen_reader_reads(template: Path) -> None:
    pdf = documents.render(template, data(("Playground", "€25.00")))
    catalogue = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    stated = catalogue["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>3</pdfaid:part>" in stated
    assert b"<pdfuaid:part>1</pdfuaid:part>" in stated


def test_the_same_input_gives_the_same_letter(template: Path) -> None:
    assert documents.render(template, data()) == documents.render(template, data())


def test_what_people_typed_is_text(template: Path) -> None:
    typed = '#panic("no") $x^2$ *bold* #read("/etc/passwd") <label> @ref \\ "'
    assert typed.replace(" ", "") in text_of(documents.render(template, data((typed, "€1")))).replace(" ", "")


@pytest.mark.parametrize(
    "letters", ["\x00\x1b\u0085", "\ue000\uffff\U000f0000", "a\ud800b", "你好 𓀀 ꙮ \u200b\u202e", "\\u{41}"]
)
def test_letters_that_no_font_has_stop_nothing(template: Path, letters: str) -> None:
    assert "end" in text_of(documents.render(template, data((f"{letters} end", "€1"))))


def test_a_file_travels_inside(template: Path) -> None:
    attachment = documents.Attachment("facts.xml", b"<facts/>", "text/xml", "The same for machines")
    pdf = documents.render(template, data(), attachments=[attachment])
    assert PdfReader(io.BytesIO(pdf)).attachments["facts.xml"] == [b"<facts/>"]


def test_a_wrong_template_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "wrong.typ"
    file.write_text("#nothing-of-this-name()")
    with pytest.raises(typst.TypstError):
        documents.render(file, data())
