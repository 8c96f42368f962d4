"""Bytes to rows: decoding, limits and CSV, with the line number at hand for every error."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from projects.voting.pabulib.document import Malformed

LONGEST_LINE = 128 * 1024  # bytes; the limit of one field in Python's csv as well
LONGEST_QUOTE = 100  # lines; an unclosed quotation mark would otherwise swallow the rest of the file


class Rows:
    """The rows of a `.pb` stream, blank lines left out, every field stripped.

    `line` is where the last row began.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name, self.line = name, 1
        self._stream = stream
        self._read = 0
        self._reader = csv.reader(self._lines(), delimiter=";", strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        while True:
            self.line = self._read + 1
            try:
                row = [field.strip() for field in next(self._reader)]
            except csv.Error as wrong:
                raise self.malformed(f"not readable as ;-separated text ({wrong})") from wrong
            if any(row):
                return row

    def malformed(self, wrong: str, line: int | None = None) -> Malformed:
        """The error for the row last read, or for an earlier line."""
        return Malformed(self.name, line or self.line, wrong)

    def _lines(self) -> Iterator[str]:
        while raw := self._stream.readline(LONGEST_LINE + 1):
            self._read += 1
            if self._read - self.line >= LONGEST_QUOTE:
                raise self.malformed(f"a quotation mark is not closed within {LONGEST_QUOTE} lines")
            yield self._decode(raw)

    def _decode(self, raw: bytes) -> str:
        if len(raw) > LONGEST_LINE:
            raise Malformed(self.name, self._read, f"the line is longer than {LONGEST_LINE} bytes")
        if b"\0" in raw:
            raise Malformed(self.name, self._read, "the line has a NUL byte; is this a text file?")
        try:
            return raw.decode("utf-8-sig" if self._read == 1 else "utf-8")
        except UnicodeDecodeError as wrong:
            raise Malformed(
                self.name, self._read, f"not UTF-8 text at byte {wrong.start + 1} of the line"
            ) from wrong
