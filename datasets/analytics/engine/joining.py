"""A second table beside the first: to each row the one row of the other that has the same values in named columns.

A row to which none fits stays, and has missing values there. Where several fit nothing is answered: which of them is
meant nobody has said, and each sum over the first table would count rows twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from datasets.analytics.engine.columns import Column, columns_of, view
from datasets.analytics.engine.language import Join
from datasets.catalogue.session import Session


@dataclass(frozen=True)
class Table:
    """What is asked: its columns, SQL that shows it, and SQL that has a row where several fit one (or "")."""

    columns: list[Column]
    view: str
    twice: str = ""


def table_of(session: Session, paths: Sequence[Path], join: Join | None) -> Table:
    """The table of the first path, with that of the second beside it. Raises Invalid."""
    first = columns_of(session, paths[0])
    if join is None:
        return Table(first, view(paths[0], first))
    second = [replace(one, place=len(first) + one.place) for one in columns_of(session, paths[1])]
    pairs = [_pair(first, second, column, other) for column, other in join.on]
    same = " AND ".join(f"one.{a.key} = other.{b.key}" for a, b in pairs)
    shown = ", ".join(f"other.{column.key}" for column in second)
    of_first, of_second = view(paths[0], first), view(paths[1], second)
    keys = ", ".join(b.key for _a, b in pairs)
    given = " AND ".join(f"{b.key} IS NOT NULL" for _a, b in pairs)
    named = [replace(column, name=f"{join.dataset}.{column.name}") for column in second]
    if taken := {column.name for column in named} & {column.name for column in first}:
        words = {"name": min(taken)[:100]}
        raise Invalid(join=_("Both datasets would have a column %(name)s.") % words)
    return Table(
        [*first, *named],
        f"SELECT one.*, {shown} FROM ({of_first}) AS one LEFT JOIN ({of_second}) AS other ON {same}",
        f"SELECT 1 FROM ({of_second}) AS other WHERE {given} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1",
    )


def _pair(
    first: Sequence[Column], second: Sequence[Column], column: str, other: str
) -> tuple[Column, Column]:
    found = _named(first, column), _named(second, other)
    kinds = [_compared(one) for one in found]
    if kinds[0] != kinds[1]:
        words = {"a": column[:100], "b": other[:100], "one": found[0].type, "two": found[1].type}
        raise Invalid(join=_("%(a)s (%(one)s) and %(b)s (%(two)s) cannot be compared exactly.") % words)
    return found


def _named(columns: Sequence[Column], name: str) -> Column:
    known: Mapping[str, Column] = {one.name: one for one in columns}
    if name not in known:
        raise Invalid(join=_("There is no column %(name)s.") % {"name": name[:100]})
    return known[name]


def _compared(column: Column) -> str:
    """What may be compared with it: whole numbers and decimals of any size, of all else its own type alone.

    A whole number beside a floating one would be rounded first.
    """
    kind = column.ibis_type
    return "exact" if "int" in kind or kind.startswith("decimal") else kind
