"""A dataset as another catalogue describes it, in the bounds of our own columns."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from civic.core.errors import Refused
from datasets.catalogue.vocabularies import Frequency, HighValue, Licence, Theme

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_ADDRESS, LONGEST_WORDS = 120, 4000, 2000, 300
LONGEST_IDENTIFIER, LONGEST_KEYWORD, MOST_KEYWORDS, MOST_FILES = 500, 40, 12, 50
# What PostgreSQL keeps in no text, and halves of letters, which no UTF-8 has.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
WEB = re.compile(r"https?://[^\s\"<>\\^`{|}\x00-\x20]+", re.IGNORECASE)
# By the ends of their addresses and by the names that CKAN has for them.
LICENCES = {
    "publicdomain/zero/1.0": Licence.CC0,
    "licenses/by/4.0": Licence.CC_BY,
    "licenses/by-sa/4.0": Licence.CC_BY_SA,
    "licenses/odbl/1-0": Licence.ODBL,
    "licenses/odbl": Licence.ODBL,
    "licence/cc0": Licence.CC0,
    "licence/cc_by_4_0": Licence.CC_BY,
    "licence/cc_bysa_4_0": Licence.CC_BY_SA,
    "cc-zero": Licence.CC0,
    "cc0-1.0": Licence.CC0,
    "cc-by-4.0": Licence.CC_BY,
    "cc-by-sa-4.0": Licence.CC_BY_SA,
    "odc-odbl": Licence.ODBL,
}


class Unreadable(Refused):
    """The catalogue, or a page of it, is not what it was said to be; the text says why."""

    status = 502
    code = "unreadable"


@dataclass(frozen=True)
class File:
    """Where a file or service of the dataset is; `format` in the words of its catalogue, `size` in bytes if known."""

    address: str
    title: str = ""
    format: str = ""
    media_type: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Record:
    """What a catalogue says of a dataset. `fault` says why it cannot be taken over; then the rest may be empty."""

    identifier: str
    title: str = ""
    description: str = ""
    uri: str = ""
    page: str = ""
    publisher: str = ""
    licence: str = ""
    licence_words: str = ""
    theme: str = ""
    frequency: str = ""
    high_value_category: str = ""
    keywords: list[str] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None
    modified: datetime | None = None
    files: list[File] = field(default_factory=list)
    fault: str = ""

    @property
    def digest(self) -> str:
        """The same for the same words, whenever and in whatever order they come."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()

    @property
    def names(self) -> set[str]:
        """By which the same dataset is known elsewhere: addresses alone, since any catalogue has a number 17."""
        return {one for one in (self.uri, self.identifier) if WEB.fullmatch(one)}


def text(value: Any, longest: int) -> str:
    """On one line, without what no column takes; cut where it is longer."""
    return cut(" ".join(plain(value).split()), longest)


def plain(value: Any) -> str:
    """Text as it stands; what is none is nothing."""
    return NO_TEXT.sub("", str(value)).strip() if isinstance(value, str | int | float) else ""


def cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def address(value: Any) -> str:
    """An address of the web, or nothing: no other leads from a page of ours."""
    known = plain(value)
    return known if len(known) <= LONGEST_ADDRESS and WEB.fullmatch(known) else ""


def day(value: Any) -> date | None:
    """The day of an ISO date or moment, of which a year or month alone is the first day."""
    known = plain(value)[:10]
    known += {4: "-01-01", 7: "-01"}.get(len(known), "")
    try:
        return date.fromisoformat(known)
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """A moment of ISO 8601; in UTC where no zone is said, as CKAN means it."""
    known = plain(value)
    try:
        found = datetime.fromisoformat(known)
    except ValueError:
        on = day(known)
        found = datetime.combine(on, time(), UTC) if on else None  # type: ignore[assignment]
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC) if found else None
    except OverflowError:
        return None


def size(value: Any) -> int | None:
    """A number of bytes."""
    known = plain(value).partition(".")[0]
    return int(known) if known.isascii() and known.isdecimal() and len(known) < 18 else None


def code_of(value: Any, known: type[Theme] | type[Frequency]) -> str:
    """The code at the end of an address of the EU's tables, or the code itself; nothing for others."""
    code = plain(value).rstrip("/").rpartition("/")[2].upper()
    return code if code in known.values else ""


def licence_of(value: Any) -> str:
    """The address of one of our licences; nothing for others, which are said in words."""
    known = plain(value).lower().partition("://")[2].rstrip("/") or plain(value).lower()
    known = re.sub(r"/(deed(\.\w+)?|legalcode)$", "", known)
    return next((one.value for end, one in LICENCES.items() if known == end or known.endswith(f"/{end}")), "")


def keywords(values: Iterable[Any]) -> list[str]:
    """In one order, without the long ones."""
    words = {text(value, LONGEST_WORDS) for value in values}
    return sorted(word for word in words if 0 < len(word) <= LONGEST_KEYWORD)[:MOST_KEYWORDS]


def category(values: Iterable[Any], licence: str) -> str:
    """A category of EU 2023/138, where the licence is one that such data has."""
    if licence not in (Licence.CC0, Licence.CC_BY):
        return ""
    return next(iter(sorted({plain(one) for one in values} & set(HighValue.values))), "")


def checked(record: Record) -> Record:
    """The record, with its fault where it cannot be taken over."""
    fault = ""
    if not record.title:
        fault = _("It has no title.")
    elif len(record.identifier) > LONGEST_IDENTIFIER:
        fault = _("Its identifier is too long.")
    elif record.first_day and record.last_day and record.last_day < record.first_day:
        fault = _("Its last day comes before the first.")
    return Record(record.identifier[:LONGEST_IDENTIFIER], record.title, fault=fault) if fault else record
