"""Creditor references by ISO 11649 (`RF18 5390 0754 7034`): two check digits find a wrong letter or a swap."""

import re
import string
from uuid import UUID

ALPHABET = string.digits + string.ascii_uppercase
# 60 random bits of our ids: one pair of equal ones is to be expected among a thousand million.
LENGTH = 12
FORM = re.compile(r"RF\d{2}[0-9A-Z]{12}", re.ASCII)


def reference_for(pk: UUID) -> str:
    """The reference of a row, always the same."""
    number, own = pk.int % 36**LENGTH, ""
    for _ in range(LENGTH):
        number, digit = divmod(number, 36)
        own = ALPHABET[digit] + own
    return f"RF{_check(own)}{own}"


def references_in(text: str) -> list[str]:
    """The references of ours that a text holds, spaces or not, with right check digits."""
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    starts = (found.start() for found in re.finditer("RF", compact))
    whole = [compact[start : start + LENGTH + 4] for start in starts]
    return [one for one in whole if FORM.fullmatch(one) and _check(one[4:]) == one[2:4]]


def spaced(reference: str) -> str:
    """In groups of four, for people to type."""
    return " ".join(reference[place : place + 4] for place in range(0, len(reference), 4))


def _check(own: str) -> str:
    digits = "".join(str(ALPHABET.index(letter)) for letter in f"{own}RF00")
    return f"{98 - int(digits) % 97:02d}"
