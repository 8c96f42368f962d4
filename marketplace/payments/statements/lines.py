"""What a statement says, whatever its format."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision, is_currency

from civic.core.money import Money

AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,5})?", re.ASCII)


class BadStatement(Exception):
    """The file can't be relied on; the text says where and why. Nothing of it is used."""


@dataclass(frozen=True)
class ReadLine:
    """One booked movement, positive in and negative out. `bank_reference` is the bank's own name for it."""

    booked_on: date
    amount: Money
    reference: str = ""
    text: str = ""
    name: str = ""
    iban: str = ""
    bank_reference: str = ""


@dataclass(frozen=True)
class ReadStatement:
    """A statement of one account in one currency."""

    format: str
    account: str
    currency: str
    lines: list[ReadLine]
    closing: Money | None = None
    closing_on: date | None = None


def exact(text: str, currency: str, where: str) -> Money:
    """An amount with a decimal point, exact to the currency's decimals. Raises BadStatement."""
    if not is_currency(currency):
        raise BadStatement(f"{where}: {currency!r} is no currency.")
    if not AMOUNT.fullmatch(text):
        raise BadStatement(f"{where}: {text!r} is no amount.")
    minor = Decimal(text).scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        raise BadStatement(f"{where}: {text!r} has more decimals than {currency}.")
    return Money(int(minor), currency)


def day(text: str, where: str) -> date:
    """A date, or the date of a moment, in ISO 8601. Raises BadStatement."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise BadStatement(f"{where}: {text!r} is no date.") from error


def digests(statement: ReadStatement) -> list[str]:
    """One digest a line, the same in every file that contains the line.

    By the bank's reference where it has one; else by what it says, counting equal lines of the statement.
    """
    seen: Counter[str] = Counter()
    found = []
    for line in statement.lines:
        amount = [str(line.amount.minor), line.amount.currency]
        own = (
            [line.bank_reference]
            if line.bank_reference
            else [line.reference, line.text, line.name, line.iban]
        )
        content = "\x1f".join([statement.account, line.booked_on.isoformat(), *amount, *own])
        seen[content] += 1
        found.append(hashlib.sha256(f"{content}\x1f{seen[content]}".encode()).hexdigest())
    return found
