"""Letters: a typst template and data become a PDF for archives (PDF/A-3) and screen readers (PDF/UA-1)."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civic.accounts import letters

LETTER = Path(__file__).with_name("letter.typ")
STANDARDS = ("a-3a", "ua-1")
MARK, MARK_ACCENT = "static/img/mark.svg", "#0b6375"
# What no font of the machine can show, and what the standards forbid: typst names all that it meets in one error.
UNSHOWN = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)*)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
TRIES = 5
OVERRIDES = ("LRE", "RLE", "LRO", "RLO", "PDF")


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF; `relationship` is `alternative`, `data`, `source` or `supplement` (ISO 32000-2)."""

    name: str
    content: bytes
    mime_type: str
    description: str
    relationship: str = "alternative"


def render(
    template: Path,
    data: Mapping[str, Any],
    *,
    standards: Iterable[str] = STANDARDS,
    attachments: Iterable[Attachment] = (),
) -> bytes:
    """The PDF of a template and its data (see the package); the same input gives the same letter.

    Characters that no installed font has appear as `□`. Raises typst.TypstError where the template is wrong or the
    data lacks what it reads.
    """
    files = {"main": template.read_bytes(), "letter.typ": LETTER.read_bytes(), "mark.svg": _mark(data)}
    attached = [_described(file, f"attached-{number}") for number, file in enumerate(attachments)]
    files |= {description["place"]: file.content for description, file in attached}
    shown: Any = _changed(dict(data), _plain) | {
        "attachments": [description for description, _file in attached]
    }
    boxes: dict[int, str] = {}
    # typst names at most what it met first, so that a letter with many such characters takes several tries.
    for _try in range(TRIES):
        try:
            return _compile(files, shown, list(standards))
        except typst.TypstError as error:
            unshown = _unshown(error)
            if not unshown:
                raise
            boxes.update({ord(letter): "□" for letter in unshown})
            shown = _changed(shown, lambda text: text.translate(boxes))
    return _compile(files, shown, list(standards))


def _compile(files: dict[str, bytes], data: dict[str, Any], standards: list[Any]) -> bytes:
    # The stubs do not know that several files may be given by name.
    compile_files: Any = typst.compile
    made = compile_files(
        files | {"data.json": json.dumps(data).encode()},
        format="pdf",
        pdf_standards=standards,
        timestamp=int(datetime.fromisoformat(data["at"]).timestamp()),
    )
    return bytes(made)


def _described(file: Attachment, place: str) -> tuple[dict[str, str], Attachment]:
    about = {"place": place, "name": file.name, "mime": file.mime_type}
    return about | {"description": file.description, "relationship": file.relationship}, file


def _mark(data: Mapping[str, Any]) -> bytes:
    """The exchange's mark in the city's accent."""
    drawing = (Path(settings.BASE_DIR) / MARK).read_text()
    return drawing.replace(MARK_ACCENT, data["letterhead"]["accent"]).encode()


def _unshown(error: typst.TypstError) -> set[str]:
    texts = UNSHOWN.findall(error.diagnostic)
    plain = [ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) for text in texts]
    return {letter for text in plain for letter in text}


def _plain(text: str) -> str:
    """Without control characters, which no letter can hold, nor those that write backwards what follows."""
    kept = []
    for letter in text:
        controls = (
            unicodedata.category(letter) in ("Cc", "Cs") or unicodedata.bidirectional(letter) in OVERRIDES
        )
        kept.append(" " if controls else letter)
    return "".join(kept)


def _changed(data: Any, change: Callable[[str], str]) -> Any:
    """The same data with all its texts changed."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {name: _changed(value, change) for name, value in data.items()}
    return [_changed(value, change) for value in data] if isinstance(data, list | tuple) else data


def letterhead() -> dict[str, Any]:
    """Who writes: the city's name and that of its site, and the tones of its accent (`#rrggbb`).

    `lines` may take more, such as the postal address that an invoice has to name.
    """
    head = letters.letterhead()
    tones = head["tones"]
    return {
        "name": settings.BANK_HOLDER or head["site_name"],
        "site": head["site_name"],
        "lines": [],
        "logo": "mark.svg",
        "accent": tones.accent,
        "deep": tones.deep,
        "soft": tones.soft,
    }


def frame(
    *,
    title: str,
    at: datetime,
    recipient: Iterable[str] = (),
    facts: Iterable[tuple[str, str]] = (),
    footer: Iterable[str] = (),
) -> dict[str, Any]:
    """The part of a letter's data that `letter.typ` reads; the letter's own part is added with `|`."""
    head = letterhead()
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        "title": title,
        "at": at.isoformat(),
        "letterhead": head,
        "recipient": list(recipient),
        "facts": [list(pair) for pair in facts],
        "footer": [f"{head['name']} · {settings.SITE_URL.split('//')[-1]}", *footer],
        "words": {"page": _("Page {n} of {all}")},
    }
