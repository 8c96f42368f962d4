"""Creditor references by ISO 11649 (`RF18 5390 0754 7034`): two check digits find a wrong letter or a swap."""

import re
import string
from uuid import UUID

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

ALPHABET = string.digits + string.ascii_uppercase
# 60 random bits of our ids: one pair of equal ones is to be expected among a thousand million.
LENGTH = 12


def reference_for(pk: UUID) -> str:
    """The reference of a row, always the same."""
    number, own = pk.int % 36**LENGTH, ""
    for _ in range(LENGTH):
        number, digit = divmod(number, 36)
        own = ALPHABET[digit] + own
    return f"RF{mod_97_10.calc_check_digits(f'{own}RF')}{own}"


def references_in(text: str) -> list[str]:
    """The references of ours that a text holds, spaces or not, with right check digits."""
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    starts = (found.start() for found in re.finditer("RF", compact))
    whole = [compact[start : start + LENGTH + 4] for start in starts]
    return [one for one in whole if len(one) == LENGTH + 4 and one[2:4].isdigit() and iso11649.is_valid(one)]


def spaced(reference: str) -> str:
    """In groups of four, for people to type."""
    return " ".join(reference[place : place + 4] for place in range(0, len(reference), 4))
