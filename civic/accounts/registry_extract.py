"""Reads an extract of the residents' register: CSV in UTF-8 with the columns name, birth_date, number, area."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from civic.accounts import identity
from civic.core.days import iso_day
from civic.core.errors import Invalid

COLUMNS = ["name", "birth_date", "number", "area"]
LONGEST = 200


@dataclass(frozen=True)
class Line:
    """One resident of the extract: the mark of all facts, that of name and birth date, and the slug of the district."""

    mark: str
    person: str
    area: str


def read(file: BinaryIO, *, areas: set[str], today: date) -> Iterator[Line]:
    """The lines of the extract; `areas` are the slugs that exist.

    Raises Invalid(file=…) with the number of the first line that is not right; nothing personal is repeated in it.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", errors="strict")
    rows = csv.reader(text, strict=True)
    seen: dict[str, int] = {}
    try:
        if next(rows, []) != COLUMNS:
            raise _wrong(
                1, _("the columns must be %(columns)s, in this order.") % {"columns": ", ".join(COLUMNS)}
            )
        for row in rows:
            line = _line(rows.line_num, row, areas, today)
            if line.mark in seen:
                raise _wrong(
                    rows.line_num, _("the same resident as in line %(line)s.") % {"line": seen[line.mark]}
                )
            seen[line.mark] = rows.line_num
            yield line
    except UnicodeDecodeError:
        raise _wrong(rows.line_num + 1, _("not in UTF-8. Save the file as “CSV UTF-8”.")) from None
    except csv.Error:
        raise _wrong(rows.line_num, _("not a line of CSV; look for a quotation mark too many.")) from None
    finally:
        text.detach()


def _line(number: int, row: list[str], areas: set[str], today: date) -> Line:
    if len(row) != len(COLUMNS):
        raise _wrong(number, _("%(count)s columns instead of 4.") % {"count": len(row)})
    name, birth_date, register_number, area = (cell.strip() for cell in row)
    if not identity.normalise_name(name) or len(name) > LONGEST:
        raise _wrong(number, _("the name is empty or too long."))
    if not identity.normalise_number(register_number) or len(register_number) > LONGEST:
        raise _wrong(number, _("the number is empty or too long."))
    if area not in areas:
        raise _wrong(number, _("there is no district with this short name in the fourth column."))
    try:
        born = iso_day(birth_date)
    except ValueError:
        raise _wrong(number, _("the birth date is not a date like 1984-07-31.")) from None
    if not date(1890, 1, 1) <= born <= today:
        raise _wrong(number, _("the birth date is not possible."))
    mark = identity.registry_mark(name, born, register_number)
    return Line(mark, identity.person_mark(name, born), area)


def _wrong(line: int, message: str) -> Invalid:
    return Invalid(
        file=_("Line %(line)s: %(message)s Nothing was imported.") % {"line": line, "message": message}
    )
