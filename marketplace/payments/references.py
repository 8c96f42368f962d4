"""Creditor references by ISO 11649 (`RF18 5390 0754 7034`) and accounts by ISO 13616 (IBAN), as people type them.

Their two check digits find a wrong letter or a swap.
"""

import re
import string
from uuid import UUID

from django.utils.translation import gettext as _
from stdnum import iban, iso11649
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from civic.core.errors import Invalid

ALPHABET = string.digits + string.ascii_uppercase
# 60 random bits of our ids: one pair of equal ones is to be expected among a thousand million.
LENGTH = 12
# Countries of the IBANs that a SEPA credit transfer reaches (EPC 409-09, 2025): a bank refuses a file with any other.
SEPA = frozenset(
    (
        *("AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB"),
        *("GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK"),
        *("MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA"),
    )
)


def reference_for(pk: UUID) -> str:
    """The reference of a row, always the same."""
    number, own = pk.int % 36**LENGTH, ""
    for _place in range(LENGTH):
        number, digit = divmod(number, 36)
        own = ALPHABET[digit] + own
    return f"RF{mod_97_10.calc_check_digits(f'{own}RF')}{own}"


def references_in(text: str) -> list[str]:
    """The references of ours that a text holds, spaces or not, with right check digits."""
    compact = re.sub(r"[^0-9A-Z]", "", text.upper())
    starts = (found.start() for found in re.finditer("RF", compact))
    whole = [compact[start : start + LENGTH + 4] for start in starts]
    return [one for one in whole if len(one) == LENGTH + 4 and one[2:4].isdigit() and iso11649.is_valid(one)]


def compact_iban(text: str) -> str:
    """An account as banks exchange it, whatever people put between: capitals without spaces, hyphens and dots.

    Some banks write the word before it. Whether it is an IBAN is not asked.
    """
    return str(iban.compact("".join(text.split()))).removeprefix("IBAN")


def is_reached(account: str) -> bool:
    """Whether a SEPA credit transfer can go to this account, as it is written."""
    return account == compact_iban(account) and account[:2] in SEPA and iban.is_valid(account)


def checked_iban(text: str) -> str:
    """The same of what a person typed. Raises Invalid (`iban`) where it is none, or one that no SEPA transfer reaches.

    A bank refuses the whole payment file for one account with a hyphen, so nothing else is stored.
    """
    try:
        account = str(iban.validate(compact_iban(text)))
    except ValidationError as error:
        raise Invalid(iban=_("This is not an IBAN. Check it for a typing mistake.")) from error
    if not is_reached(account):
        raise Invalid(iban=_("Our bank transfers (SEPA) do not reach this country. Name another account."))
    return account


def spaced(reference: str) -> str:
    """In groups of four, for people to type."""
    return " ".join(reference[place : place + 4] for place in range(0, len(reference), 4))
