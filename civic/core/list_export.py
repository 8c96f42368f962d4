"""A list of the council's desk as a table to take away."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from civic.core.list_columns import Column
from civic.core.money import Money
from civic.core.paging import ROWS_A_STATEMENT, walk


def table(columns: list[Column], rows: QuerySet[Any]) -> Iterator[Iterable[Any]]:
    """A header and a line for each row, in the order of their keys.

    A column of amounts becomes two, the number in major units and its currency: a spreadsheet cannot sum “€12.50”.
    Which columns those are is seen in the first rows, since a method does not say what it returns.
    """
    cells = ([column.plain(row) for column in columns] for row in walk(rows))
    first = list(islice(cells, ROWS_A_STATEMENT))
    sums = {place for line in first for place, value in enumerate(line) if isinstance(value, Money)}
    names = (
        [one.label, _("Currency")] if place in sums else [one.label] for place, one in enumerate(columns)
    )
    yield list(chain.from_iterable(names))
    for line in chain(first, cells):
        yield list(chain.from_iterable(_parts(value, place in sums) for place, value in enumerate(line)))


def _parts(value: Any, is_sum: bool) -> list[Any]:
    if isinstance(value, Money):
        return [value.major, value.currency] if is_sum else [f"{value.major} {value.currency}"]
    return [value, ""] if is_sum else [value]
