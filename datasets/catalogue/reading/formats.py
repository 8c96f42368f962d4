"""What kind of file it is, by what stands in it: names of files lie."""

import re
import zipfile
from pathlib import Path

from datasets.catalogue.reading.refusals import (
    Archive,
    BrokenDocument,
    EmptyFile,
    OtherProgram,
    Unreadable,
    WebPage,
    XmlDocument,
)

CSV, XLSX, JSON_LINES, GEOJSON, PARQUET = "csv", "xlsx", "jsonl", "geojson", "parquet"
NOT_TABLES: tuple[tuple[bytes, type[Unreadable]], ...] = (
    (b"\x1f\x8b", Archive),
    (b"BZh", Archive),
    (b"\xfd7zXZ", Archive),
    (b"7z\xbc\xaf", Archive),
    (b"Rar!", Archive),
    (b"\x28\xb5\x2f\xfd", Archive),
    (b"%PDF-", OtherProgram),
    (b"\xd0\xcf\x11\xe0", OtherProgram),  # Office before 2007
    (b"\x89PNG", OtherProgram),
    (b"\xff\xd8\xff", OtherProgram),
    (b"SQLite format 3", OtherProgram),
)
WEB_PAGE = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|title|div|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
# GeoJSON says in its first object what it is; so does a line of JSON lines that is a feature, which is rare.
GEO_TYPE = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|(Multi)?(Point|LineString|Polygon)|GeometryCollection)"'
)
# A CSV file may begin with [id].
JSON_ARRAY = re.compile(rb"\[\s*[\[{]")
# A workbook holds its parts packed; unpacked they are in memory.
LARGEST_WORKBOOK = 1 << 30


def format_of(path: Path) -> str:
    """One of the five formats. Raises what the file is instead."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    if not head:
        raise EmptyFile
    for mark, refusal in NOT_TABLES:
        if head.startswith(mark):
            raise refusal
    if head.startswith(b"PAR1"):
        return PARQUET
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if WEB_PAGE.match(text):
        raise WebPage
    if text.startswith(b"<?xml"):
        raise XmlDocument
    if text.startswith(b"{") or JSON_ARRAY.match(text):
        return _json(text, path.suffix.lower())
    return CSV


def _packed(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as wrong:
        raise BrokenDocument from wrong
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Archive
    if sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
        raise Archive("the workbook is larger than 1 GB when it is unpacked")
    return XLSX


def _json(text: bytes, suffix: str) -> str:
    if text.startswith(b"["):
        raise Unreadable("this is one JSON array; JSON lines have an object in each line")
    first = text.partition(b"\n")[0].rstrip()
    lines = suffix in {".jsonl", ".ndjson"} or (first.endswith(b"}") and text.count(b"\n{") > 0)
    if suffix == ".geojson" or (GEO_TYPE.search(text) and not lines):
        return GEOJSON
    return JSON_LINES
