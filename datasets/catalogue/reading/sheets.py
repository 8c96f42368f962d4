"""Sheets of XLSX files: cells as texts that say what the cell says, by python-calamine."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from datasets.catalogue.reading.records import Record, unfit
from datasets.catalogue.reading.refusals import BrokenDocument, EmptyFile
from datasets.catalogue.reading.staging import NUMERIC
from datasets.catalogue.reading.unstored import questions

# Above it a double has no digits behind the point, and Excel itself kept only fifteen.
EXACT = 1e15


def number(value: float) -> str:
    """The shortest decimal that is this number: no exponent, no point where there is nothing behind it."""
    if value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def duration(value: dt.timedelta) -> str:
    """Hours, which may be more than a day has, minutes and seconds, as the program shows them."""
    sign, left = ("-", -value) if value < dt.timedelta(0) else ("", value)
    minutes, seconds = divmod(left, dt.timedelta(minutes=1))
    rest = f".{seconds.microseconds:06d}" if seconds.microseconds else ""
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}:{seconds.seconds:02d}{rest}"


TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    float: number,
    int: str,
    bool: lambda value: "true" if value else "false",
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: duration,
}


class Sheet:
    """The first sheet with something in it. `texts`: columns in which a number was typed as text, once read through.

    So are `days` and `times`: columns with days, and with times of a day. Midnight is given as a day, which it is not
    in a column of times.
    """

    def __init__(self, path: Path) -> None:
        self.forget()
        self.said: list[str] = []
        self.ask: list[str] = []
        try:
            book = CalamineWorkbook.from_path(path)
            names = book.sheet_names
            # Each only once: it is read whole for that.
            filled = next((one for one in map(book.get_sheet_by_name, names) if one.height), None)
        except (CalamineError, OSError) as wrong:
            raise BrokenDocument from wrong
        if filled is None:
            raise EmptyFile
        self._rows = filled
        self.ask = questions(path, names.index(filled.name))
        if len(names) > 1:
            self.said.append(
                _("sheet %(name)s was read, the other %(count)d were not")
                % {"name": filled.name, "count": len(names) - 1}
            )

    def forget(self) -> None:
        """What was seen in the columns so far: a title or a name tells nothing of the values below it."""
        self.texts: set[int] = set()
        self.days: set[int] = set()
        self.times: set[int] = set()

    def records(self, start: int = 0) -> Iterator[Record]:
        """Each row after so many, with the number that the program shows; empty rows have no cells."""
        midnights = self.days & self.times
        for line, row in enumerate(islice(self._rows.iter_rows(), start, None), start + 1):
            texts = [TEXT.get(type(cell), str)(cell) for cell in row]
            for place, cell in enumerate(row):
                if type(cell) is str and place not in self.texts and NUMERIC.fullmatch(cell):
                    self.texts.add(place)
                elif type(cell) is dt.datetime:
                    self.times.add(place)
                elif type(cell) is dt.date:
                    self.days.add(place)
                    if place in midnights:
                        texts[place] += "T00:00:00"
            yield Record(line, line, texts if any(texts) else [], unfit(texts))
