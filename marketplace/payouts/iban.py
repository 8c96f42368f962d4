"""International bank account numbers: checked as ISO 13616 says, by their form and their two check digits."""

import re

# Two letters of the country, two check digits, then what the country's banks use.
FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


def compact(text: str) -> str:
    """As machines write it: without blanks, in capitals."""
    return "".join(text.split()).upper()


def is_iban(text: str) -> bool:
    """Whether the number can be one: a wrong or swapped digit is found (ISO 7064, MOD 97-10)."""
    number = compact(text)
    if not FORM.fullmatch(number):
        return False
    digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return int(digits) % 97 == 1


def masked(number: str) -> str:
    """What may be shown to those who know the account already: the country and the last four signs."""
    return f"{number[:2]}… {number[-4:]}"
