"""Money in integer minor units of an ISO 4217 currency. No floats, no implicit currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, is_currency
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from iso4217 import Currency

# Fifteen digits are more than any city has and fit a database's bigint in every currency.
AMOUNT = re.compile(r"-?\d{1,15}(\.\d+)?", re.ASCII)

# The currencies of today (ISO 4217): what a call or a fund can be in. A list, because a typing error that is stored
# takes down every page that shows it.
CURRENCIES = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP",
    "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK",
    "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF",
    "YER", "ZAR", "ZMW", "ZWG",
]  # fmt: skip


def check_currency(code: str) -> None:
    """Raises ValidationError where this is no code of a currency of today."""
    if code not in CURRENCIES:
        raise ValidationError(
            _("“%(code)s” is not the code of a currency, like EUR or PLN."), params={"code": code}
        )


# Groups of three digits behind one to three, by one kind of mark: in `1,000,50` or `0,001` a mark is something else.
WHOLE = re.compile(r"-?(\d+|[1-9]\d{0,2}([.,])\d{3}(\2\d{3})*)", re.ASCII)


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
        exponent = decimals(currency)
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
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def format(self, locale: str | None = None, *, cents: bool | None = None) -> str:
        """The amount for reading; whole amounts without decimals unless `cents` asks for them."""
        show = self.major != self.major.to_integral_value() if cents is None else cents
        language = Locale.parse((locale or get_language() or settings.LANGUAGE_CODE).replace("-", "_"))
        shown = decimals(self.currency) if show else 0
        # CLDR's own number of decimals would round what is there: RSD 100.50 to 101.
        digits = "0." + "0" * shown if shown else "0"
        pattern = language.currency_formats["standard"].pattern.replace("0.00", digits)
        return format_currency(self.major, self.currency, pattern, locale=language, currency_digits=False)

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


@cache
def decimals(currency: str) -> int:
    """How many decimals ISO 4217 gives the currency: banks, providers and tax offices count in these.

    CLDR says how many people usually show, which is fewer for some (none for RSD, ALL or IQD). A currency that ISO
    has withdrawn keeps CLDR's.
    """
    known = Currency.__members__.get(currency.lower())
    return get_currency_precision(currency) if known is None or known.exponent is None else known.exponent


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
    """Grouping marks removed; the last mark is the decimal one unless exactly three digits follow it.

    Returns the text as it is, which is no amount, where its marks stand at no places of groups.
    """
    compact = "".join(text.split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("'", "")
    position = max(compact.rfind("."), compact.rfind(","))
    if position < 0:
        return compact
    head, mark, tail = compact[:position], compact[position], compact[position + 1 :]
    other = "," if mark == "." else "."
    grouping = mark in head or (len(tail) == 3 and exponent != 3 and other not in head)
    whole = compact if grouping else head
    if not WHOLE.fullmatch(whole):
        return text
    digits = whole.replace(other, "").replace(mark, "")
    return digits if grouping else f"{digits}.{tail}"
