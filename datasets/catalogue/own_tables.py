"""Tables of the exchange itself: what slices above publish as open data, a revision whenever it has changed.

    own_tables.register(OwnTable("postings", …))                        # in open_tables.py of the slice

A revision is never changed, so no table has a text that people wrote and that may have to go one day, nor an address
made of one; those stand in the API, where they can be removed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from civic.core.registry import Registry
from datasets.catalogue.reading.columns import kind_named
from datasets.catalogue.vocabularies import Theme

# The kind of a column of moments.
MOMENT = "datetime:zone"


@dataclass(frozen=True)
class OwnTable:
    """`columns` by their names, in order, with a kind of `reading.columns`; `rows` yields cells in that order.

    Cells are None, texts, whole numbers, booleans, dates, and moments that know their zone.
    """

    slug: str
    title: str | Promise
    description: str | Promise
    theme: Theme
    columns: Mapping[str, str]
    rows: Callable[[], Iterable[Sequence[Any]]]
    keywords: tuple[str, ...] = ()


def _problems(table: OwnTable) -> Iterator[str]:
    for column, kind in table.columns.items():
        try:
            kind_named(kind)
        except KeyError:
            yield f"the table “{table.slug}” has a column {column} of no known kind: {kind}"


own_tables: Registry[OwnTable] = Registry("table of the exchange itself", check=_problems)
