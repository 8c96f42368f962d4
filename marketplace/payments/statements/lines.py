"""What a statement says, whatever its format."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.numbers import is_currency
from django.utils.text import Truncator

from civic.core.days import iso_day
from civic.core.money import Money, decimals

# No account that a city reads in is older; what is far before it is a year that somebody mistyped.
FIRST_DAY = date(2000, 1, 1)
# What stands where a bank or payer has no reference; without letters and digits, or of zeros alone, there is none.
PLACEHOLDERS = {"", "NONREF", "NOREF", "NOTPROVIDED", "NOTAVAILABLE", "NONE", "NA"}
# No account of a city moves a million millions: such a number is a mistake, and a few of them would not fit the sums.
AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,5})?", re.ASCII)
ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$", re.ASCII)


class BadStatement(Exception):
    """The file can't be relied on; the text says where and why. Nothing of it is used."""

    def __str__(self) -> str:
        """What is wrong, in a few lines: a file of one long line would else be the message."""
        return Truncator(super().__str__()).chars(300)


@dataclass(frozen=True)
class ReadLine:
    """One booked movement, positive in and negative out. `bank_reference` is the bank's own number for it, and
    `statement` that of the statement on which it stands; both are empty where the bank gives none. `part` counts the
    statements of the file. `is_reversal`: the bank takes back what it booked before. `more` is what else is said, by
    which no movement is told from another.
    """

    booked_on: date
    amount: Money
    reference: str = ""
    text: str = ""
    name: str = ""
    iban: str = ""
    bank_reference: str = ""
    statement: str = ""
    part: int = 0
    is_reversal: bool = False
    more: str = ""


@dataclass(frozen=True)
class ReadStatement:
    """A statement of one account in one currency, or all of them in a file; `gaps` are missing between these."""

    format: str
    account: str
    currency: str
    lines: list[ReadLine]
    closing: Money | None = None
    closing_on: date | None = None
    opening: Money | None = None
    numbers: tuple[int, ...] = ()
    gaps: int = 0


def exact(text: str, currency: str, where: str) -> Money:
    """An amount with a decimal point, exact to the currency's decimals. Raises BadStatement."""
    if not is_currency(currency):
        raise BadStatement(f"{where}: {currency!r} is no currency.")
    if not AMOUNT.fullmatch(text):
        raise BadStatement(f"{where}: {text!r} is no amount.")
    minor = Decimal(text).scaleb(decimals(currency))
    if minor != minor.to_integral_value():
        raise BadStatement(f"{where}: {text!r} has more decimals than {currency}.")
    return Money(int(minor), currency)


def check_days(statement: ReadStatement, today: date) -> None:
    """Raises BadStatement for a movement or balance of a day that no statement can be of.

    Tomorrow is allowed: the bank may be in a time zone where it has begun.
    """
    days = [line.booked_on for line in statement.lines]
    days += [statement.closing_on] if statement.closing_on else []
    for one in days:
        if not FIRST_DAY <= one <= today + timedelta(days=1):
            raise BadStatement(f"{one} is no day of a statement that is read on {today}.")


def day(text: str, where: str) -> date:
    """A date, with a zone or without, or the date of a moment, in ISO 8601. Raises BadStatement."""
    try:
        written, _time, moment = text.partition("T")
        if moment:
            datetime.fromisoformat(text)
        return iso_day(ZONE.sub("", written))
    except ValueError as error:
        raise BadStatement(f"{where}: {text!r} is no date.") from error


def digests(statement: ReadStatement, file: str) -> list[str]:
    """One digest a line: two lines of one digest are certainly the same movement, in whatever files they stand.

    That is certain where the bank's own number and all that the line says agree, or the number of the bank's statement
    and all that it says. A line with neither number is the file's (`file`, its fingerprint): whether it stands in
    another file too, people decide. Equal lines of one statement are counted, so that in a file which holds a statement
    twice two have the same digest.
    """
    seen: Counter[tuple[int, str]] = Counter()
    found = []
    for line in statement.lines:
        said = [line.amount.minor, line.amount.currency, line.reference, line.text, line.name, line.iban]
        named = ["line", line.bank_reference] if line.bank_reference else ["statement", line.statement]
        content = json.dumps(
            [statement.account, line.booked_on.isoformat(), *said, *(named if named[1] else ["file", file])]
        )
        # Without a number nothing tells a statement that stands here twice from two with equal lines.
        place = (line.part if named[1] else 0, content)
        seen[place] += 1
        found.append(hashlib.sha256(f"{content} {seen[place]}".encode()).hexdigest())
    return found


def stated(text: str) -> str:
    """A reference, or nothing where the bank only says that there is none (ISO 20022 writes NOTPROVIDED)."""
    is_placeholder = re.sub(r"[^A-Z1-9]", "", text.upper()) in PLACEHOLDERS
    return "" if is_placeholder else text
