"""Money in integer minor units of an ISO 4217 currency. No floats, no implicit currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, is_currency
from django.conf import settings
from django.utils.translation import get_language

# Fifteen digits are more than any city has and fit a database's bigint in every currency.
AMOUNT = re.compile(r"-?\d{1,15}(\.\d+)?", re.ASCII)


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies met in one sum or comparison."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents for EUR, yen for JPY, fils for KWD)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("Money is counted in whole minor units.")
        if not is_currency(self.currency):
            raise ValueError(f"{self.currency!r} is not an ISO 4217 currency.")

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """An amount as people type it in major units: `1250`, `1 250.50`, `1.250,50`, `1,250.50`.

        Raises ValueError where it is not a number or has more decimals than the currency.
        """
        exponent = get_currency_precision(currency)
        plain = _plain_decimal(text, exponent)
        if not AMOUNT.fullmatch(plain):
            raise ValueError(f"{text!r} is not an amount.")
        minor = Decimal(plain).scaleb(exponent)
        if minor != minor.to_integral_value():
            raise ValueError(f"{currency} has {exponent} decimals.")
        return cls(int(minor), currency)

    @property
    def major(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-get_currency_precision(self.currency))

    def format(self, locale: str | None = None, *, cents: bool | None = None) -> str:
        """The amount for reading; whole amounts without decimals unless `cents` asks for them."""
        show = self.major != self.major.to_integral_value() if cents is None else cents
        language = Locale.parse((locale or get_language() or settings.LANGUAGE_CODE).replace("-", "_"))
        if show:
            return format_currency(self.major, self.currency, locale=language)
        whole = language.currency_formats["standard"].pattern.replace("0.00", "0")
        return format_currency(self.major, self.currency, whole, locale=language, currency_digits=False)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return self.format()

    def _same(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not mix.")
        return other


def allocate(total: Money, weights: Sequence[int]) -> list[Money]:
    """Divides `total` by non-negative integer weights without losing a cent (largest remainder).

    Equal remainders go to the earlier place. Raises ValueError where no weight is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights must be non-negative and at least one positive.")
    sign = -1 if total.minor < 0 else 1
    parts = [divmod(abs(total.minor) * weight, whole) for weight in weights]
    missing = abs(total.minor) - sum(quotient for quotient, _ in parts)
    favoured = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:missing]
    extra = set(favoured)
    return [Money(sign * (q + (place in extra)), total.currency) for place, (q, _) in enumerate(parts)]


def _plain_decimal(text: str, exponent: int) -> str:
    """Grouping marks removed; the last mark is the decimal one unless exactly three digits follow it."""
    compact = "".join(text.split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("'", "")
    position = max(compact.rfind("."), compact.rfind(","))
    if position < 0:
        return compact
    head, mark, tail = compact[:position], compact[position], compact[position + 1 :]
    other = "," if mark == "." else "."
    repeated = head.count(mark) > 0
    grouping = repeated or (len(tail) == 3 and exponent != 3 and other not in head)
    digits = head.replace(other, "").replace(mark, "")
    return digits + tail if grouping else f"{digits}.{tail}"
