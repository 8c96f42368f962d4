"""Which kind of values a column has: proposed from the first look, changed by all rows, asked where it is not sure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from datasets.catalogue.reading.columns import (
    AMBIGUOUS_DATES,
    BY_NAME,
    DATETIME,
    INTEGER,
    KINDS,
    MISSING,
    MOMENT,
    NUMBER,
    STRING,
    Column,
    Kind,
)
from datasets.catalogue.reading.decimals import one_way

# A number to look at, and something else: leading zeros, an E inside, more digits than a number keeps.
CODE = re.compile(r"-?0\d+|\d+[eE]\d+|-?\d{19,}", re.ASCII)
NUMERIC = re.compile(r"[-+]?\d[\d.,]*([eE][-+]?\d+)?", re.ASCII)
YES_NO = (
    *({"yes", "no"}, {"y", "n"}, {"true", "false"}, {"ja", "nein"}, {"j", "n"}, {"wahr", "falsch"}),
    *({"ναι", "όχι"}, {"nai", "oxi"}, {"oui", "non"}, {"sí", "no"}, {"si", "no"}),
)


def propose(name: str, cells: Sequence[str], delimiter: str, ask: list[str], *, text: bool = False) -> Column:
    """The column by the cells of the first look. `text`: the file says itself that its numbers are text."""
    counts = Counter(cell for cell in cells if cell)
    values = {cell: count for cell, count in counts.items() if cell not in MISSING}
    if not values or text:
        return Column(name)
    codes = [one for one in values if CODE.fullmatch(one) and not INTEGER.accepts(one)]
    if codes and all(map(NUMERIC.fullmatch, values)):
        return _codes(name, codes[0], ask)
    kind = _kind(name, values, delimiter, ask)
    if kind.type == "number":
        held = one_way(kind, values)
        if held is None:
            return _codes(name, _with_zero(values), ask)
        kind = held
    if kind == STRING:
        _ask_about_text(name, values, ask)
        return Column(name)
    return Column(name, kind, tuple(sorted(cell for cell in counts if cell in MISSING)))


def _codes(name: str, example: str, ask: list[str]) -> Column:
    ask.append(
        _("codes: column %(name)s has values such as %(value)s that look like numbers; kept as text")
        % {"name": name, "value": example}
    )
    return Column(name)


def _with_zero(values: Iterable[str]) -> str:
    """Of numbers that are written in several ways one that would be written otherwise."""
    return next(value for value in values if value.endswith("0") and {".", ","} & set(value))


def _kind(name: str, values: dict[str, int], delimiter: str, ask: list[str]) -> Kind:
    total = sum(values.values())
    # Most kinds are out after a few values.
    few = list(values)[:20]
    kinds = [kind for kind in KINDS if any(map(kind.accepts, few))]
    if not kinds:
        return STRING
    wrong = {kind: sum(count for value, count in values.items() if not kind.accepts(value)) for kind in kinds}
    least = min(wrong.values())
    tied = [kind for kind in kinds if wrong[kind] == least]
    if not tolerable([value for value in values if not tied[0].accepts(value)], least, total):
        return STRING
    if {kind.format for kind in tied} in AMBIGUOUS_DATES:
        ask.append(_("date order: day first or month first in column %(name)s?") % {"name": name})
        return STRING
    if _separators_unclear(tied, delimiter):
        ask.append(
            _("decimal comma: does the sign in column %(name)s separate decimals or thousands (%(value)s)?")
            % {"name": name, "value": next(value for value in values if tied[0].accepts(value))}
        )
        return STRING
    if tied[0] == DATETIME:
        ask.append(_("zone: in which time zone are the times of column %(name)s?") % {"name": name})
    return _zoned(name, values, ask) if tied[0] == MOMENT else tied[0]


def _separators_unclear(tied: Sequence[Kind], delimiter: str) -> bool:
    """1,234 may be a thousand or one; so may 1.234, but only where semicolons tell of decimal commas."""
    formats = [kind.format for kind in tied if kind.type == "number"]
    if tied[0].type != "number" or "comma" not in formats or len(formats) < 2:
        return False
    return "" not in formats or delimiter == ";"


def _zoned(name: str, values: dict[str, int], ask: list[str]) -> Kind:
    """Times in UTC are what they say; those of another zone would lose it."""
    moments = [value for value in values if MOMENT.accepts(value)]
    if all(value.endswith("Z") for value in moments):
        return MOMENT
    if not any(DATETIME.accepts(value) for value in values):
        ask.append(_("zone: may the times of column %(name)s be kept in UTC?") % {"name": name})
    return STRING


def _ask_about_text(name: str, values: dict[str, int], ask: list[str]) -> None:
    # Only of two words the answer can say which is which: ja beside Ja stays text.
    if len(values) == 2 and {value.casefold() for value in values} in YES_NO:
        words = " / ".join(values)
        ask.append(
            _("yes or no: do %(words)s in column %(name)s mean true and false?")
            % {"name": name, "words": words}
        )
    elif any(MOMENT.accepts(value) for value in values) and (
        bare := next((value for value in values if DATETIME.accepts(value)), "")
    ):
        ask.append(
            _("zone: %(value)s in column %(name)s has no zone, others have; kept as text")
            % {"name": name, "value": bare}
        )


def tolerable(misfits: Sequence[str], wrong: int, total: int) -> bool:
    """Whether a kind is proposed though some values (`misfits`: which) are not of it.

    One in a hundred may be a slip; in a short table one value, if it is a single word such as Total.
    """
    slips = all(len(value.split()) == 1 for value in misfits)
    return wrong <= max(total // 100, 1 if slips else 0) and total - wrong >= 2 * wrong and total > wrong


def settle(column: Column, misfits: Sequence[str], wrong: int, total: int, ask: list[str]) -> Column:
    """The column after all rows were read, of which `wrong` have a value that is not of its kind (`misfits`: which)."""
    if tokens := {value for value in misfits if value in MISSING}:
        return replace(column, missing=tuple(sorted({*column.missing, *tokens})))
    if column.kind == INTEGER and all(NUMBER.accepts(value) for value in misfits):
        # The others are whole numbers without a point.
        held = one_way(NUMBER, ["0", *misfits])
        return replace(column, kind=held) if held else _codes(column.name, misfits[0], ask)
    if column.kind.type == "number" and all(map(BY_NAME[column.kind.name].accepts, misfits)):
        return _codes(column.name, misfits[0], ask)
    return column if tolerable(misfits, wrong, total) else Column(column.name)
