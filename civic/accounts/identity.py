"""Who somebody is to the city, as keyed HMACs: equal facts give equal marks, and nothing leads back.

Names are compared without accents, case, punctuation and the order of their words: "Müller, Jörg" is
"jorg muller". The key is a setting of its own (REGISTRY_HMAC_KEY); whoever has only the database learns nothing.
"""

import hashlib
import hmac
import unicodedata
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

# A mark stays this long after a residency has ended, so that nobody votes again through a second account.
HOLD = timedelta(days=180)


def normalise_name(name: str) -> str:
    """The words of a name in one spelling and order (compatibility caseless matching, Unicode 3.13 D146)."""
    folded = unicodedata.normalize("NFD", name)
    for _ in range(2):  # taking a letter's style away may leave a capital
        folded = unicodedata.normalize("NFKD", folded.casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in bare.replace("'", "").replace("’", "")).split()
    return " ".join(sorted(words))


def normalise_number(number: str) -> str:
    """A document or register number without blanks, punctuation and case."""
    return "".join(c for c in number.upper() if c.isalnum())


def person_mark(name: str, born: date, *, apart: str = "") -> str:
    """The mark of a person by name and birth date; `apart` tells namesakes of one birth date apart."""
    return _mark("person", normalise_name(name), born.isoformat(), normalise_number(apart))


def document_mark(number: str) -> str:
    """The mark of an identity document."""
    return _mark("document", normalise_number(number))


def registry_mark(name: str, born: date, number: str) -> str:
    """The mark of a line of the residents' register."""
    return _mark("registry", normalise_name(name), born.isoformat(), normalise_number(number))


def address_mark(address: str) -> str:
    """The mark of a postal address, in whichever order, case and punctuation it is written."""
    return _mark("address", normalise_name(address))


def letter_mark(direction: str, whom: str) -> str:
    """The mark by which the letters of a day are counted: `to` an address, or `of` a sender."""
    return _mark("letters", direction, whom)


def code_mark(residency_id: UUID, code: str) -> str:
    """What is kept of a letter's code; `code` as `ids.normalise_code` gives it."""
    return _mark("code", str(residency_id), code)


def same(mark: str, other: str) -> bool:
    """Compares two marks in constant time."""
    return bool(mark) and hmac.compare_digest(mark, other)


def _mark(*parts: str) -> str:
    content = "\x1f".join(parts).encode()
    return hmac.new(settings.REGISTRY_HMAC_KEY.encode(), content, hashlib.sha256).hexdigest()
