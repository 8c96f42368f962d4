"""Cells of a worksheet that say something and have no value: errors, and formulas whose result is not stored.

python-calamine gives both as empty cells. They are looked for in the bytes, a piece at a time.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

PIECE = 1 << 20
# No row of a worksheet is longer, and none of the parts that name the others.
LONGEST = 1 << 24
CELL = rb"<(?:\w+:)?c\b([^>]*)>"
FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
ERROR = re.compile(CELL + rb"(?:" + FORMULA + rb")?\s*(?:<(?:\w+:)?v[^>]*>([^<]*))?")
BARE = re.compile(CELL + rb"\s*" + FORMULA + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*<|</(?:\w+:)?c>)")
ADDRESS = re.compile(rb'\br="(\w+)"')


@dataclass
class Found:
    """How many cells, and the first one: where it stands and what it has."""

    count: int = 0
    cell: str = ""
    value: str = ""

    def add(self, attributes: bytes, value: bytes = b"") -> None:
        """One more."""
        self.count += 1
        if self.count == 1:
            where = ADDRESS.search(attributes)
            self.cell, self.value = where[1].decode() if where else "–", value.decode(errors="replace")


def questions(path: Path, place: int) -> list[str]:
    """What to ask about the worksheet at this place of the workbook, from 0."""
    errors, formulas = Found(), Found()
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, place)
        for rows in _rows(archive, part) if part else ():
            # Few sheets have them, and a search for two words costs next to nothing.
            if b't="e"' in rows:
                for cell in ERROR.finditer(rows):
                    if b't="e"' in cell[1]:
                        errors.add(cell[1], cell[2] or b"")
            if b"f>" in rows or b"f " in rows:
                for cell in BARE.finditer(rows):
                    # A formula may give an empty text.
                    if b't="e"' not in cell[1] and b't="str"' not in cell[1]:
                        formulas.add(cell[1])
    ask = []
    if errors.count:
        ask.append(
            _(
                "errors: %(count)d cells have an error, which is kept as no value; the first is %(cell)s (%(value)s)"
            )
            % vars(errors)
        )
    if formulas.count:
        ask.append(
            _(
                "formulas: %(count)d cells have a formula without its result, kept as no value; the first is %(cell)s. "
                "A spreadsheet program stores the results when it saves the file"
            )
            % vars(formulas)
        )
    return ask


def _part(archive: zipfile.ZipFile, place: int) -> str:
    """The name of the part that holds a worksheet; empty where the workbook does not say."""
    parts = set(archive.namelist())
    sheets = re.findall(rb"<(?:\w+:)?sheet\s[^>]*?\bid=\"([^\"]+)\"", _begin(archive, "xl/workbook.xml"))
    targets = {}
    if "xl/_rels/workbook.xml.rels" in parts:
        for one in re.findall(
            rb"<(?:\w+:)?Relationship\s[^>]*>", _begin(archive, "xl/_rels/workbook.xml.rels")
        ):
            named, target = re.search(rb'\bId="([^"]+)"', one), re.search(rb'\bTarget="([^"]+)"', one)
            if named and target:
                targets[named[1]] = posixpath.normpath(posixpath.join("xl", target[1].decode())).lstrip("/")
    found = targets.get(sheets[place], "") if place < len(sheets) else ""
    return found if found in parts else ""


def _begin(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(LONGEST)


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The bytes of the part, cut between rows."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            rest += piece
            end = len(rest) if len(rest) > LONGEST else rest.rfind(b"row>") + 1
            if end:
                yield rest[:end]
                rest = rest[end:]
    yield rest
