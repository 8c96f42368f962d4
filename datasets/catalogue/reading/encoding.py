"""In which encoding a text file is written: by its mark or by being UTF-8, else proposed and asked."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from charset_normalizer import from_bytes

from datasets.catalogue.reading.refusals import Binary, UndecidedEncoding

HEAD = 1 << 18
CHUNK = 1 << 18
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BY_LANGUAGE = {"el": ("windows-1253", "iso-8859-7"), "pl": ("windows-1250",), "cs": ("windows-1250",)}
USUAL = ("windows-1252", "windows-1253", "windows-1250", "windows-1251", "iso-8859-7", "cp850")
# What stands in municipal tables beside letters.
SIGNS = frozenset("€£§°©®«»„“”‘’‚–—…·µ²³½¼¾ºª±×\u00a0")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Encoding:
    """Its name, whether that is certain, and the others that would give text as well."""

    name: str
    certain: bool = True
    others: tuple[str, ...] = ()


def find_encoding(path: Path, languages: tuple[str, ...]) -> Encoding:
    """The encoding of a file by its beginning. Raises Binary and UndecidedEncoding."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if wide := _without_mark(head):
        return Encoding(wide, certain=False)
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\x1a\x1b")
    if controls >= 8 and controls > len(head) // 100:
        raise Binary
    if not _faults(head) or bad_utf8(path)[1]:
        return Encoding("utf-8")
    return propose(head, languages)


def propose(text: bytes, languages: tuple[str, ...]) -> Encoding:
    """The encoding that gives the least strange text; of equals the first by the languages of the site."""
    first = [name for language in languages for name in BY_LANGUAGE.get(language, ())]
    names = list(dict.fromkeys([*first, *USUAL] if languages[:1] != ("en",) else [*USUAL, *first]))
    strange = {name: strangeness(text, name) for name in names}
    possible = {name: score for name, score in strange.items() if score is not None}
    if (not possible or min(possible.values())) and (guess := from_bytes(text).best()):
        score = strangeness(text, guess.encoding)
        possible |= {guess.encoding: score} if score is not None else {}
    if not possible:
        raise UndecidedEncoding
    best = min(possible, key=lambda name: possible[name])
    return Encoding(best, certain=False, others=tuple(name for name in possible if name != best))


def strangeness(text: bytes, name: str) -> int | None:
    """How many letters and words look odd in this encoding; None where a byte has no meaning in it."""
    try:
        decoded = text.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    odd = sum(
        1 for letter in set(decoded) if letter > "\x7e" and not letter.isalnum() and letter not in SIGNS
    )
    words = {word for word in WORD.findall(decoded) if not word.isascii()}
    return odd + sum(_odd(word) for word in words)


def _odd(word: str) -> bool:
    """Two scripts, capitals after small letters, or a Latin word of mostly accents."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    accents = sum(letter > "\x7e" for letter in word)
    mostly = "LATIN" in scripts and len(word) > 2 and accents * 2 > len(word)
    return mostly or len(scripts) > 1 or any(a.islower() and b.isupper() for a, b in pairwise(word))


def _without_mark(head: bytes) -> str:
    """UTF-16 whose mark is missing: every other byte of its Latin text is zero."""
    sample = head[:2000]
    if len(sample) < 16:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 5 > len(sample) and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 5 > len(sample) and not odd else ""


def _faults(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return True
    return False


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, so much at a time that it stays in the processor's cache."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def bad_utf8(path: Path) -> tuple[bytes, bool]:
    """Lines with bytes that are not UTF-8 (at most HEAD), and whether other letters of the file are good UTF-8.

    With good ones the file is UTF-8 with a few bad rows; without, it is in another encoding from a late line on.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _bad_lines(path)
    return b"", True


def _bad_lines(path: Path) -> tuple[bytes, bool]:
    bad, size, good = [], 0, 0
    with path.open("rb") as stream:
        for line in stream:
            if line.isascii():
                continue
            try:
                line.decode()
                good += 1
            except UnicodeDecodeError:
                if size < HEAD:
                    bad.append(line)
                    size += len(line)
    return b"".join(bad), good > len(bad)


def rewrite(path: Path, name: str, target: Path) -> None:
    """Writes the text as UTF-8, line ends as they are. Raises UndecidedEncoding at a byte without meaning."""
    try:
        "".encode(name)  # LookupError for what Python calls a codec too and is no encoding: zip, rot13
        decoder = codecs.getincrementaldecoder(name)()
        with target.open("wb") as out:
            for chunk in chunks(path):
                out.write(decoder.decode(chunk).encode())
            out.write(decoder.decode(b"", final=True).encode())
    except (UnicodeError, LookupError) as wrong:
        raise UndecidedEncoding from wrong
