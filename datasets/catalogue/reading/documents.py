"""JSON lines and GeoJSON: objects one by one with their physical lines, and numbers as they are written."""

import json
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from datasets.catalogue.reading.geometry import Extent, Literal, fault_of
from datasets.catalogue.reading.layout import MOST_COLUMNS, named
from datasets.catalogue.reading.records import Record, physical_lines
from datasets.catalogue.reading.refusals import BrokenDocument, EmptyFile, OtherCoordinates
from datasets.catalogue.reading.staging import NUMERIC

PIECE = 1 << 20
# The last one begins each text of a sequence (RFC 8142).
SPACES = " \t\r\n\x1e"
MEMBERS = {"type", "id", "geometry", "properties", "bbox", "\0"}
WGS84 = ("CRS84", "4326", "WGS 84", "WGS84")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that is there twice has two values, of which none is taken in silence."""
    found = dict(pairs)
    if len(found) != len(pairs):
        found["\0"] = _("a key is there twice")
    elif not "".join(found).isprintable() and (fault := _unfit(found)):
        # No column can be called so.
        return {"\0": fault}
    return found


DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=Literal, parse_int=Literal, parse_constant=Literal
)


def written(value: Any) -> str:
    """JSON of a value that holds numbers as they were written."""
    if isinstance(value, dict):
        inner = ", ".join(
            f"{json.dumps(key, ensure_ascii=False)}: {written(one)}" for key, one in value.items()
        )
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return str(value) if isinstance(value, Literal) else json.dumps(value, ensure_ascii=False)


def cell(value: Any) -> str:
    """The text of a value in a table; what has an inner structure stays JSON."""
    if isinstance(value, str):
        return str(value)
    return "" if value is None else written(value)


class Objects:
    """Rows of a document whose objects are `read` twice: for the names of the columns, and for the cells.

    `texts` are the columns in which a string looks like a number: the file itself says that it is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts: set[int] = set()
        self.said: list[str] = []
        self.ask: list[str] = []
        keys: dict[str, None] = {}
        found = False
        for _line, value, _fault in self.read():
            found = True
            keys |= dict.fromkeys(key for key in value if key != "\0")
            if len(keys) > MOST_COLUMNS:
                raise BrokenDocument(_("it has more than %(count)d keys") % {"count": MOST_COLUMNS})
        self.keys = list(keys)
        self.noticed(found=found)
        if not self.keys:
            raise BrokenDocument(_("no line of it is an object with keys"))
        self.names = named([key.removeprefix("\0") for key in self.keys], self.said)

    def noticed(self, *, found: bool) -> None:
        """Raises EmptyFile where there is not one line, and BrokenDocument where none is an object with a key."""
        if not found:
            raise EmptyFile
        if not self.keys:
            raise BrokenDocument(_("no line of it is a JSON object with a key"))

    def read(self) -> Iterator[tuple[int, dict[str, Any], str]]:
        """Physical line, object, and why it is no row (or nothing)."""
        for line, text in enumerate(physical_lines(self.path), 1):
            if not text.strip():
                continue
            try:
                value = DECODER.decode(text)
            except (json.JSONDecodeError, RecursionError):
                yield line, {}, _("it is not JSON")
                continue
            yield (
                (line, value, value.get("\0", ""))
                if isinstance(value, dict)
                else (line, {}, _("it is no object"))
            )

    def records(self) -> Iterator[Record]:
        """Every object as a record."""
        for line, value, reason in self.read():
            cells, fault = [], reason
            for place, key in enumerate(self.keys):
                one = value.get(key)
                if type(one) is str and NUMERIC.fullmatch(one):
                    self.texts.add(place)
                try:
                    cells.append(cell(one))
                except RecursionError:
                    fault = _("it is nested too deeply")
            fault = fault or ("" if "".join(cells).isprintable() else _unfit(cells))
            yield Record(line, line, [] if fault else cells, fault)


def _unfit(cells: Iterable[str]) -> str:
    text = "".join(cells)
    if "\0" in text:
        return _("it has a NUL byte")
    return _("it has bytes that are not UTF-8") if any("\ud800" <= one <= "\udfff" for one in text) else ""


