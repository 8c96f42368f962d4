"""Kinds of values: how a text becomes a value, and when it does so without becoming another one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

BIGGEST = 2**63 - 1
SIGNIFICANT = 15  # decimal digits that a double gives back, whatever they are
# What people write where a value is missing; in a column of text it stays text.
MISSING = frozenset(
    ("NA", "N/A", "n/a", "na", "n.a.", "-", "--", "–", "null", "NULL", "\\N", "#N/A", "k.A.", "k. A.")
)

# The value, written out, is the text again.
ROUND_TRIP = "{x} = CAST({v} AS VARCHAR)"
PLAIN = r"-?(0|[1-9]\d*)(\.\d+)?"
COMMA = r"-?(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?"
THOUSANDS = r"-?(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
LOCAL = r"\d{4}-\d\d-\d\d[T ]" + CLOCK
ZONED = LOCAL + r"(Z|[+-]\d\d:\d\d)"


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.ASCII)


@dataclass(frozen=True)
class Kind:
    """`cast` makes the value from the SQL text {x}; `fits` is true where the value {v} says what the text says, and
    never NULL for a text: within a filter DuckDB then asks the next condition only where it matters.

    `type` is of Table Schema; `format` tells kinds of one type apart; `accepts` says of a text in Python what `fits`
    says in SQL, by a full match of `shape` and one more condition.
    """

    type: str
    format: str
    shape: str
    cast: str
    fits: str
    also: Callable[[str], bool] = field(default=lambda _text: True, compare=False)

    @property
    def name(self) -> str:
        """As `Choices.types` has it."""
        return f"{self.type}:{self.format}" if self.format else self.type

    def accepts(self, text: str) -> bool:
        """Whether the text survives becoming a value of this kind."""
        return bool(_pattern(self.shape).fullmatch(text)) and self.also(text)


def _few_digits(text: str) -> bool:
    return sum(letter.isdigit() for letter in text) <= SIGNIFICANT


def _matching(shape: str, more: str = "") -> str:
    """A predicate: there is a value, and the text has this shape."""
    return f"({{v}} IS NOT NULL AND regexp_full_match({{x}}, '{shape}'){more})"


def _date(form: str, shape: str) -> Kind:
    """Dates in one order; 31 February has the shape and is no date."""

    def exists(text: str) -> bool:
        try:
            return bool(datetime.strptime(text, form))  # noqa: DTZ007
        except ValueError:
            return False

    cast = f"CAST(TRY_STRPTIME({{x}}, '{form}') AS DATE)"
    return Kind("date", form, shape, cast, _matching(shape), exists)


_FEW_DIGITS = "length(regexp_replace({x}, '[^0-9]', '', 'g')) <= 15"
_REPEATED = "CAST({v} AS VARCHAR) = {x}"

STRING = Kind("string", "", "(?s:.*)", "{x}", "TRUE")
INTEGER = Kind(
    "integer",
    "",
    r"0|-?[1-9]\d{0,18}",
    "TRY_CAST({x} AS BIGINT)",
    ROUND_TRIP,
    lambda text: -BIGGEST - 1 <= int(text) <= BIGGEST,
)
# CASE, as DuckDB would count the digits of short texts, too, within OR.
NUMBER = Kind(
    "number",
    "",
    PLAIN,
    "TRY_CAST({x} AS DOUBLE)",
    _matching(PLAIN, f" AND CASE WHEN strlen({{x}}) > 15 THEN {_FEW_DIGITS} OR {_REPEATED} ELSE TRUE END"),
    lambda text: _few_digits(text) or repr(float(text)) == text,
)
NUMBER_COMMA = Kind(
    "number",
    "comma",
    COMMA,
    "TRY_CAST(replace(replace({x}, '.', ''), ',', '.') AS DOUBLE)",
    _matching(COMMA, f" AND {_FEW_DIGITS}"),
    _few_digits,
)
NUMBER_THOUSANDS = Kind(
    "number",
    "thousands",
    THOUSANDS,
    "TRY_CAST(replace({x}, ',', '') AS DOUBLE)",
    _matching(THOUSANDS, f" AND {_FEW_DIGITS}"),
    _few_digits,
)
BOOLEAN = Kind("boolean", "", "true|false", "TRY_CAST({x} AS BOOLEAN)", "{x} IN ('true', 'false')")
DATE = replace(
    _date("%Y-%m-%d", r"\d{4}-\d\d-\d\d"),
    format="",
    cast="TRY_CAST({x} AS DATE)",
    # The length keeps out infinity and the years before 1 and after 9999, which DuckDB takes.
    fits="({v} IS NOT NULL AND strlen({x}) = 10 AND {x} = CAST({v} AS VARCHAR))",
)
DAY_FIRST = _date("%d/%m/%Y", r"\d{1,2}/\d{1,2}/\d{4}")
MONTH_FIRST = _date("%m/%d/%Y", r"\d{1,2}/\d{1,2}/\d{4}")
DATES = (
    DATE,
    _date("%Y/%m/%d", r"\d{4}/\d{1,2}/\d{1,2}"),
    _date("%d.%m.%Y", r"\d{1,2}\.\d{1,2}\.\d{4}"),
    DAY_FIRST,
    MONTH_FIRST,
    _date("%d-%m-%Y", r"\d{1,2}-\d{1,2}-\d{4}"),
    _date("%m-%d-%Y", r"\d{1,2}-\d{1,2}-\d{4}"),
)
AMBIGUOUS_DATES = {frozenset({"%d/%m/%Y", "%m/%d/%Y"}), frozenset({"%d-%m-%Y", "%m-%d-%Y"})}


def _moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


DATETIME = Kind("datetime", "", LOCAL, "TRY_CAST({x} AS TIMESTAMP)", _matching(LOCAL), _moment)
# A moment, kept in UTC. The usual form is told by its length, which costs a third of its shape.
MOMENT = Kind(
    "datetime",
    "zone",
    ZONED,
    "TRY_CAST({x} AS TIMESTAMPTZ)",
    "({v} IS NOT NULL AND (strlen({x}) = 20 AND suffix({x}, 'Z') OR regexp_full_match({x}, '"
    + ZONED
    + "')))",
    _moment,
)
# In this order: of kinds that take the same texts the first is proposed.
KINDS = (BOOLEAN, INTEGER, NUMBER, *DATES, DATETIME, MOMENT, NUMBER_COMMA, NUMBER_THOUSANDS)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in (STRING, *KINDS)}


def kind_named(name: str) -> Kind:
    """A kind by its name; `boolean:ja/nein` names the words. KeyError where there is none."""
    words = name.removeprefix("boolean:").split("/") if name.startswith("boolean:") else []
    if len(words) != 2:
        return BY_NAME[name]
    yes, no = (word.replace("'", "''") for word in words)
    cast = f"CASE {{x}} WHEN '{yes}' THEN TRUE WHEN '{no}' THEN FALSE END"
    shape = "|".join(re.escape(word) for word in words)
    return Kind("boolean", "/".join(words), shape, cast, "{v} IS NOT NULL")


@dataclass(frozen=True)
class Column:
    """A column as it is proposed: name, kind, and the texts that stand for a missing value."""

    name: str
    kind: Kind = STRING
    missing: tuple[str, ...] = ()

    def text(self, cell: str) -> str:
        """SQL: the text of a cell, NULL where it says that there is no value."""
        if not self.missing:
            return cell
        tokens = ", ".join("'" + token.replace("'", "''") + "'" for token in self.missing)
        return f"CASE WHEN {cell} NOT IN ({tokens}) THEN {cell} END"

    def cast(self, text: str) -> str:
        """SQL: the value of a text."""
        return self.kind.cast.replace("{x}", text)

    def fits(self, text: str, value: str) -> str:
        """SQL: whether the value says what the text says; true for none."""
        if self.kind == STRING:
            return "TRUE"
        if self.kind.fits == ROUND_TRIP:
            return f"{text} IS NOT DISTINCT FROM CAST({value} AS VARCHAR)"
        fits = self.kind.fits.replace("{x}", text).replace("{v}", value)
        return f"({text} IS NULL OR {fits})"