class Features(Objects):
    """Features of GeoJSON (RFC 7946): properties as columns, and `geometry`, which stays GeoJSON."""

    def __init__(self, path: Path) -> None:
        self.extent = Extent()
        self.foreign: set[str] = set()
        super().__init__(path)
        self.geometry_column = self.names[-1]

    def noticed(self, *, found: bool) -> None:
        """Tells the extent, and asks about the axes, which no file can show to be right."""
        self.keys = [*(key for key in self.keys if key != "\0geometry"), "\0geometry"]
        if self.foreign:
            names = {"names": ", ".join(sorted(self.foreign))}
            self.said.append(_("members of features that are no properties were not read: %(names)s") % names)
        if self.extent.known:
            where = {"extent": str(self.extent)}
            self.said.append(_("the places lie at %(extent)s") % where)
            if self.extent.could_be_swapped:
                self.ask.append(
                    _("axes: the first number is taken as longitude: %(extent)s. Is that where they lie?")
                    % where
                )

    def read(self) -> Iterator[tuple[int, dict[str, Any], str]]:
        """Each feature with its line; the geometry under a key that no property has."""
        document = _Stream(self.path)
        for line, feature in document.features():
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                yield line, {}, _("it is no feature")
                continue
            geometry, properties = feature.get("geometry"), feature.get("properties") or {}
            if not isinstance(properties, dict):
                yield line, {}, _("its properties are no object")
                continue
            self.foreign |= feature.keys() - MEMBERS
            if "id" in feature and feature["id"] != properties.get("id", feature["id"]):
                self.foreign.add("id")
            fault = feature.get("\0") or properties.get("\0") or fault_of(geometry, self.extent)
            identity = {"id": feature["id"]} if "id" in feature and "id" not in properties else {}
            yield line, {**identity, **properties, "\0geometry": geometry}, fault


class _Stream:
    """A JSON document of which one feature at a time is in memory."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._text, self._place, self._line, self._ended = "", 0, 1, False

    def features(self) -> Iterator[tuple[int, Any]]:
        """Line and feature; lone features and geometries are one each. Raises BrokenDocument and OtherCoordinates."""
        with self._stream:
            alone = yield from self._document(first=True)
            while not self._at_end():
                if not alone:
                    self._second()
                alone = yield from self._document(first=False)

    def _document(self, *, first: bool) -> Generator[tuple[int, Any], None, bool]:
        """Its features; returns whether it is a lone one, after which more may follow, as in a sequence."""
        members: dict[str, Any] = {}
        self._expect("{")
        line = self._line
        while self._peek() != "}":
            key = self._value()
            self._expect(":")
            if key == "features" and self._peek() == "[":
                if not first:
                    self._second()
                members[key] = True
                yield from self._items()
            else:
                members[key] = self._value()
                _check_crs(members.get("crs"))
            if self._peek() != "}":
                self._expect(",")
        self._expect("}")
        if "features" not in members:
            lone = members.get("type") == "Feature"
            yield line, members if lone else {"type": "Feature", "geometry": members, "properties": {}}
        return "features" not in members

    def _second(self) -> NoReturn:
        words = {"line": self._line}
        raise BrokenDocument(
            _("another document begins at line %(line)d, after one with all features") % words
        )

    def _items(self) -> Iterator[tuple[int, Any]]:
        self._expect("[")
        while self._peek() != "]":
            line = self._line
            yield line, self._value()
            if self._peek() != "]":
                self._expect(",")
        self._expect("]")

    def _value(self) -> Any:
        self._peek()
        size = PIECE
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._place)
                # A number at the end of what was read may go on.
                if end < len(self._text) or self._ended:
                    self._pass(end)
                    return value
            except RecursionError:
                self._broken()
            except json.JSONDecodeError:
                if self._ended:
                    self._broken()
            # Twice as much each time: a long feature is tried a few times, not once a megabyte.
            self._more(size)
            size *= 2

    def _peek(self) -> str:
        """The next sign that is no space."""
        if self._at_end():
            self._broken()
        return self._text[self._place]

    def _at_end(self) -> bool:
        """Whether nothing but spaces is left; passes these."""
        while True:
            here = self._place
            while here < len(self._text) and self._text[here] in SPACES:
                here += 1
            self._pass(here)
            if here < len(self._text):
                return False
            if self._ended:
                return True
            self._more(PIECE)

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            self._broken()
        self._pass(self._place + 1)

    def _pass(self, end: int) -> None:
        self._line += self._text.count("\n", self._place, end)
        self._place = end

    def _more(self, size: int) -> None:
        piece = self._stream.read(size)
        self._ended = len(piece) < size
        self._text, self._place = self._text[self._place :] + piece, 0

    def _broken(self) -> NoReturn:
        raise BrokenDocument(
            _("the document breaks off or is not JSON at line %(line)d") % {"line": self._line}
        )


def _check_crs(crs: Any) -> None:
    """The member `crs` of the older GeoJSON."""
    try:
        name = written(crs) if crs else ""
    except RecursionError as wrong:
        raise BrokenDocument from wrong
    if name and not any(known in name for known in WGS84):
        raise OtherCoordinates(
            _("the coordinates are in another system than WGS 84: %(name)s") % {"name": name[:200]}
        )
